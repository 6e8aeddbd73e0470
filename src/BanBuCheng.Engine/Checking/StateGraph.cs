namespace BanBuCheng.Engine.Checking;

/// <summary>Questions about an explored graph: which ends can be reached, which parts turn round, how long the longest way is.</summary>
public sealed class StateGraph(Exploration explored)
{
    /// <summary>From the goals backwards: the states from which one can be reached.</summary>
    public bool[] CanReach(Func<int, bool> isGoal)
    {
        var into = Into();
        var found = new bool[explored.StateCount];
        var open = new Stack<int>();
        for (var s = 0; s < found.Length; s++)
            if (isGoal(s)) { found[s] = true; open.Push(s); }
        while (open.TryPop(out var at))
            foreach (var p in into[at])
            {
                var from = explored.Passages[p].From;
                if (found[from]) continue;
                found[from] = true;
                open.Push(from);
            }
        return found;
    }

    /// <summary>
    /// The states from which people can bring a goal about whatever the data decide: a wait is good when some choice is good in all its
    /// results, an automatic state when all its results are.
    /// </summary>
    public bool[] CanForce(Func<int, bool> isGoal)
    {
        var into = Into();
        var good = new bool[explored.StateCount];
        // Results that are not good yet, by state and group of choices.
        var left = new Dictionary<(int State, int Group), int>();
        foreach (var passage in explored.Passages)
            left[(passage.From, passage.Group)] = left.GetValueOrDefault((passage.From, passage.Group)) + 1;
        var open = new Stack<int>();
        for (var s = 0; s < good.Length; s++)
            if (isGoal(s)) { good[s] = true; open.Push(s); }
        while (open.TryPop(out var at))
            foreach (var p in into[at])
            {
                var passage = explored.Passages[p];
                if (good[passage.From] || --left[(passage.From, passage.Group)] > 0) continue;
                good[passage.From] = true;
                open.Push(passage.From);
            }
        return good;
    }

    /// <summary>Strongly connected parts of the graph of those passages; −1 for a state that no such passage leads round to.</summary>
    public int[] Rounds(Func<Passage, bool> takes)
    {
        var count = explored.StateCount;
        var part = new int[count];
        Array.Fill(part, -1);
        int[] index = new int[count], low = new int[count];
        var isOpen = new bool[count];
        var stack = new Stack<int>();
        var work = new Stack<(int State, int Next)>();
        int next = 1, parts = 0;
        for (var root = 0; root < count; root++)
        {
            if (index[root] > 0) continue;
            work.Push((root, 0));
            while (work.TryPop(out var at))
            {
                var (state, passage) = at;
                if (passage == 0)
                {
                    index[state] = low[state] = next++;
                    stack.Push(state);
                    isOpen[state] = true;
                }
                var (first, many) = explored.From(state);
                var descended = false;
                for (; passage < many; passage++)
                {
                    var p = explored.Passages[first + passage];
                    if (!takes(p)) continue;
                    if (index[p.To] == 0)
                    {
                        work.Push((state, passage + 1));
                        work.Push((p.To, 0));
                        // Comes back here: the child's low is taken over below.
                        descended = true;
                        break;
                    }
                    if (isOpen[p.To]) low[state] = Math.Min(low[state], low[p.To]);
                }
                if (descended) continue;
                if (low[state] == index[state])
                {
                    var members = new List<int>();
                    int member;
                    do
                    {
                        member = stack.Pop();
                        isOpen[member] = false;
                        members.Add(member);
                    }
                    while (member != state);
                    var turns = members.Count > 1;
                    if (!turns)
                        for (var i = 0; i < many; i++)
                            if (explored.Passages[first + i].To == state && takes(explored.Passages[first + i])) turns = true;
                    if (turns)
                    {
                        foreach (var m in members) part[m] = parts;
                        parts++;
                    }
                }
                if (work.TryPeek(out var above)) low[above.State] = Math.Min(low[above.State], isOpen[state] ? low[state] : int.MaxValue);
            }
        }
        return part;
    }

    /// <summary>
    /// The longest way in days to each state, from the states where counting begins. Passages that begin a counting are cut; a round that
    /// takes days makes everything behind it endless.
    /// </summary>
    public Longest LongestWays(Func<Passage, bool> takes, Func<Passage, bool> begins)
    {
        bool GoesOn(Passage p) => takes(p) && !begins(p);
        var count = explored.StateCount;
        var days = new long[count];
        var by = new int[count];
        Array.Fill(days, Longest.Never);
        Array.Fill(by, -1);
        foreach (var p in explored.Passages)
            if (takes(p) && begins(p)) days[p.To] = 0;

        // Rounds count as one place each; the places then have an order.
        var place = Rounds(GoesOn);
        var places = place.Max() + 1;
        for (var s = 0; s < count; s++)
            if (place[s] < 0) place[s] = places++;
        var members = new List<int>[places];
        var inward = new int[places];
        for (var s = 0; s < count; s++) (members[place[s]] ??= []).Add(s);
        foreach (var p in explored.Passages)
            if (GoesOn(p) && place[p.From] != place[p.To]) inward[place[p.To]]++;
        var ready = new Queue<int>(Enumerable.Range(0, places).Where(c => inward[c] == 0));
        while (ready.TryDequeue(out var at))
        {
            if (members[at].Exists(s => days[s] != Longest.Never)) Spread(at);
            foreach (var p in members[at].SelectMany(PassagesFrom))
            {
                var passage = explored.Passages[p];
                if (!GoesOn(passage) || place[passage.To] == at) continue;
                var reached = days[passage.From] is Longest.Never or Longest.Endless ? days[passage.From] : days[passage.From] + passage.Days;
                if (reached > days[passage.To]) (days[passage.To], by[passage.To]) = (reached, p);
                if (--inward[place[passage.To]] == 0) ready.Enqueue(place[passage.To]);
            }
        }
        return new Longest(days, by);

        // In a round without days its greatest distance holds for all in it; where days pass there is no greatest.
        void Spread(int at)
        {
            var inside = members[at];
            var inner = inside.SelectMany(PassagesFrom).Where(p => GoesOn(explored.Passages[p]) && place[explored.Passages[p].To] == at).ToList();
            if (inner.Count == 0) return;
            var from = inside.MaxBy(s => days[s]);
            var most = inner.Exists(p => explored.Passages[p].Days > 0) ? Longest.Endless : days[from];
            var open = new Queue<int>([from]);
            var seen = new HashSet<int> { from };
            days[from] = most;
            while (open.TryDequeue(out var s))
                foreach (var p in PassagesFrom(s))
                {
                    var to = explored.Passages[p].To;
                    if (!GoesOn(explored.Passages[p]) || place[to] != at || !seen.Add(to)) continue;
                    (days[to], by[to]) = (most, p);
                    open.Enqueue(to);
                }
        }

        IEnumerable<int> PassagesFrom(int state)
        {
            var (first, many) = explored.From(state);
            return Enumerable.Range(first, many);
        }
    }

    private List<int>[] Into()
    {
        var into = new List<int>[explored.StateCount];
        for (var s = 0; s < into.Length; s++) into[s] = [];
        for (var p = 0; p < explored.Passages.Count; p++) into[explored.Passages[p].To].Add(p);
        return into;
    }
}

/// <param name="Days">By state.</param>
/// <param name="By">The passage by which the longest way comes; −1 where counting begins.</param>
public sealed record Longest(IReadOnlyList<long> Days, IReadOnlyList<int> By)
{
    public const long Never = -1, Endless = long.MaxValue;
}
