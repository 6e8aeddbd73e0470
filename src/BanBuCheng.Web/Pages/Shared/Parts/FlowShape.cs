using System.Text.Json.Nodes;
using BanBuCheng.Engine.Documents;

namespace BanBuCheng.Web.Pages.Shared.Parts;

/// <summary>What a box is for people: somebody's work, a whole flow of its own, or the machinery between them.</summary>
public enum FlowBoxKind { Plain, People, Part, Turn }

/// <summary>One box, where the designer put it.</summary>
public sealed record FlowBox(string Id, FlowBoxKind Kind, string Caption, double X, double Y, double Width, double Height)
{
    public double Right => X + Width;
    public double Bottom => Y + Height;
    public double Middle => X + (Width / 2);
    public double Centre => Y + (Height / 2);

    public bool Overlaps(FlowBox other) => X < other.Right && other.X < Right && Y < other.Bottom && other.Y < Bottom;
}

/// <summary>One connection. <paramref name="Label"/> is the port in words, empty where a box has one way out only.</summary>
public sealed record FlowLine(string From, string Port, string To, string Label)
{
    /// <summary>The corners that somebody drew in the designer.</summary>
    public IReadOnlyList<(double X, double Y)> Corners { get; init; } = [];

    public bool Is(FlowLine other) => From == other.From && Port == other.Port && To == other.To;
}

/// <summary>The boxes and lines of a flowchart, as its document says them; a document that was never laid out gets layers.</summary>
public sealed record FlowShape(IReadOnlyList<FlowBox> Boxes, IReadOnlyList<FlowLine> Lines)
{
    private const double BoxWidth = 200, BoxHeight = 50;

    public static FlowShape Of(FlowDocument document) => Of(document.Root);

    /// <summary>Of a flowchart, or of anything else as the chain of its children.</summary>
    public static FlowShape Of(ActivityModel chart)
    {
        var children = chart.Children.Select(c => c.Activity).ToList();
        if (children.Count == 0 && chart.Type is not ("Elsa.Flowchart" or "Elsa.Sequence")) children = [chart];
        var corners = CornersOf(chart.Json["connections"]);
        var connections = chart.Connections.Count > 0 || chart.Type == "Elsa.Flowchart"
            ? chart.Connections
            : [.. children.Zip(children.Skip(1), (one, next) => new ConnectionModel(one.Id, null, next.Id))];
        var types = children.DistinctBy(c => c.Id).ToDictionary(c => c.Id, c => c, StringComparer.Ordinal);
        var ways = connections.GroupBy(c => c.Source).ToDictionary(g => g.Key, g => g.Select(c => c.Port).Distinct().Count(), StringComparer.Ordinal);
        List<FlowLine> lines =
        [
            .. connections.Where(c => types.ContainsKey(c.Source) && types.ContainsKey(c.Target)).Select(c => new FlowLine(
                c.Source, c.Port ?? "Done", c.Target, ways[c.Source] > 1 ? PortWords.Of(types[c.Source], c.Port) : "")
            {
                Corners = corners.GetValueOrDefault((c.Source, c.Port ?? "Done", c.Target)) ?? [],
            }),
        ];
        List<FlowBox> boxes = [.. types.Values.Select(a => BoxOf(a))];
        var unplaced = boxes.Count > 1 && (types.Values.Any(a => Place(a, "position", "x") is null) || boxes.Select(b => (b.X, b.Y)).Distinct().Count() < boxes.Count);
        return unplaced ? new FlowShape(FlowLayers.Place(boxes, lines), [.. lines.Select(l => l with { Corners = [] })]) : new FlowShape(boxes, lines);
    }

