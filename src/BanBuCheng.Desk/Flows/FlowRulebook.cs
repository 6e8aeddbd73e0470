using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Sms;
using BanBuCheng.Engine.Documents;

namespace BanBuCheng.Desk.Flows;

/// <summary>One flow in words: a chapter.</summary>
public sealed record RuleChapter(string Id, string Title, string? About, IReadOnlyList<RuleArticle> Articles);

/// <summary>One box in words: who does what in how long, and what follows.</summary>
public sealed record RuleArticle(int Number, string Title, string Kind, IReadOnlyList<string> Sentences);

/// <summary>工作规程 — the flows as a text that can be printed and hung up. Made from the drawing and from nothing else; the same drawing gives the same text.</summary>
public sealed class FlowRulebook
{
    private readonly ReadableNames _names;
    private readonly FlowDocument _document;
    private readonly Dictionary<string, ActivityModel> _boxes;
    private readonly ILookup<string, ConnectionModel> _ways;

    private FlowRulebook(ReadableNames names, FlowDocument document)
    {
        (_names, _document) = (names, document);
        _boxes = document.Root.Children.Select(c => c.Activity).DistinctBy(a => a.Id).ToDictionary(a => a.Id, StringComparer.Ordinal);
        _ways = document.Root.Connections.ToLookup(c => c.Source, StringComparer.Ordinal);
    }

    /// <summary>The main flows first, each followed by what lies inside; then what is started from the side.</summary>
    public static IReadOnlyList<RuleChapter> Of(IReadOnlyList<FlowDocument> documents, ReadableNames names)
    {
        var byId = documents.DistinctBy(d => d.DefinitionId).ToDictionary(d => d.DefinitionId, StringComparer.Ordinal);
        var (ordered, seen) = (new List<FlowDocument>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var kind in new[] { "Case", "Side", "Part" })
            foreach (var document in byId.Values.Where(d => KindOf(d) == kind).OrderBy(d => d.DefinitionId, StringComparer.Ordinal)) Visit(document);
        return [.. ordered.Select(d => new FlowRulebook(names, d).Chapter())];

        void Visit(FlowDocument document)
        {
            if (!seen.Add(document.DefinitionId)) return;
            ordered.Add(document);
            foreach (var part in new FlowRulebook(names, document).InOrder().Select(a => a.WorkflowDefinitionId).OfType<string>())
                if (byId.TryGetValue(part, out var inside)) Visit(inside);
        }
    }

    private static string KindOf(FlowDocument document) => document.CustomProperties["BanBuCheng.Kind"]?.ToString() ?? (document.Options.UsableAsActivity ? "Part" : "Case");

    private RuleChapter Chapter()
    {
        var number = 0;
        List<RuleArticle> articles = [];
        foreach (var box in InOrder())
            if (Sentences(box) is { Count: > 0 } said) articles.Add(new RuleArticle(++number, box.Caption, ReadableNames.KindOf(box), said));
        return new RuleChapter(_document.DefinitionId, _document.Name ?? _document.DefinitionId, _document.Description, articles);
    }

    /// <summary>As one walks it: from the entry, each box once, the first way out first.</summary>
    private List<ActivityModel> InOrder()
    {
        var (order, seen) = (new List<ActivityModel>(), new HashSet<string>(StringComparer.Ordinal));
        var open = new Queue<string>();
        var entered = _document.Root.Connections.Select(c => c.Target).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in _boxes.Values.Where(b => b.Type == "Elsa.Start" || b.CanStartWorkflow || !entered.Contains(b.Id))) open.Enqueue(entry.Id);
        while (open.TryDequeue(out var id))
        {
            if (!seen.Add(id) || !_boxes.TryGetValue(id, out var box)) continue;
            order.Add(box);
            foreach (var way in _ways[id]) open.Enqueue(way.Target);
        }

