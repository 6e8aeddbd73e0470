using System.Text.Json.Nodes;
using BanBuCheng.Engine;

namespace BanBuCheng.Web.Designer;

/// <summary>One activity type as Studio's toolbox and property panel read it. Everything is there; what is missing stops Studio without a word.</summary>
internal static class PaletteItem
{
    /// <summary>Ports that hold a child drawn inside the box.</summary>
    private static readonly Dictionary<string, (string Name, string Caption)[]> Embedded = new(StringComparer.Ordinal)
    {
        ["Elsa.If"] = [("Then", "那么"), ("Else", "否则")], ["Elsa.While"] = [("Body", "循环里")], ["Elsa.For"] = [("Body", "循环里")], ["Elsa.ForEach"] = [("Body", "循环里")],
        ["Elsa.ParallelForEach"] = [("Body", "每一项")], ["Elsa.FlowNode"] = [("Body", "里面")], ["Elsa.Switch"] = [("Default", "其他")],
        ["Elsa.BulkDispatchWorkflows"] = [("ChildCompleted", "一个结束时"), ("ChildFaulted", "一个出错时")],
    };

    /// <summary>Not to be drawn by hand: containers that Studio cannot show as boxes, and placeholders.</summary>
    private static readonly HashSet<string> Hidden = new(StringComparer.Ordinal) { "Elsa.Flowchart", "Elsa.Sequence", "Elsa.Parallel", "Elsa.Fork", "Elsa.Switch", "Elsa.NotFoundActivity" };

    public static JsonObject Of(ActivityDescriptor activity, DeskChoices choices)
    {
        var item = Bare(activity.Type, activity.Version, activity.Category, activity.DisplayName, PaletteWords.Of(activity));
        item["inputs"] = new JsonArray([.. activity.Inputs.Select((input, order) => Input(activity, input, order, choices))]);
        item["outputs"] = new JsonArray([.. activity.Outputs.Select((output, order) => Output(output.Name, output.TypeName, output.DisplayName, output.DisplayName, order))]);
        item["ports"] = new JsonArray([.. (Embedded.GetValueOrDefault(activity.Type) ?? []).Select(p => Port(p.Name, p.Caption, "Embedded")), .. activity.Ports.Select(p => Port(p.Name, p.DisplayName, "Flow"))]);
        item["kind"] = activity.IsTrigger ? "Trigger" : "Action";
        item["isContainer"] = activity.Type is "Elsa.Flowchart" or "Elsa.Sequence" or "Elsa.Parallel";
        item["isBrowsable"] = !Hidden.Contains(activity.Type);
        item["isStart"] = activity.Type == "Elsa.Start";
        // Studio would give a box without ports one called Done.
        item["isTerminal"] = activity.IsTerminal || activity.Ports.Count == 0;
        return item;
    }

    /// <summary>A flow used as an activity.</summary>
    /// <param name="usedPorts">Ports that drawn lines leave it by: they stay, whatever the flow says today, or the lines would be lost.</param>
    /// <param name="published">The version in force; offered in the toolbox when it is this one.</param>
    public static JsonObject OfPart(FlowHead head, FlowFact fact, IEnumerable<string> usedPorts, FlowHead? published)
    {
        var part = fact.Part!;
        var name = head.Name ?? head.DefinitionId;
        var item = Bare(PartType(name), head.Version, fact.Category is { Length: > 0 } category ? category : "流程里的一段", name, fact.Description ?? $"把流程“{name}”当一格用。");
        item["inputs"] = new JsonArray([.. part.Inputs.Select((slot, order) => Slot(slot.Name, slot.TypeName, slot.Caption ?? slot.Name, slot.Hint ?? "", slot.UiHint ?? "singleline", order))]);
        item["outputs"] = new JsonArray([.. part.Outputs.Select((slot, order) => Output(slot.Name, slot.TypeName, slot.Caption ?? slot.Name, slot.Hint ?? "", order))]);
        var ports = part.Outcomes.Concat(part.EndsByItself || part.Outcomes.Count == 0 ? ["Done"] : []).Concat(usedPorts).Distinct(StringComparer.Ordinal);
        // Not drawn: by it the viewer goes inside, and names the way back.
        item["ports"] = new JsonArray([.. ports.Select(p => Port(p, p == "Done" ? "完成" : p, "Flow")), Port("Root", "里面", "Embedded", isBrowsable: false)]);
        item["customProperties"] = new JsonObject
        {
            // The second is what makes the viewer open the box when it is double-clicked.
            ["RootType"] = "WorkflowDefinitionActivity", ["WorkflowDefinitionVersionId"] = head.VersionId, ["WorkflowDefinitionId"] = head.DefinitionId,
        };
        item["constructionProperties"] = new JsonObject
        {
            ["workflowDefinitionId"] = head.DefinitionId, ["workflowDefinitionVersionId"] = head.VersionId,
            ["latestAvailablePublishedVersion"] = (published ?? head).Version, ["latestAvailablePublishedVersionId"] = (published ?? head).VersionId,
        };
        item["isBrowsable"] = head.VersionId == (published ?? head).VersionId;
        return item;
    }