    /// <summary>Only what people do and the flows inside; what lies between is passed through, columns move together.</summary>
    public FlowShape Outline()
    {
        var kept = Boxes.Where(b => b.Kind is FlowBoxKind.People or FlowBoxKind.Part).ToDictionary(b => b.Id, StringComparer.Ordinal);
        if (kept.Count == 0) return this;
        var ways = Lines.ToLookup(l => l.From, StringComparer.Ordinal);
        var lines = new List<FlowLine>();
        foreach (var box in kept.Values)
        {
            foreach (var first in ways[box.Id])
            {
                var (open, seen) = (new Stack<string>([first.To]), new HashSet<string>(StringComparer.Ordinal));
                while (open.TryPop(out var id))
                {
                    if (!seen.Add(id)) continue;
                    if (kept.ContainsKey(id)) lines.Add(new FlowLine(box.Id, first.Port, id, first.Label));
                    else foreach (var next in ways[id]) open.Push(next.To);
                }
            }
        }

        // One line between two boxes is enough for an outline.
        List<FlowLine> single = [.. lines.Where(l => l.From != l.To).GroupBy(l => (l.From, l.To)).Select(g => g.First() with { Label = "" })];
        return new FlowShape(FlowLayers.Tighten([.. kept.Values]), single);
    }

    /// <summary>This version with what only the other one had: for a picture of what changed.</summary>
    public FlowShape With(FlowShape before)
    {
        var boxes = Boxes.ToList();
        foreach (var gone in before.Boxes.Where(b => !Boxes.Any(n => n.Id == b.Id)))
        {
            var box = gone;
            while (boxes.Exists(b => b.Overlaps(box))) box = box with { Y = box.Y + box.Height + 30 };
            boxes.Add(box);
        }

        return new FlowShape(boxes, [.. Lines, .. before.Lines.Where(l => !Lines.Any(n => n.Is(l)))]);
    }

    private static FlowBox BoxOf(ActivityModel activity) => new(
        activity.Id,
        KindOf(activity),
        activity.Caption,
        Place(activity, "position", "x") ?? 0,
        Place(activity, "position", "y") ?? 0,
        Place(activity, "size", "width") is > 0 and var width ? width : BoxWidth,
        Place(activity, "size", "height") is > 0 and var height ? height : BoxHeight);

    private static FlowBoxKind KindOf(ActivityModel activity) => activity switch
    {
        { WorkflowDefinitionId: not null } => FlowBoxKind.Part,
        { Type: "BanBuCheng.HumanTask" or "BanBuCheng.DepartmentTasks" or "BanBuCheng.DeliverReply" or "BanBuCheng.ReturnVisit" or "BanBuCheng.ExtendDeadline" or "BanBuCheng.CloseCase" } => FlowBoxKind.People,
        { Type: "Elsa.FlowDecision" or "Elsa.FlowSwitch" or "Elsa.FlowJoin" or "Elsa.FlowFork" or "Elsa.Start" } => FlowBoxKind.Turn,
        _ => FlowBoxKind.Plain,
    };

    private static double? Place(ActivityModel activity, string what, string side) =>
        activity.Json["metadata"] is JsonObject meta && meta["designer"] is JsonObject designer && designer[what] is JsonObject place ? Number(place[side]) : null;

    private static double? Number(JsonNode? node) =>
        node is JsonValue && double.TryParse(node.ToString(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && Math.Abs(number) < 1e6 ? number : null;

    private static Dictionary<(string, string, string), IReadOnlyList<(double, double)>> CornersOf(JsonNode? connections)
    {
        var all = new Dictionary<(string, string, string), IReadOnlyList<(double, double)>>();
        if (connections is not JsonArray list) return all;
        foreach (var one in list.OfType<JsonObject>())
        {
            if (one["vertices"] is not JsonArray vertices || one["source"] is not JsonObject source || one["target"] is not JsonObject target) continue;
            List<(double, double)> corners = [.. vertices.OfType<JsonObject>().Where(v => Number(v["x"]) is not null && Number(v["y"]) is not null).Select(v => (Number(v["x"])!.Value, Number(v["y"])!.Value))];
            all[($"{source["activity"]}", source["port"]?.ToString() ?? "Done", $"{target["activity"]}")] = corners;
        }

        return all;
    }
}
