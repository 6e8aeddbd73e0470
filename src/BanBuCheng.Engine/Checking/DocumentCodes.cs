using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Running;

namespace BanBuCheng.Engine.Checking;

/// <summary>What the document alone shows, before anything is run: G003, G010, G011, G012, G019. Only of the flow itself, not of its parts.</summary>
internal sealed partial class DocumentCodes(CompiledFlow flow, CheckPlan plan)
{
    private readonly List<CheckFinding> _findings = [];
    private readonly FlowDocument _document = flow.Document;

    /// <param name="isAlone">Nothing is run, so what is not connected at all is told from the drawing.</param>
    public List<CheckFinding> Find(bool isAlone)
    {
        var made = MadeByScripts();
        foreach (var node in flow.Nodes)
        {
            if (node.Parent is null || !ReferenceEquals(Places.FlowOf(node), _document)) continue;
            Kind(node);
            Ports(node);
            Expressions(node, made);
            Chart(node);
            if (isAlone && node.Broken is null && !new DrawnActivity(node).IsReached) Add("G004", node, $"“{node.Caption}”永远走不到");
        }
        return _findings;
    }

    private void Kind(Node node)
    {
        if (node.Workflow is { } part)
        {
            var named = node.Model.WorkflowDefinitionVersionId;
            if (part.Name is { Length: > 0 } name && Bare(name) != Bare(node.Type) && Bare(part.DefinitionId) != Bare(node.Type) && !node.Type.Contains("WorkflowDefinitionActivity", StringComparison.Ordinal))
                Add("G010", node, $"“{node.Caption}”用的子流程现在叫“{name}”，图上还是“{node.Type}”，请重新放一次");
            if (!string.IsNullOrEmpty(named) && named != part.Id && !part.Options.AutoUpdateConsumingWorkflows)
                Add("G011", node, $"“{node.Caption}”指定的子流程版本（{named}）不存在");
            return;
        }
        if (node.Broken is { } reason)
        {
            if (node.Type != "Elsa.NotFoundActivity" && node.Model.WorkflowDefinitionId is { } id)
                Add("G011", node, reason.StartsWith("Activity type", StringComparison.Ordinal)
                    ? $"“{node.Caption}”用的子流程“{id}”不存在" : $"“{node.Caption}”：{reason.TrimEnd('。')}");
            else Add("G010", node, $"不认识的活动“{node.Caption}”（{FlowReader.Text(node.Model.Json["missingTypeName"]) ?? node.Type}）");
            return;
        }
        if (node.Descriptor is not { } descriptor) return;
        if (descriptor.Version != node.Model.Version)
            Add("G010", node, $"“{node.Caption}”（{descriptor.DisplayName}）要第 {node.Model.Version} 版，这里只有第 {descriptor.Version} 版");
        if (node.Type == "Elsa.Event" && !DrawnInput.Of(node.Model, "eventName").IsGiven) Add("G010", node, $"“{node.Caption}”缺少“事件名”");
        if (node.Type == "Elsa.RunJavaScript" && !DrawnInput.Of(node.Model, "script").IsGiven) Add("G010", node, $"“{node.Caption}”缺少“脚本”");
    }

    private void Ports(Node node)
    {
        var drawn = new DrawnActivity(node);
        if (!drawn.HasPorts || !drawn.IsReached || plan[node].Nature is not { } nature) return;
        if (nature.PortsToConnect is not { } ports)
        {
            Add("G003", node, $"“{node.Caption}”的结果是算出来的，看不出是不是都连了线。请把结果写死");
            return;
        }
        var loose = ports.Where(p => !drawn.IsConnected(p)).Distinct(StringComparer.Ordinal).ToList();
        if (loose.Count > 0) Add("G003", node, $"“{node.Caption}”的结果{string.Join('、', loose.Select(p => $"“{PortName(node, p)}”"))}没有连线");
    }

    private static string PortName(Node node, string port)
    {
        foreach (var known in node.Descriptor?.Ports ?? [])
            if (known.Name == port) return known.DisplayName;
        return port;
    }

    // ── expressions and the names in them ──────────────────────────────────

    private void Expressions(Node node, HashSet<string> made)
    {
        foreach (var slot in node.Inputs)
        {
            if (slot.Expression is not { } expression) continue;
            if (expression.SyntaxError is { } wrong) Add("G011", node, $"“{node.Caption}”里的表达式写错了：{wrong}");
            else Names(node, DrawnInput.Of(node.Model, FlowCompiler.Camel(slot.Name)), expression.FreeNames, made);
        }
        foreach (var one in node.Cases)
        {
            if (one.Condition.SyntaxError is { } wrong) Add("G011", node, $"“{node.Caption}”里的表达式写错了：{wrong}");
            else NamesIn(node, one.Condition.FreeNames, made);
        }
        if (node.Type == "Elsa.RunJavaScript" && DrawnInput.Of(node.Model, "script") is { IsLiteral: true, IsGiven: true } script)
        {
            var parsed = flow.ScriptOf(script.Text);
            if (parsed.SyntaxError is { } wrong) Add("G011", node, $"“{node.Caption}”里的脚本写错了：{wrong}");
            else Names(node, script with { Language = "JavaScript" }, parsed.FreeNames, made);
        }
        if (node.Type == "Elsa.SetVariable")
        {
            var target = node.Model.Json["variable"] is JsonObject drawn ? FlowReader.Text(drawn["id"]) ?? FlowReader.Text(drawn["name"]) : FlowReader.Text(node.Model.Json["variable"]);
            if (string.IsNullOrEmpty(target)) Add("G010", node, $"“{node.Caption}”没有选要设置的变量");
            else if (!Knows(node, target, made)) Unknown(node, target);
        }
        foreach (var output in node.Outputs)
            if (output.Target is { Length: > 0 } captured && !captured.Contains(':') && !Generated().IsMatch(captured)
                && !Knows(node, captured, made) && !_document.Outputs.Any(o => o.Name == captured)) Unknown(node, captured);
    }

