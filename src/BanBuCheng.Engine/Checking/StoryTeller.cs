using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Running;

namespace BanBuCheng.Engine.Checking;

/// <summary>Tells ways through an explored flow as a person would, with the boxes they lead along.</summary>
public sealed class StoryTeller
{
    private const int LongestStory = 12;
    private readonly Exploration _explored;
    private readonly FlowDocument _flow;
    private readonly string? _opening;

    internal StoryTeller(Exploration explored, FlowDocument flow, string? opening) => (_explored, _flow, _opening) = (explored, flow, opening);

    /// <summary>A finding about the activity at a position, with the way to a state and what is then the matter.</summary>
    public CheckFinding Find(string code, bool isError, int activity, string message, int state, string? tail) =>
        Find(code, isError, _explored.Plan.Nodes[activity], message, _explored.WayTo(state), tail);

    /// <summary>A finding about the activity at a position, with the way through a passage.</summary>
    public CheckFinding FindThrough(string code, bool isError, int activity, string message, int passage, string? tail) =>
        Find(code, isError, _explored.Plan.Nodes[activity], message, Through(passage), tail);

    /// <summary>A finding with a way given passage by passage.</summary>
    public CheckFinding FindAlong(string code, bool isError, int activity, string message, IReadOnlyList<int> way, string? tail) =>
        Find(code, isError, _explored.Plan.Nodes[activity], message, way, tail);

    /// <summary>The last box a person sees on the way to a state; the canvas when there is none.</summary>
    public int LastSeen(int state)
    {
        foreach (var passage in Enumerable.Reverse(_explored.WayTo(state)))
            if (Places.IsSeen(_explored.Plan.Nodes[_explored.Passages[passage].Activity])) return _explored.Passages[passage].Activity;
        return 0;
    }

    /// <summary>What on the way to a state is a finding of its own already, so that the end only follows from it; null = nothing.</summary>
    public string? CauseOnTheWayTo(int state)
    {
        foreach (var passage in _explored.WayTo(state))
            foreach (var happened in _explored.Tell(_explored.Passages[passage]))
            {
                if (happened.Kind is PassageKinds.Swallowed or PassageKinds.Blocked) return $"G006 {happened.Node.Id}";
                if (happened.Kind is PassageKinds.Unconnected) return $"G003 {happened.Node.Id}";
                if (happened is { Kind: PassageKinds.None, Outcome: { } outcome } && LeadsNowhere(happened.Node, outcome)) return $"G003 {happened.Node.Id}";
            }
        return null;
    }

    internal CheckFinding Find(string code, bool isError, Node node, string message, IReadOnlyList<int> way, string? tail)
    {
        var (story, path) = Tell(way, tail);
        return At(node, new CheckFinding(code, isError, story.Length == 0 ? $"{message}。" : $"{message}{CheckFinding.Example}{story}") { Story = story.Length == 0 ? null : story, Path = path, Way = way });
    }

    internal List<int> Through(int passage) => [.. _explored.WayTo(_explored.Passages[passage].From), passage];

    internal static CheckFinding At(Node node, CheckFinding finding) =>
        finding with { DefinitionId = Places.FlowOf(node).DefinitionId, ActivityId = node.Id };

    private bool LeadsNowhere(Node node, string outcome) =>
        node.Parent?.Flowchart is { } && _explored.Plan[node].Nature?.PortsToConnect is { } ports && ports.Contains(outcome) && !new DrawnActivity(node).IsConnected(outcome);

    private (string Story, IReadOnlyList<string> Path) Tell(IReadOnlyList<int> way, string? tail)
    {
        var told = new List<string>();
        var path = new List<string>();
        foreach (var passage in way)
            foreach (var happened in _explored.Tell(_explored.Passages[passage]))
            {
                if (happened.Text is { } text) told.Add(text);
                if (!Places.IsSeen(happened.Node)) continue;
                var step = $"{_flow.DefinitionId}#{Places.PathOf(happened.Node)}";
                if (path.Count == 0 || path[^1] != step) path.Add(step);
            }
        if (told.Count > LongestStory) told = [.. told[^LongestStory..]];
        else if (_opening is null) return (Join(told, tail), path);
        if (_opening is not null) told.Insert(0, _opening);
        return (Join(told, tail), path);
    }

    private static string Join(List<string> told, string? tail) => string.Join(" → ", tail is null ? told : told.Append(tail));
}
