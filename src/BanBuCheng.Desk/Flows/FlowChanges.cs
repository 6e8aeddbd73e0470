using System.Text.Json.Nodes;
using BanBuCheng.Engine;
using BanBuCheng.Engine.Documents;

namespace BanBuCheng.Desk.Flows;

/// <summary>What kind of change a sentence tells, for its colour on the picture.</summary>
public enum FlowChangeKind { Added, Removed, Changed }

/// <summary>One change between two versions, as a sentence that somebody can sign. <paramref name="Was"/> and <paramref name="Is"/> are longer texts to lay side by side.</summary>
public sealed record FlowChange(FlowChangeKind Kind, string Sentence, string? ActivityId = null, string? Was = null, string? Is = null)
{
    /// <summary>The connection it is about: source, port, target.</summary>
    public (string From, string Port, string To)? Line { get; init; }
}

/// <summary>改了什么 — two versions of a flow as a list of sentences. Where a box stands on the picture is no change.</summary>
public sealed class FlowChanges
{
    private const int ShortText = 40;
    private readonly ReadableNames _names;
    private readonly FlowDocument _before;
    private readonly FlowDocument _after;
    private readonly List<FlowChange> _changes = [];

    private FlowChanges(ReadableNames names, FlowDocument before, FlowDocument after) => (_names, _before, _after) = (names, before, after);

    public static IReadOnlyList<FlowChange> Between(FlowDocument before, FlowDocument after, ReadableNames names)
    {
        var all = new FlowChanges(names, before, after);
        all.OfTheFlow();
        all.OfTheBoxes();
        all.OfTheLines();
        return all._changes;
    }

    private void OfTheFlow()
    {
        Value("流程的名字", _before.Name, _after.Name);
        Text("流程的说明", _before.Description, _after.Description, null);
        foreach (var gone in _before.Outcomes.Except(_after.Outcomes)) Say(FlowChangeKind.Removed, $"流程的结果删去“{gone}”");
        foreach (var more in _after.Outcomes.Except(_before.Outcomes)) Say(FlowChangeKind.Added, $"流程的结果新增“{more}”");
        Named("流程变量", _before.Variables.ToDictionary(v => v.Name, v => $"{v.TypeName}，初值 {v.Default?.ToJsonString() ?? "空"}{(v.IsPersisted ? "，存进实例" : "")}"), _after.Variables.ToDictionary(v => v.Name, v => $"{v.TypeName}，初值 {v.Default?.ToJsonString() ?? "空"}{(v.IsPersisted ? "，存进实例" : "")}"));
        Named("流程输入", _before.Inputs.ToDictionary(v => v.Name, v => v.TypeName), _after.Inputs.ToDictionary(v => v.Name, v => v.TypeName));
        Named("流程输出", _before.Outputs.ToDictionary(v => v.Name, v => v.TypeName), _after.Outputs.ToDictionary(v => v.Name, v => v.TypeName));
        Value("启动策略", _before.Options.Activation.ToString(), _after.Options.Activation.ToString());
        Value("出差错时", Incident(_before), Incident(_after));
        Value("能不能当一个方框用", YesNo(_before.Options.UsableAsActivity), YesNo(_after.Options.UsableAsActivity));
        Value("发布时带动用到它的流程", YesNo(_before.Options.AutoUpdateConsumingWorkflows), YesNo(_after.Options.AutoUpdateConsumingWorkflows));
        Value("办结以后还走", _before.CustomProperties["BanBuCheng.Outlives"]?.ToString(), _after.CustomProperties["BanBuCheng.Outlives"]?.ToString());
        Value("流程的种类", _before.CustomProperties["BanBuCheng.Kind"]?.ToString(), _after.CustomProperties["BanBuCheng.Kind"]?.ToString());
    }