    private void Names(Node node, DrawnInput drawn, IReadOnlyList<string> free, HashSet<string> made)
    {
        switch (drawn.Language)
        {
            case "Variable":
                var id = drawn.Value is JsonObject reference ? FlowReader.Text(reference["id"]) ?? FlowReader.Text(reference["name"]) : drawn.Text;
                if (id is not { Length: > 0 } || !Knows(node, id, made)) Unknown(node, id ?? "");
                break;
            case "JavaScript":
                foreach (Match match in ReadsVariable().Matches(drawn.Text))
                    if (!Knows(node, match.Groups[2].Value, made)) Unknown(node, match.Groups[2].Value);
                NamesIn(node, free, made);
                break;
            case "Liquid":
                foreach (Match match in LiquidVariable().Matches(drawn.Text))
                    if (!Knows(node, match.Groups[1].Value, made)) Unknown(node, match.Groups[1].Value);
                break;
        }
    }

    /// <summary><c>getAmount()</c> exists only where something is called amount.</summary>
    private void NamesIn(Node node, IReadOnlyList<string> free, HashSet<string> made)
    {
        foreach (var name in free)
        {
            if (!flow.IsNamedAccessor(name)) continue;
            var rest = name[3..];
            if (Sight(node).Concat(made).Concat(InputsInSight(node)).Any(n => string.Equals(n, rest, StringComparison.OrdinalIgnoreCase))) continue;
            if (name.StartsWith("get", StringComparison.Ordinal) && flow.OutputAccessors.ContainsKey(rest)) continue;
            Unknown(node, rest);
        }
    }

    private static bool Knows(Node node, string name, HashSet<string> made) => made.Contains(name) || Sight(node).Contains(name) || InputsInSight(node).Contains(name);

    /// <summary>Names and ids of the variables that can be seen from a node, upwards through the flows that use this one.</summary>
    private static IEnumerable<string> Sight(Node node)
    {
        for (var at = node; at is not null; at = at.Parent)
        {
            foreach (var variable in at.Variables)
            {
                yield return variable.Name;
                yield return variable.Id;
            }
            if (at.Rule?.IsLoop == true || at.Type is "Elsa.ParallelForEach" or "Elsa.BulkDispatchWorkflows")
                foreach (var given in (string[])["CurrentValue", "CurrentIndex", "ChildInstanceId"]) yield return given;
        }
    }

    private static IEnumerable<string> InputsInSight(Node node)
    {
        for (var at = node; at is not null; at = at.Parent)
            if (at.Workflow is { } workflow)
                foreach (var input in workflow.Inputs) yield return input.Name;
    }

    /// <summary>A script may make variables of its own.</summary>
    private HashSet<string> MadeByScripts() =>
        [.. MakesVariable().Matches(_document.Root.Json.ToJsonString(Plainly)).Select(m => m.Groups[2].Value)];

    private static readonly System.Text.Json.JsonSerializerOptions Plainly = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private void Unknown(Node node, string name) => Add("G011", node, $"“{node.Caption}”用到的变量“{name}”不存在");

    // ── the drawing ────────────────────────────────────────────────────────

    private void Chart(Node node)
    {
        if (node.Flowchart is not { } chart) return;
        var hasInbound = new bool[chart.Activities.Length];
        foreach (var connection in chart.Connections) hasInbound[connection.Target] = true;
        if (!chart.Activities.Any(a => a.Type == "Elsa.Start" || a.Model.CanStartWorkflow) && hasInbound.Count(has => !has) != 1)
            Add("G019", node, "入口不明确：请放一个“开始”");
        if (chart.DefaultEntry < 0) return;
        var seenFrom = chart.PlanFrom(chart.DefaultEntry);
        for (var c = 0; c < chart.Connections.Length; c++)
        {
            if (!seenFrom.IsBackward[c] || seenFrom.IsValidBackward[c]) continue;
            Node from = chart.Activities[chart.Connections[c].Source], to = chart.Activities[chart.Connections[c].Target];
            Add("G012", from, $"“{from.Caption}”退回“{to.Caption}”的连线无效：不经过“{to.Caption}”也能走到“{from.Caption}”");
        }
    }

    private void Add(string code, Node node, string message)
    {
        if (_findings.Exists(f => f.Code == code && f.ActivityId == node.Id && f.Path is [var at] && at.EndsWith($"#{Places.PathOf(node)}", StringComparison.Ordinal))) return;
        _findings.Add(StoryTeller.At(node, new CheckFinding(code, true, message.EndsWith('。') ? message : $"{message}。")
        {
            Path = [$"{_document.DefinitionId}#{Places.PathOf(node)}"],
        }));
    }

    private static string Bare(string name) => string.Concat(name.Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '_'))).ToUpperInvariant();

    [GeneratedRegex("""\bgetVariable\(\s*(['"])((?:(?!\1).)+)\1\s*\)""")]
    private static partial Regex ReadsVariable();

    [GeneratedRegex("""\bsetVariable\(\s*(\\?['"])((?:(?!\1).)+)\1""")]
    private static partial Regex MakesVariable();

    [GeneratedRegex(@"\bVariables\.(\w+)")]
    private static partial Regex LiquidVariable();

    [GeneratedRegex("^[0-9a-fA-F-]{12,}$")]
    private static partial Regex Generated();
}
