namespace BanBuCheng.Web.Pages.Shared.Parts;

/// <summary>Places boxes that nobody placed: a column per step from the entry, and columns moved together for an outline.</summary>
internal static class FlowLayers
{
    private const double Column = 260, Row = 140, Margin = 40, Tight = 195;

    public static List<FlowBox> Place(IReadOnlyList<FlowBox> boxes, IReadOnlyList<FlowLine> lines)
    {
        var ways = lines.ToLookup(l => l.From, l => l.To, StringComparer.Ordinal);
        var forward = Forward(boxes, ways);
        var column = boxes.ToDictionary(b => b.Id, _ => 0, StringComparer.Ordinal);

        // Longest way from an entry: as many rounds as there are boxes at the most, because what is left has no circle.
        for (var (moved, round) = (true, 0); moved && round <= boxes.Count; round++)
        {
            moved = false;
            foreach (var (from, to) in forward)
            {
                if (column[to] > column[from]) continue;
                column[to] = column[from] + 1;
                moved = true;
            }
        }

        var filled = new Dictionary<int, int>();
        return
        [
            .. boxes.Select(box =>
            {
                var at = column[box.Id];
                var row = filled[at] = filled.GetValueOrDefault(at, -1) + 1;
                return box with { X = Margin + (at * Column), Y = Margin + (row * Row) };
            }),
        ];
    }

    /// <summary>The same order from left to right and from top to bottom, without the room that left-out boxes had.</summary>
    public static List<FlowBox> Tighten(IReadOnlyList<FlowBox> boxes)
    {
        var (xs, ys) = (boxes.Select(b => b.X).Distinct().Order().ToList(), boxes.Select(b => b.Y).Distinct().Order().ToList());
        return [.. boxes.Select(b => b with { X = Margin + (xs.IndexOf(b.X) * Tight), Y = Margin + (ys.IndexOf(b.Y) * (Row * 0.75)) })];
    }

    /// <summary>The connections without those that lead back to a box still being visited.</summary>
    private static List<(string From, string To)> Forward(IReadOnlyList<FlowBox> boxes, ILookup<string, string> ways)
    {
        var forward = new List<(string, string)>();
        var state = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var box in boxes)
        {
            if (state.ContainsKey(box.Id)) continue;
            var open = new Stack<(string Id, IEnumerator<string> Next)>();
            Enter(box.Id);
            while (open.TryPeek(out var top))
            {
                if (!top.Next.MoveNext())
                {
                    state[top.Id] = true;
                    open.Pop();
                    continue;
                }

                var to = top.Next.Current;
                if (state.TryGetValue(to, out var left))
                {
                    if (left) forward.Add((top.Id, to));
                    continue;
                }

                forward.Add((top.Id, to));
                Enter(to);
            }

            void Enter(string id)
            {
                state[id] = false;
                open.Push((id, ways[id].GetEnumerator()));
            }
        }

        return forward;
    }
}
