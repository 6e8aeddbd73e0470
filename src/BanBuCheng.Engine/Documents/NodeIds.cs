namespace BanBuCheng.Engine.Documents;

/// <summary>Elsa's <c>nodeId</c>: the ids from the workflow down, joined by colons. Whoever moved a box has an old one, so it is written anew.</summary>
public static class NodeIds
{
    /// <summary>The workflow itself.</summary>
    public const string Workflow = "Workflow1";

    /// <summary>Node id of a path as the journal writes it (<c>chart/triage/chart/judge</c>; empty for the workflow).</summary>
    public static string Of(string nodePath) => nodePath.Length == 0 ? Workflow : $"{Workflow}:{nodePath.Replace('/', ':')}";

    /// <summary>The path of a node id.</summary>
    public static string PathOf(string nodeId) => nodeId == Workflow ? "" : nodeId.StartsWith(Workflow + ":", StringComparison.Ordinal) ? nodeId[(Workflow.Length + 1)..].Replace(':', '/') : nodeId;

    /// <summary>Writes ids (where the reader had to make one) and node ids into the document's own tree.</summary>
    /// <param name="parent">Node id of what the drawing lies in.</param>
    public static void Write(FlowDocument document, string parent = Workflow) => Write(document.Root, parent);

    private static void Write(ActivityModel activity, string parent)
    {
        var nodeId = $"{parent}:{activity.Id}";
        activity.Json["id"] = activity.Id;
        activity.Json["nodeId"] = nodeId;
        foreach (var child in activity.Children) Write(child.Activity, nodeId);
    }
}