        order.AddRange(_boxes.Values.Where(b => !seen.Contains(b.Id)));
        return order;
    }

    private List<string> Sentences(ActivityModel box)
    {
        List<string> said = [];
        switch (box.Type)
        {
            case "Elsa.Start" or "Elsa.FlowJoin" or "Elsa.FlowDecision" or "Elsa.FlowSwitch" or "Elsa.FlowFork": return [];
            case "Elsa.Event":
                said.Add($"有了“{Text(box, "EventName")}”这件事，就从这里开始。");
                break;
            case "BanBuCheng.SetStage":
                said.Add($"进入“{(Enum.TryParse<CaseStage>(Text(box, "Stage"), out var stage) ? stage.Caption() : Text(box, "Stage"))}”环节。");
                break;
            case "BanBuCheng.StartClock":
                said.Add(Text(box, "Difficulty") is { Length: > 0 } word && Enum.TryParse<Difficulty>(word, out var difficulty)
                    ? $"按“{difficulty.Chinese()}”的时限从受理第二天数工作日；时限已经在走的，改按这个数，不重新起算。"
                    : "从受理第二天起，按这一件的难易数工作日。");
                break;
            case "BanBuCheng.SuspendClock":
                said.Add($"停表：{PauseReasons.Captions.GetValueOrDefault(Text(box, "ReasonCode") ?? "", "按申请的情形")}，最长 {Text(box, "MaxWorkingDays")} 个工作日。");
                break;
            case "BanBuCheng.ResumeClock":
                said.Add("恢复计时：停表时还剩几个工作日，现在还是几个。");
                break;
            case "BanBuCheng.WorkingDayTimer":
                said.Add($"等 {Written(box, "WorkingDays")} 个工作日，到那天{(Text(box, "Moment") == "Opening" || Text(box, "At") == "Opening" ? "上班" : "下班")}时继续。");
                break;
            case "BanBuCheng.SendSms":
                said.Add($"给群众发短信“{TemplateOf(Text(box, "Template"))}”。");
                break;
            case "BanBuCheng.Escalate":
                said.Add("提级到联合党委。");
                break;
            case "BanBuCheng.CloseCase":
                said.Add("办结。答复没有送到以前不许办结；办结了，这一件别的流程一起收。");
                return said;
            case "BanBuCheng.HumanTask": People(box, said); break;
            case "BanBuCheng.DepartmentTasks":
                said.Add($"牵头单位和协办单位同时收到任务{(Text(box, "Within") is { Length: > 0 } days ? $"，{days} 个工作日内答复" : "")}；{(Text(box, "Join") == "LeadDecides" ? "牵头单位答复了就算数" : "都答复了才往下走，有一家有异议就算有异议")}。");
                break;
            case "BanBuCheng.DeliverReply":
                said.Add($"把答复发给群众，结果是“{(Enum.TryParse<CaseOutcome>(Text(box, "Outcome"), out var outcome) ? outcome.Caption() : "按前面定的")}”。短信送到，或者有人打电话、当面、书面告诉了并记下来，才算答复；两个办公小时没有送达报告，开一个打电话的待办。");
                break;
            case "BanBuCheng.ExtendDeadline":
                said.Add("延长答复期限：到期以前、只延一次、不超过上限才行。告诉到群众，新日期才算数。");
                break;
            case "BanBuCheng.ReturnVisit":
                said.Add("换一个没有经手的人回访，3 个工作日内：先问解决没有，再问满不满意。说没解决的，就欠一个新的答复。");
                break;
            case "Elsa.Complete":
                said.Add($"这一段到此结束，结果是“{box.Caption}”。");
                return said;
            case "Elsa.End" or "Elsa.Finish":
                said.Add("到此结束。");
                return said;
            default:
                said.Add(box.WorkflowDefinitionId is not null ? $"照“{box.Type}”一章办。" : $"{ReadableNames.KindOf(box)}。");
                break;
        }

        Follows(box, said);
        return said;
    }

    private void People(ActivityModel box, List<string> said)
    {
        var days = Written(box, "Within");
        said.Add($"由{_names.Assignee(Text(box, "AssignTo"))}办{(days.Length > 0 ? $"，{days} 个工作日内" : "")}。");
        if (Text(box, "Exclude") is { Length: > 0 }) said.Add($"经手过前面一步的人不能办{(Text(box, "Otherwise") is { Length: > 0 } other ? $"；没有别人时交给{_names.Assignee(other)}" : "")}。");
        if (Text(box, "Instructions") is { Length: > 0 } how) said.Add($"怎么办：{how.TrimEnd('。')}。");
        if (Fields(Text(box, "Form")) is { Count: > 0 } fields) said.Add($"要填：{string.Join("、", fields)}。");
        if (Text(box, "MaxRounds") is { Length: > 0 } rounds) said.Add($"最多退回 {rounds} 次。");
        if (!_ways[box.Id].Any(w => w.Port == "逾期") && days.Length > 0) said.Add("到期没办的不收回，变红，有人督办。");
    }

    /// <summary>What comes after, way by way, over joins and decisions to the next thing that somebody notices.</summary>
    private void Follows(ActivityModel box, List<string> said)
    {
        var ways = _ways[box.Id].ToList();
        if (ways.Count == 0) return;
        if (ways.Count == 1 && ReadableNames.PortOf(box, ways[0].Port) == "完成")
        {
            said.Add($"然后：{Next(ways[0].Target, [])}。");
            return;
        }

        foreach (var way in ways)
        {
            var port = ReadableNames.PortOf(box, way.Port);
            var when = way.Port is "逾期" or "Overdue" ? "到期没办，任务收回" : box.Type is "BanBuCheng.HumanTask" ? $"选“{port}”" : $"“{port}”的";
            said.Add($"{when}：{Next(way.Target, [])}。");
        }
    }

    private string Next(string id, HashSet<string> seen)
    {
        if (!_boxes.TryGetValue(id, out var box) || !seen.Add(id)) return "回到前面";
        if (box.Type is "Elsa.FlowJoin" or "Elsa.Start") return _ways[id].FirstOrDefault() is { } on ? Next(on.Target, seen) : "到此为止";
        if (box.Type is "Elsa.FlowDecision")
        {
            string Way(string port) => _ways[id].FirstOrDefault(w => w.Port == port) is { } way ? Next(way.Target, [.. seen]) : "到此为止";
            return $"看“{box.Caption.TrimEnd('？', '?')}”，是就{Way("True")}，不是就{Way("False")}";
        }

        return $"“{box.Caption}”";
    }

    private static string TemplateOf(string? code) => code is not null && SmsTemplates.All.TryGetValue(code, out var template) ? $"{template.Caption}：{template.Text}" : code ?? "";

    /// <summary>A literal; null for an expression or nothing.</summary>
    private static string? Text(ActivityModel box, string input) => WrittenInput.Of(box, input) is { IsExpression: false } written ? written.Text : null;

    private static string Written(ActivityModel box, string input) => WrittenInput.Of(box, input) switch { null => "", { IsExpression: true } => "按算式定的", var plain => plain.Text };

    private static List<string> Fields(string? schema)
    {
        try
        {
            if (string.IsNullOrWhiteSpace(schema) || JsonNode.Parse(schema) is not JsonObject form || form["properties"] is not JsonObject properties) return [];
            var required = (form["required"] as JsonArray ?? []).Select(r => r?.ToString()).ToHashSet();
            return [.. properties.Select(p => $"{p.Value?["title"] ?? p.Key}{(required.Contains(p.Key) ? "（必填）" : "")}")];
        }
        catch (System.Text.Json.JsonException)
        {
            return [];
        }
    }
}
