using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Running;

namespace BanBuCheng.Engine.Checking;

/// <summary>Where a node of an expanded flow is drawn.</summary>
internal static class Places
{
    /// <summary>The document that shows the node on its canvas.</summary>
    public static FlowDocument FlowOf(Node node)
    {
        for (var at = node.Parent ?? node; ; at = at.Parent!)
            if (at.Workflow is { } flow) return flow;
    }

    /// <summary>Ids from the checked flow down: <c>triage/judge</c>. The outermost box of each flow, which nobody sees, is left out.</summary>
    public static string PathOf(Node node)
    {
        var path = node.Id;
        for (var at = node.Parent; at?.Parent is not null; at = at.Parent)
            if (at.Parent!.Workflow is null) path = $"{at.Id}/{path}";
        return path;
    }

    /// <summary>Is it a box that a person sees: no workflow itself, and not the canvas of one?</summary>
    public static bool IsSeen(Node node) => node.Parent is { } parent && (parent.Workflow is null || node.Flowchart is null && node.Children.Count == 0);
}