    private void OfTheBoxes()
    {
        var (was, now) = (Boxes(_before), Boxes(_after));
        foreach (var (id, box) in was)
            if (!now.ContainsKey(id)) Say(FlowChangeKind.Removed, $"删去“{box.Caption}”（{ReadableNames.KindOf(box)}）", id);
        foreach (var (id, box) in now)
        {
            if (was.TryGetValue(id, out var before)) OfOneBox(before, box);
            else Say(FlowChangeKind.Added, $"新增“{box.Caption}”（{ReadableNames.KindOf(box)}）{Details(box)}", id);
        }
    }

    /// <summary>Who and how long, for a new box.</summary>
    private string Details(ActivityModel box)
    {
        var who = WrittenInput.Of(box, "AssignTo") is { IsExpression: false } assignee ? $"由{_names.Assignee(assignee.Text)}办" : "";
        var days = WrittenInput.Of(box, "Within") is { IsExpression: false } within ? $"{within.Text} 个工作日内" : "";
        return (who, days) switch { ("", "") => "", ("", _) => $"，{days}", (_, "") => $"，{who}", _ => $"，{who}，{days}" };
    }

    private void OfOneBox(ActivityModel was, ActivityModel now)
    {
        var name = $"“{now.Caption}”";
        if (was.Caption != now.Caption) Say(FlowChangeKind.Changed, $"“{was.Caption}”改名为{name}", now.Id);
        if (was.Type != now.Type || was.WorkflowDefinitionId != now.WorkflowDefinitionId) Say(FlowChangeKind.Changed, $"{name}由{ReadableNames.KindOf(was)}换成{ReadableNames.KindOf(now)}{(now.WorkflowDefinitionId is { } part ? $"“{part}”" : "")}", now.Id);
        else if (now.WorkflowDefinitionId is not null && was.WorkflowDefinitionVersionId != now.WorkflowDefinitionVersionId) Say(FlowChangeKind.Changed, $"{name}里面的流程换了一版{(was.Version != now.Version ? $"：由第 {was.Version} 版改为第 {now.Version} 版" : "")}", now.Id);
        if (was.CanStartWorkflow != now.CanStartWorkflow) Say(FlowChangeKind.Changed, $"{name}{(now.CanStartWorkflow ? "改为可以启动流程" : "不再启动流程")}", now.Id);
        if (was.MergeMode != now.MergeMode) Say(FlowChangeKind.Changed, $"{name}的合并方式由“{was.MergeMode ?? "不写"}”改为“{now.MergeMode ?? "不写"}”", now.Id);

        foreach (var input in InputsOf(was, now))
        {
            var (before, after) = (WrittenInput.Of(was, input.Name), WrittenInput.Of(now, input.Name));
            if (before != after) OfOneInput(now, name, input, before, after);
        }
    }

    private void OfOneInput(ActivityModel box, string name, InputDescriptor input, WrittenInput? was, WrittenInput? now)
    {
        if (was?.IsExpression != true && now?.IsExpression != true)
        {
            switch (input.Name)
            {
                case "Within":
                    Say(FlowChangeKind.Changed, $"{name}时限由{Days(was)}改为{Days(now)}", box.Id);
                    return;
                case "AssignTo":
                    Say(FlowChangeKind.Changed, $"{name}由{_names.Assignee(was?.Text)}办，改为由{_names.Assignee(now?.Text)}办", box.Id);
                    return;
                case "Outcomes" when Words(was) is { } before && Words(now) is { } after:
                    foreach (var gone in before.Except(after)) Say(FlowChangeKind.Changed, $"{name}的结果删去“{gone}”", box.Id);
                    foreach (var more in after.Except(before)) Say(FlowChangeKind.Changed, $"{name}的结果新增“{more}”", box.Id);
                    if (before.Order().SequenceEqual(after.Order())) Say(FlowChangeKind.Changed, $"{name}的结果换了先后", box.Id);
                    return;
                case "Form":
                    OfTheForm(box, name, was?.Text, now?.Text);
                    return;
            }
        }

        var unit = input.TypeName == "Int32" && input.Name.EndsWith("Days", StringComparison.Ordinal) ? " 个工作日" : "";
        var (old, fresh) = (Shown(input, was, unit), Shown(input, now, unit));
        if (old.Length <= ShortText && fresh.Length <= ShortText) Say(FlowChangeKind.Changed, $"{name}的“{input.DisplayName}”由{old}改为{fresh}", box.Id);
        else Say(FlowChangeKind.Changed, $"{name}的“{input.DisplayName}”改了", box.Id, was?.Text ?? "（没有写）", now?.Text ?? "（没有写）");
    }