    /// <summary>A box that nobody knows any more, drawn all the same: without a descriptor Studio shows an empty canvas and saves it.</summary>
    public static JsonObject OfUnknown(string type, int version, IEnumerable<string> usedPorts)
    {
        var item = Bare(type, version, "认不得的", $"认不得：{type}", "这一格的类型现在没有，内容原样留着；发布前要换成别的。");
        item["ports"] = new JsonArray([.. usedPorts.DefaultIfEmpty("Done").Select(p => Port(p, p == "Done" ? "完成" : p, "Flow"))]);
        item["isBrowsable"] = false;
        return item;
    }

    /// <summary>The workflow around the drawing, which the viewer asks about.</summary>
    public static JsonObject Workflow()
    {
        var item = Bare("Elsa.Workflow", 1, "流程控制", "流程", "整个流程。");
        item["isContainer"] = true;
        item["isBrowsable"] = false;
        return item;
    }

    /// <summary>The name of a flow as an activity type: in Pascal case, without blanks.</summary>
    public static string PartType(string name) =>
        string.Concat(name.Split([' ', '\t', '\u3000'], StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    /// <param name="caption">Also its name, which Studio gives a new box with a number behind it (人工办理2).</param>
    private static JsonObject Bare(string type, int version, string category, string caption, string description)
    {
        var dot = type.LastIndexOf('.');
        return new JsonObject
        {
            ["typeName"] = type, ["namespace"] = dot < 0 ? "" : type[..dot], ["name"] = caption, ["version"] = version, ["category"] = category, ["displayName"] = caption,
            ["description"] = description, ["inputs"] = new JsonArray(), ["outputs"] = new JsonArray(), ["kind"] = "Action", ["runAsynchronously"] = false, ["ports"] = new JsonArray(),
            ["customProperties"] = new JsonObject(), ["constructionProperties"] = new JsonObject(), ["isContainer"] = false, ["isBrowsable"] = true, ["isStart"] = false, ["isTerminal"] = false,
        };
    }

    private static JsonObject Port(string name, string caption, string type, bool isBrowsable = true) => new() { ["name"] = name, ["displayName"] = caption, ["type"] = type, ["isBrowsable"] = isBrowsable };

    private static JsonObject Output(string name, string type, string caption, string description, int order) => new()
    {
        ["name"] = name, ["typeName"] = type, ["displayName"] = caption, ["description"] = description, ["order"] = order, ["isBrowsable"] = true, ["isSerializable"] = true, ["isSynthetic"] = false,
    };

    private static JsonObject Input(ActivityDescriptor activity, InputDescriptor input, int order, DeskChoices choices)
    {
        var (hint, specification) = (input.UiHint, (JsonObject?)null);
        if (choices.For(activity.Type, input.Name) is { } known) (hint, specification) = known;
        else if (input.Options.Count > 0) specification = DeskChoices.Select(input.Options.Select(o => (o.Caption, o.Value)));
        else if (activity.PortsFromInput == input.Name)
            specification = new JsonObject { ["DynamicOutcomesOptions"] = new JsonObject { ["fixedOutcomes"] = new JsonArray([.. activity.Ports.Where(p => activity.Type != "Elsa.FlowFork").Select(p => JsonValue.Create(p.Name))]) } };
        var slot = Slot(input.Name, input.TypeName, input.DisplayName, PaletteWords.Of(activity, input), hint, order);
        slot["isWrapped"] = input.IsWrapped;
        slot["defaultValue"] = input.DefaultValue?.DeepClone();
        slot["uiSpecifications"] = specification is { Count: > 0 } ? specification : null;
        if (input.Required) slot["description"] = $"必填。{slot["description"]!.GetValue<string>()}";
        return slot;
    }

    private static JsonObject Slot(string name, string type, string caption, string description, string hint, int order) => new()
    {
        ["name"] = name, ["typeName"] = type, ["displayName"] = caption, ["description"] = description, ["order"] = order, ["isBrowsable"] = true, ["isSerializable"] = true, ["isSynthetic"] = false,
        ["isWrapped"] = true, ["uiHint"] = hint, ["category"] = "参数", ["defaultValue"] = null, ["defaultSyntax"] = hint is "dynamic-outcomes" or "checklist" ? "Object" : "Literal",
        ["isReadOnly"] = false, ["isSensitive"] = false, ["storageDriverType"] = null, ["autoEvaluate"] = true, ["uiSpecifications"] = null,
    };
}
