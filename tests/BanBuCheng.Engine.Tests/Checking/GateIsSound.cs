using System.Diagnostics;
using BanBuCheng.Engine.Activities;
using BanBuCheng.Engine.Checking;
using BanBuCheng.Engine.Expectations;
using BanBuCheng.Engine.Running;
using CsCheck;
using Xunit;

namespace BanBuCheng.Engine.Tests.Checking;

/// <summary>
/// What the checker passes, the interpreter never ends without a reply; every end it tells of, the interpreter comes to when it is forced
/// that way. Random flows of all pieces; <c>BANBUCHENG_GATE_FLOWS</c> sets how many (the short run is for every build), and
/// <c>BANBUCHENG_SEED</c> makes a run once more: flow n of a seed is always the same drawing.
/// </summary>
public sealed class GateIsSound
{
    private static readonly long Flows = long.TryParse(Environment.GetEnvironmentVariable("BANBUCHENG_GATE_FLOWS"), out var many) ? many : 50;

    /// <summary>An ordinary run leaves open what only longer counters can decide: one drawing in some hundred takes them a minute.</summary>
    private static bool IsLong => Flows > 50;

    private static readonly uint Seed = uint.TryParse(Environment.GetEnvironmentVariable("BANBUCHENG_SEED"), out var said) ? said : (uint)Random.Shared.Next();
    private const int MostStates = 20_000, MostWakes = 9, MostRuns = 120, MostReplays = 500;

    private static readonly Gen<CheckedDrawing> Drawings =
        from count in Gen.Int[5, 11]
        from dice in Gen.Int[0, 99].Array[count]
        from connections in Gen.Select(Gen.Int[0, count - 1], Gen.Bool, Gen.Int[1, count - 1]).Array[count - 1, count * 2]
        from steps in Gen.Int[1, 3].Array[count]
        select new CheckedDrawing(
            [.. dice.Select((d, i) => i == count - 1 ? Piece.Reply : i == 0 ? (d % 2 == 0 ? Piece.Task : Piece.Fork) : KindOf(d))],
            // Most connections lead forward, as people draw; the others anywhere.
            [.. connections.Select((c, i) => i < count - 1 ? (i, c.Item2 ? 'A' : 'B', Math.Min(count - 1, i + steps[i])) : (c.Item1, c.Item2 ? 'A' : 'B', c.Item3)).Distinct()]);

    private static Piece KindOf(int dice) => dice switch
    {
        < 12 => Piece.Step, < 45 => Piece.Task, < 57 => Piece.Choice, < 67 => Piece.Fork, < 76 => Piece.JoinAny, < 83 => Piece.JoinAll, < 88 => Piece.JoinAllActive, < 96 => Piece.Reply, _ => Piece.End,
    };