    private void OfTheForm(ActivityModel box, string name, string? was, string? now)
    {
        var (before, after) = (Fields(was), Fields(now));
        var said = _changes.Count;
        foreach (var (field, rule) in before)
            if (!after.ContainsKey(field)) Say(FlowChangeKind.Changed, $"{name}的表单删去“{rule.Title}”", box.Id);
        foreach (var (field, rule) in after)
        {
            if (!before.TryGetValue(field, out var old)) Say(FlowChangeKind.Changed, $"{name}的表单新增“{rule.Title}”{(rule.Required ? "（必填）" : "")}", box.Id);
            else if (old.Required != rule.Required) Say(FlowChangeKind.Changed, $"{name}的表单里“{rule.Title}”改为{(rule.Required ? "必填" : "可以不填")}", box.Id);
            else if (old.Title != rule.Title) Say(FlowChangeKind.Changed, $"{name}的表单里“{old.Title}”改为“{rule.Title}”", box.Id);
            else if (old.Rule != rule.Rule) Say(FlowChangeKind.Changed, $"{name}的表单里“{rule.Title}”的填法改了", box.Id);
        }

        if (_changes.Count == said) Say(FlowChangeKind.Changed, $"{name}的表单改了别的规定", box.Id, was, now);
    }

    private void OfTheLines()
    {
        var (was, now) = (_before.Root.Connections, _after.Root.Connections);
        var (boxesWas, boxesNow) = (Boxes(_before), Boxes(_after));
        var removed = was.Except(now).ToList();
        var added = now.Except(was).ToList();
        foreach (var line in added)
        {
            // The same way out that leads elsewhere is one change, not two.
            var old = removed.Find(r => r.Source == line.Source && r.Port == line.Port);
            var after = Out(boxesNow, line);
            if (old is not null && added.Count(a => a.Source == line.Source && a.Port == line.Port) == 1)
            {
                removed.Remove(old);
                Say(FlowChangeKind.Removed, $"{after}，原来到“{CaptionOf(boxesWas, old.Target)}”，改为到“{CaptionOf(boxesNow, line.Target)}”", null, line: old);
                _changes.Add(new FlowChange(FlowChangeKind.Added, "", null) { Line = Key(line) });
            }
            else
            {
                Say(FlowChangeKind.Added, $"新增：{after}，到“{CaptionOf(boxesNow, line.Target)}”", null, line: line);
            }
        }

        foreach (var line in removed) Say(FlowChangeKind.Removed, $"删去：{Out(boxesWas, line)}，到“{CaptionOf(boxesWas, line.Target)}”", null, line: line);
    }

    private static string Out(Dictionary<string, ActivityModel> boxes, ConnectionModel line)
    {
        if (!boxes.TryGetValue(line.Source, out var source)) return $"从“{line.Source}”";
        var port = ReadableNames.PortOf(source, line.Port);
        return port == "完成" ? $"“{source.Caption}”以后" : $"“{source.Caption}”选“{port}”以后";
    }

