using System.Text.Json;
using System.Text.Json.Nodes;
using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Expressions;
using ValueType = BanBuCheng.Engine.Expressions.ValueType;

namespace BanBuCheng.Engine.Running;

/// <summary>A document version that a sub-flow reference was resolved to.</summary>
/// <param name="IsPinned">The reference names exactly this version.</param>
internal sealed record ResolvedPart(FlowDocument Document, string VersionId, bool IsPinned);

/// <summary>Makes a <see cref="CompiledFlow"/>. Pure: all documents it needs were read before.</summary>
internal sealed class FlowCompiler(ActivityCatalogue catalogue, IReadOnlySet<string> hostNames, Func<ActivityModel, ResolvedPart?> resolve)
{
    private const int MaxNodes = 50_000;
    private const int MaxNesting = 150;
    private readonly List<Node> _nodes = [];
    private readonly List<DocumentFinding> _findings = [];
    private readonly Dictionary<string, string> _unpinned = new(StringComparer.Ordinal);

    public CompiledFlow Compile(FlowDocument document, string versionId, int version)
    {
        var model = new ActivityModel
        {
            Json = new JsonObject(), Path = "$", Id = "Workflow1", Type = "Elsa.Workflow", Caption = document.Name ?? document.DefinitionId,
            Children = [new ChildModel("root", 0, document.Root)],
        };
        Make(model, null, "", document, [versionId], 0);
        return new CompiledFlow(document, versionId, version, [.. _nodes], hostNames, _findings, _unpinned);
    }

    private Node Make(ActivityModel model, Node? parent, string path, FlowDocument? workflow, List<string> versions, int depth)
    {
        var part = workflow is null ? Part(model, versions, depth) : null;
        ActivityDescriptor? descriptor = null;
        string? broken = part?.Broken;
        if (workflow is null && part?.Document is null && broken is null && !catalogue.TryGet(model.Type, out descriptor))
        {
            broken = NotFound(model);
            _findings.Add(new(true, model.Path, $"不认识的活动类型“{model.Type}”。", model.Id));
        }
        if (descriptor is not null && model.Type == "Elsa.NotFoundActivity") broken = NotFound(model);
        if (_nodes.Count == MaxNodes) _findings.Add(new(true, model.Path, $"展开子流程后活动超过 {MaxNodes} 个。", model.Id));
        if (_nodes.Count >= MaxNodes) broken = $"展开子流程后活动超过 {MaxNodes} 个。";

        workflow ??= part?.Document;
        var node = new Node
        {
            Position = _nodes.Count, Id = model.Id, Path = path, Model = model, Parent = parent, Descriptor = descriptor, Broken = broken, Workflow = workflow,
            CountsRounds = descriptor is not null && !model.Type.StartsWith("Elsa.", StringComparison.Ordinal),
        };
        _nodes.Add(node);
        var children = part?.Document is { } inside ? [new ChildModel("root", 0, inside.Root)] : workflow is not null || broken is null ? model.Children : [];
        if (broken is not null && _nodes.Count > MaxNodes) children = [];
        node.Rule = broken is null ? ContainerRule.For(model.Type, workflow is not null) : null;
        Slots(node, parent is null ? null : part?.Document);
        foreach (var child in children)
        {
            var made = Make(child.Activity, node, path.Length == 0 ? child.Activity.Id : $"{path}/{child.Activity.Id}", null,
                part?.VersionId is { } entered ? [.. versions, entered] : versions, depth + 1);
            made.Place = node.Children.Count;
            node.Children.Add(made);
            if (child.Port is not ("activities" or "branches" or "cases")) node.SetPort(child.Port, made);
        }
        Cases(node);
        if (model.Type == "Elsa.Flowchart" && broken is null) node.Flowchart = Graph(node);
        return node;
    }

    private (FlowDocument? Document, string? VersionId, string? Broken)? Part(ActivityModel model, List<string> versions, int depth)
    {
        if (model.WorkflowDefinitionId is null || catalogue.TryGet(model.Type, out _)) return null;
        if (resolve(model) is not { } part) return null;
        if (versions.Contains(part.VersionId) || depth > MaxNesting)
        {
            var message = depth > MaxNesting ? "子流程嵌套太深。" : $"流程“{part.Document.Name ?? part.Document.DefinitionId}”在自己里面又用到自己。";
            _findings.Add(new(true, model.Path, message, model.Id));
            return (null, null, message);
        }
        if (!part.IsPinned) _unpinned[model.WorkflowDefinitionId] = part.VersionId;
        return (part.Document, part.VersionId, null);
    }

    private static string NotFound(ActivityModel model)
    {
        var type = FlowReader.Text(model.Json["missingTypeName"]) ?? model.Type;
        var version = FlowReader.Text(model.Json["missingTypeVersion"]) ?? model.Version.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return $"Activity type '{type}' version '{version}' could not be found.";
    }

    // ── inputs, outputs, variables ─────────────────────────────────────────