    [Fact]
    public void What_is_passed_never_ends_unanswered_and_what_is_told_can_be_replayed()
    {
        int passed = 0, faulty = 0, unproven = 0, replayed = 0, stories = 0;
        var cutOff = new int[5];
        long exploring = 0, replaying = 0, walking = 0;
        ForEachDrawing(Flows, drawing =>
        {
            var watch = Stopwatch.StartNew();
            var (findings, explored) = Check(drawing);
            Interlocked.Add(ref exploring, watch.ElapsedMilliseconds);
            if (explored.States.HitTheBound || Ends(explored, Ending.Outgrown).Any()) { Interlocked.Increment(ref unproven); return; }
            watch.Restart();
            foreach (var end in Ends(explored, Ending.Finished).Take(4))
            {
                if (Replay(drawing, explored, end)) Interlocked.Increment(ref replayed);
                else if (!IsLong) Interlocked.Increment(ref cutOff[(int)Judged.Undecided]);
                else
                {
                    var judged = Decide(drawing, explored, explored.States.GhostOf(end));
                    Interlocked.Increment(ref cutOff[(int)judged]);
                    if (judged is Judged.FalseAlarm or Judged.MovesAway or Judged.Undecided)
                        TestContext.Current.TestOutputHelper?.WriteLine($"{judged}: {drawing}; refused besides for {string.Join(' ', findings.Where(f => f.IsError && f.Code is not ("G001" or "G002")).Select(f => f.Code).Distinct())}");
                }
            }
            // The gate's own replay, which it makes before it shows a story, says the same.
            foreach (var told in findings.Select(explored.Replayed).Where(f => f.Replayed is not null))
            {
                Assert.True(told.Replayed == true || explored.States.HasSaturated, $"{told.Code} {told.ActivityId} does not replay: {told.Story}");
                Interlocked.Increment(ref stories);
            }
            Interlocked.Add(ref replaying, watch.ElapsedMilliseconds);
            if (Ends(explored, Ending.Finished).Any(s => explored.States.GhostOf(s) == 1)) { Interlocked.Increment(ref faulty); return; }
            Interlocked.Increment(ref passed);
            watch.Restart();
            Walk(drawing);
            Interlocked.Add(ref walking, watch.ElapsedMilliseconds);
        });
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"seed {Seed}: {Flows} flows, passed {passed}, faulty {faulty}, not proven {unproven}, ends replayed {replayed}, stories replayed {stories}, ends that cut-off counters came to otherwise: {cutOff[0]} unanswered and there by another way, {cutOff[1]} unanswered and nowhere (false alarms), {cutOff[2]} unanswered and only at the cut-off (false alarms), {cutOff[4]} unanswered and undecided, {cutOff[3]} answered; seconds exploring {exploring / 1000}, replaying {replaying / 1000}, walking {walking / 1000}");
        Assert.True(passed > 0 && faulty > 0);
    }

    [Fact]
    public void Where_the_counters_are_cut_off_does_not_matter() => ForEachDrawing(Flows / 3, drawing =>
    {
        static string Verdict(ExploredFlow explored) => explored.States.HitTheBound || Ends(explored, Ending.Outgrown).Any() ? "?"
            : $"{Ends(explored, Ending.Finished).Any(s => explored.States.GhostOf(s) == 1)} {explored.Graph.CanReach(s => explored.States.EndingOf(s) != Ending.None)[0]}";
        var by3 = Verdict(Check(drawing).Explored);
        var by5 = Verdict(Check(drawing, 5).Explored);
        Assert.True(by3 == by5 || by3 == "?" || by5 == "?", $"K 3 says {by3}, K 5 says {by5}");
    });

    private static void ForEachDrawing(long many, Action<CheckedDrawing> look) => Parallel.For(0, many, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i =>
    {
        var drawing = Drawings.Generate(new PCG((uint)i, Seed), null, out _);
        try
        {
            look(drawing);
        }
        catch (Exception fault)
        {
            throw new InvalidOperationException($"Flow {i} of BANBUCHENG_SEED={Seed}: {drawing}", fault);
        }
    });

    private static (IReadOnlyList<CheckFinding> Findings, ExploredFlow Explored) Check(CheckedDrawing drawing, int k = 3, int mostStates = MostStates)
    {
        var names = new[] { "Step", "Task", "Choice", "Fork", "Reply" };
        var host = new FlowHost(new ActivityCatalogue([.. BuiltIn.Descriptors, .. names.Select(n => new ActivityDescriptor($"Test.{n}", n, "测试") { Create = _ => null! })]),
            new VirtualClock(DateTimeOffset.UnixEpoch), new FlowOptions());
        var seen = new FlowChecker(host).Check(drawing.Document, (_, _) => null, new OwesOneReply(), true, new CheckLimits(States: mostStates, Milliseconds: 60_000, K: k));
        return (seen.Findings, seen.Explored!);
    }

    private static IEnumerable<int> Ends(ExploredFlow explored, Ending how) =>
        Enumerable.Range(0, explored.States.StateCount).Where(s => explored.States.EndingOf(s) == how);

    /// <summary>The way to an end, told step by step and forced in the interpreter: the same activities leave by the same ports, and it ends alike.</summary>
    /// <returns>False when the interpreter has no such end, and counters were cut off: then the checker knows ways that the interpreter has not.</returns>
    private static bool Replay(CheckedDrawing drawing, ExploredFlow explored, int end)
    {
        if (Difference(drawing, explored, end) is not { } difference) return true;
        Assert.True(explored.States.HasSaturated, difference);
        return false;
    }

    /// <summary>Where the interpreter, forced along the way to an end, does otherwise; null when it comes to that end.</summary>
    private static string? Difference(CheckedDrawing drawing, ExploredFlow explored, int end)
    {
        var script = new Queue<(string Activity, string Outcome)>();
        var wakes = new List<(int OlderOnes, string Activity)>();
        foreach (var passage in explored.States.WayTo(end).Select(p => explored.States.Passages[p]))
        {
            if (passage.Is(PassageKinds.Wake))
            {
                var waits = explored.States.WaitsOf(passage.From);
                wakes.Add((waits.Take(passage.Wait).Count(w => w == waits[passage.Wait]), explored.States.ActivityAt(passage.Activity).Model.Id));
            }
            foreach (var happened in explored.States.Tell(passage))
                if (happened is { Kind: PassageKinds.None, Outcome: "A" or "B" }) script.Enqueue((happened.Node.Id, happened.Outcome));
        }
        string? difference = null;
        var run = new ForcedFlow(drawing).Start(id =>
        {
            if (!script.TryDequeue(out var next)) difference ??= $"Expected no more choices, but {id} asks.";
            else if (next.Activity != id) difference ??= $"Expected {next.Activity} to ask, but it is {id}.";
            return next.Outcome ?? "A";
        });
        foreach (var (olderOnes, activity) in wakes)
        {
            // Which of several waits of one box: the oldest first, as the checker keeps them.
            var places = Enumerable.Range(0, run.Waiting.Count).Where(p => run.Waiting[p] == activity).ToList();
            if (olderOnes >= places.Count) return difference ?? $"Expected {activity} to wait, but there are {string.Join(' ', run.Waiting)}.";
            run.Wake(places[olderOnes]);
        }
        if (!run.IsFinished) difference ??= $"Expected the run to end, but it waits for {string.Join(' ', run.Waiting)}.";
        if ((explored.States.GhostOf(end) == 0) != run.Replied) difference ??= $"Expected it to end {(run.Replied ? "unanswered" : "answered")}, but it does not.";
        return difference;
    }

    /// <summary>What is true of an end that the checker tells of and the interpreter did not come to that way.</summary>
    private enum Judged
    {
        /// <summary>The interpreter has such an end: only the way told was another one's.</summary>
        ThereByAnotherWay,

        /// <summary>With longer counters the checker, which never knows less than the interpreter, knows of no such end: a false alarm.</summary>
        FalseAlarm,

        /// <summary>The further the counters go, the longer is the shortest way to it, and none replays: it lies at the cut-off alone, a false alarm too.</summary>
        MovesAway,

        /// <summary>An answered end: nobody was refused for it.</summary>
        Harmless,
        Undecided,
    }

    /// <summary>Longer and longer counters, until an end of that kind replays or there is none left.</summary>
    private static Judged Decide(CheckedDrawing drawing, ExploredFlow explored, long ghost)
    {
        if (ghost == 0) return Judged.Harmless;
        var ways = new List<int>();
        foreach (var k in (int[])[3, 4, 5, 7])
        {
            var seen = k == 3 ? explored : Check(drawing, k, MostStates * 3).Explored;
            var alike = Ends(seen, Ending.Finished).Where(s => seen.States.GhostOf(s) == ghost).ToList();
            if (alike.Take(MostReplays).Any(s => Replay(drawing, seen, s))) return Judged.ThereByAnotherWay;
            // What was not looked at to the end proves nothing.
            if (seen.States.HitTheBound || Ends(seen, Ending.Outgrown).Any()) continue;
            if (alike.Count == 0) return Judged.FalseAlarm;
            ways.Add(alike.Min(s => seen.States.WayTo(s).Count));
        }
        // The interpreter is walked until it has such an end.
        if (Walks(drawing, 3_000, 40).Any(run => run.IsFinished && !run.HasIncident && !run.Replied)) return Judged.ThereByAnotherWay;
        return ways.Count > 2 && ways.Zip(ways.Skip(1)).All(w => w.Second > w.First) ? Judged.MovesAway : Judged.Undecided;
    }

    /// <summary>Runs of the interpreter in the order of their choices, then as many by chance.</summary>
    private static IEnumerable<ForcedRun> Walks(CheckedDrawing drawing, int runs, int mostWakes)
    {
        var flow = new ForcedFlow(drawing);
        var chooser = new Chooser();
        chooser.Begin();
        for (var i = 0; i < runs; i++)
        {
            yield return Run(chooser.Choose);
            if (!chooser.Advance()) yield break;
        }
        var random = new Random(drawing.Pieces.Length * 31 + drawing.Connections.Length);
        for (var i = 0; i < runs; i++) yield return Run(random.Next);

        ForcedRun Run(Func<int, int> choose)
        {
            var run = flow.Start(_ => choose(2) == 0 ? "A" : "B");
            for (var wakes = 0; wakes < mostWakes && !run.IsFinished && run.Waiting.Count > 0; wakes++) run.Wake(choose(run.Waiting.Count));
            return run;
        }
    }

    /// <summary>Every run to some number of human steps, until there are too many of them.</summary>
    private static void Walk(CheckedDrawing drawing)
    {
        var chooser = new Chooser();
        chooser.Begin();
        var flow = new ForcedFlow(drawing);
        for (var runs = 0; runs < MostRuns; runs++)
        {
            var run = flow.Start(_ => chooser.Choose(2) == 0 ? "A" : "B");
            for (var wakes = 0; wakes < MostWakes && !run.IsFinished && run.Waiting.Count > 0; wakes++) run.Wake(chooser.Choose(run.Waiting.Count));
            Assert.True(!run.IsFinished || run.Replied || run.HasIncident, $"Run {runs} ended without a reply.");
            if (!chooser.Advance()) return;
        }
        // The rest by chance.
        var random = new Random(drawing.Pieces.Length * 31 + drawing.Connections.Length);
        for (var runs = 0; runs < 10; runs++)
        {
            var run = flow.Start(_ => random.Next(2) == 0 ? "A" : "B");
            for (var wakes = 0; wakes < 60 && !run.IsFinished && run.Waiting.Count > 0; wakes++) run.Wake(random.Next(run.Waiting.Count));
            Assert.True(!run.IsFinished || run.Replied || run.HasIncident, "A random walk ended without a reply.");
        }
    }
}