    private void Named(string what, Dictionary<string, string> was, Dictionary<string, string> now)
    {
        foreach (var (name, _) in was)
            if (!now.ContainsKey(name)) Say(FlowChangeKind.Removed, $"删去{what}“{name}”");
        foreach (var (name, text) in now)
        {
            if (!was.TryGetValue(name, out var old)) Say(FlowChangeKind.Added, $"新增{what}“{name}”（{text}）");
            else if (old != text) Say(FlowChangeKind.Changed, $"{what}“{name}”由“{old}”改为“{text}”");
        }
    }

    private void Value(string what, string? was, string? now)
    {
        if (was != now) Say(FlowChangeKind.Changed, $"{what}由“{was ?? "没有写"}”改为“{now ?? "没有写"}”");
    }

    private void Text(string what, string? was, string? now, string? id)
    {
        if ((was ?? "") != (now ?? "")) Say(FlowChangeKind.Changed, $"{what}改了", id, was, now);
    }

    private void Say(FlowChangeKind kind, string sentence, string? id = null, string? was = null, string? now = null, ConnectionModel? line = null) =>
        _changes.Add(new FlowChange(kind, sentence, id, was, now) { Line = line is null ? null : Key(line) });

    private static (string, string, string) Key(ConnectionModel line) => (line.Source, line.Port ?? "Done", line.Target);

    private static Dictionary<string, ActivityModel> Boxes(FlowDocument document) => document.Root.Children.Select(c => c.Activity).DistinctBy(a => a.Id).ToDictionary(a => a.Id, StringComparer.Ordinal);

    private static string CaptionOf(Dictionary<string, ActivityModel> boxes, string id) => boxes.TryGetValue(id, out var box) ? box.Caption : id;

    /// <summary>Known inputs in the order of the palette, then whatever else is written (a sub-flow's own inputs).</summary>
    private static IEnumerable<InputDescriptor> InputsOf(ActivityModel was, ActivityModel now)
    {
        var known = ReadableNames.DescriptorOf(now.Type)?.Inputs ?? [];
        var names = known.Select(i => i.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var input in known) yield return input;
        foreach (var (key, node) in now.Json.Concat(was.Json).DistinctBy(p => p.Key))
            if (node is JsonObject wrapped && wrapped["expression"] is JsonObject && !names.Contains(key)) yield return new InputDescriptor(char.ToUpperInvariant(key[0]) + key[1..], "Object", key);
    }

    private static string Shown(InputDescriptor input, WrittenInput? written, string unit)
    {
        if (written is null) return "不写";
        if (written.IsExpression) return $"算式“{written.Text}”";
        return input.Options.FirstOrDefault(o => o.Value == written.Text) is { Caption: { } caption } ? $"“{caption}”" : unit.Length > 0 ? $" {written.Text}{unit}" : $"“{written.Text}”";
    }

    private static string Days(WrittenInput? days) => days is null ? "不限" : $" {days.Text} 个工作日";

    private static List<string>? Words(WrittenInput? written)
    {
        if (written is null) return [];
        try
        {
            return JsonNode.Parse(written.Text) is JsonArray list ? [.. list.Select(n => n?.ToString() ?? "")] : null;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private static Dictionary<string, (string Title, bool Required, string Rule)> Fields(string? schema)
    {
        try
        {
            if (string.IsNullOrWhiteSpace(schema) || JsonNode.Parse(schema) is not JsonObject form || form["properties"] is not JsonObject properties) return [];
            var required = (form["required"] as JsonArray ?? []).Select(r => r?.ToString()).ToHashSet();
            return properties.ToDictionary(p => p.Key, p => (p.Value?["title"]?.ToString() ?? p.Key, required.Contains(p.Key), p.Value?.ToJsonString() ?? ""));
        }
        catch (System.Text.Json.JsonException)
        {
            return [];
        }
    }

    private static string Incident(FlowDocument document) => document.Options.ContinueWithIncidents switch { true => "接着走别的路", false => "停下来", _ => "按大厅的办法" };

    private static string YesNo(bool flag) => flag ? "是" : "不是";
}