    private void Slots(Node node, FlowDocument? part)
    {
        var json = node.Model.Json;
        if (part is not null)
        {
            node.Inputs = [.. part.Inputs.Select(i => Input(node, i.Name, i.TypeName, Member(json, i.Name)))];
            node.Outputs = [.. part.Outputs.Select(o => new OutputSlot(o.Name, Target(Member(json, o.Name))))];
        }
        else if (node.Descriptor is { } descriptor)
        {
            node.Inputs = [.. descriptor.Inputs.Where(i => i.IsWrapped).Select(i => Input(node, i.Name, i.TypeName, json[Camel(i.Name)]))];
            node.Outputs = [.. descriptor.Outputs.Select(o => new OutputSlot(o.Name, Target(json[Camel(o.Name)])))];
        }
        var variables = node.Workflow?.Variables ?? node.Model.Variables;
        node.Variables = [.. variables.Select(v =>
        {
            var type = ValueType.Of(v.TypeName);
            return new VariableSlot(v.Id, v.Name, type, v.Default is null ? type.Default : Conversion.To(Plain.FromJson(v.Default), type), v.IsPersisted);
        })];
    }

    /// <summary>A child's input whose name collides with a property of activities is written with an underscore.</summary>
    private static JsonNode? Member(JsonObject json, string name) =>
        name is "Name" or "Id" or "Version" or "Type" ? json["_" + name] ?? json["_" + Camel(name)] : json[Camel(name)] ?? json[name];

    private InputSlot Input(Node node, string name, string typeName, JsonNode? drawn)
    {
        var type = ValueType.Of(typeName);
        FlowExpression? expression = null;
        switch (drawn)
        {
            case null: break;
            // Without a type name Elsa reads no input at all.
            case JsonObject wrapped when wrapped["typeName"] is null: break;
            case JsonObject wrapped when wrapped["expression"] is JsonObject inner: expression = Expression(node, inner, Camel(name)); break;
            case JsonObject: break;
            default: expression = FlowExpression.Read("Literal", drawn, hostNames); break;
        }
        return new InputSlot(name, type, expression, name == "CorrelationIdFunction");
    }

    private FlowExpression Expression(Node node, JsonObject drawn, string where)
    {
        var type = FlowReader.Text(drawn["type"]);
        if (!FlowExpression.IsKnown(type))
            _findings.Add(new(false, $"{node.Model.Path}.{where}", $"不认识的表达式类型“{type}”，按空值处理。", node.Id));
        var expression = FlowExpression.Read(type, drawn["value"], hostNames);
        if (expression.SyntaxError is { } wrong) _findings.Add(new(true, $"{node.Model.Path}.{where}", $"表达式写错了：{wrong}", node.Id));
        return expression;
    }

    private static string? Target(JsonNode? output) => output is JsonObject bound && bound["memoryReference"] is JsonObject reference ? FlowReader.Text(reference["id"]) : null;

    private void Cases(Node node)
    {
        if (node.Model.Json["cases"] is not JsonArray cases) return;
        var drawn = 0;
        var slots = new List<CaseSlot>();
        foreach (var one in cases.OfType<JsonObject>())
        {
            var activity = one["activity"] is JsonObject && drawn < node.Children.Count ? node.ChildrenOf("cases").ElementAtOrDefault(drawn++) : null;
            var condition = one["condition"] switch
            {
                JsonObject wrapped when wrapped["expression"] is JsonObject inner => Expression(node, inner, "cases"),
                JsonObject plain => Expression(node, plain, "cases"),
                JsonValue literal => FlowExpression.Read("Literal", literal, hostNames),
                _ => FlowExpression.Empty,
            };
            slots.Add(new CaseSlot(FlowReader.Text(one["label"]) ?? "", condition, activity));
        }
        node.Cases = [.. slots];
    }

    private static FlowchartGraph Graph(Node node)
    {
        var activities = node.ChildrenOf("activities").ToList();
        var modes = new JoinMode[activities.Count];
        var computed = new bool[activities.Count];
        for (var i = 0; i < activities.Count; i++)
        {
            if (activities[i].Type != "Elsa.FlowJoin") continue;
            var mode = activities[i].Inputs.FirstOrDefault(s => s.Name == "Mode")?.Expression;
            computed[i] = mode is { IsConstant: false };
            modes[i] = mode is null || computed[i] ? JoinMode.WaitAny : ModeOf(mode.Evaluate(null!, null!, ValueType.String));
        }
        return new FlowchartGraph(node, modes, computed);
    }

    /// <summary>A join's mode by name or number; nothing else and nothing at all is Elsa's default.</summary>
    internal static JoinMode ModeOf(object? value) => Plain.Text(value) switch
    {
        "WaitAll" or "1" => JoinMode.WaitAll,
        "WaitAllActive" or "2" => JoinMode.WaitAllActive,
        _ => JoinMode.WaitAny,
    };

    internal static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}
