using System.Text.Json.Nodes;
using BanBuCheng.Engine.Running;
using Xunit;

namespace BanBuCheng.Engine.Tests;

/// <summary>Running instances move to another version of their flow, or are told why not.</summary>
public sealed class MovingTests
{
    private static readonly Dictionary<string, string> Same = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string Chart(string boxes, params string[] ways) =>
        Flows.Document($$"""{"id":"F","type":"Elsa.Flowchart","activities":[{{boxes}}],"connections":[{{string.Join(',', ways.Select(Way))}}]}""",
            """ "variables":[{"id":"n","name":"n","typeName":"Int32","value":"1","storageDriverTypeName":"WorkflowInstanceStorageDriver"}], """);

    /// <summary><c>A:Done→B</c>, or <c>A→B</c>.</summary>
    private static string Way(string way)
    {
        var (from, to) = (way.Split('→')[0], way.Split('→')[1]);
        var port = from.Contains(':', StringComparison.Ordinal) ? from.Split(':')[1] : "Done";
        return $$$"""{"source":{"activity":"{{{from.Split(':')[0]}}}","port":"{{{port}}}"},"target":{"activity":"{{{to}}}"}}""";
    }

    private static string Box(string id, string type, string more = "") => $$"""{"id":"{{id}}","type":"{{type}}"{{(more.Length > 0 ? "," + more : "")}}}""";

    private static async Task<(Flows Flows, FlowInstance Instance)> StartedAsync(string document)
    {
        var flows = new Flows(new FlowOptions { ContinueWithIncidents = true });
        return (flows, await flows.StartAsync(document));
    }

    private static async Task<IReadOnlyList<MoveFault>> MoveAsync(Flows flows, FlowInstance instance, string document, Dictionary<string, string>? pairs = null)
    {
        var next = await flows.PublishAsync(document);
        var before = (instance.State, instance.DefinitionVersion, instance.Version);
        var told = await flows.Engine.CheckMoveAsync(instance, next.VersionId, pairs ?? Same, Ct);
        Assert.Equal(before, (instance.State, instance.DefinitionVersion, instance.Version));
        var faults = await flows.Engine.MoveAsync(instance.Id, instance.DefinitionVersionId, next.VersionId, pairs ?? Same, "Li: better", Ct);
        Assert.Equal(told, faults);
        if (faults.Count > 0) Assert.Equal(before, (instance.State, instance.DefinitionVersion, instance.Version));
        else Assert.Equal(next.Version, instance.DefinitionVersion);
        return faults;
    }

    private static readonly string One = Chart(
        $"{Box("S", "Elsa.Start")},{Flows.Wait("E", "go")},{Flows.Line("A", "`old ${getVariable('n')}`")}", "S→E", "E→A");

    [Fact]
    public async Task What_follows_is_what_the_new_version_draws()
    {
        var (flows, instance) = await StartedAsync(One);
        var faults = await MoveAsync(flows, instance, Chart(
            $"{Box("S", "Elsa.Start")},{Flows.Line("N", "'never'")},{Flows.Wait("E", "go")},{Flows.Line("A", "`new ${getVariable('n')}`")},{Flows.Line("B", "'more'")}",
            "S→N", "N→E", "E→A", "A→B"));
        Assert.Empty(faults);
        await flows.Engine.PublishEventAsync("go", null, null, null, Ct);
        Assert.Equal(["new 1", "more"], flows.Lines);
        Assert.Equal(FlowSubStatus.Finished, instance.SubStatus);
        Assert.Contains(flows.Store.JournalOf(instance.Id), j => j is { Kind: JournalKind.Migrated, Text: "v1 → v2: Li: better" });
    }

    [Fact]
    public async Task A_box_that_is_gone_is_named_and_a_pair_says_what_it_became()
    {
        var (flows, instance) = await StartedAsync(One.Replace("\"id\":\"E\"", "\"id\":\"E\",\"metadata\":{\"displayText\":\"等材料\"}", StringComparison.Ordinal));
        var renamed = One.Replace("\"E\"", "\"E2\"", StringComparison.Ordinal);
        Assert.Equal([new MoveFault(MoveFaultKind.Missing, "F/E", "等材料")], await MoveAsync(flows, instance, renamed));
        Assert.Empty(await MoveAsync(flows, instance, renamed, new() { ["F/E"] = "F/E2" }));
        Assert.Equal(["E2"], flows.Store.WaitsOf(instance.Id).Select(w => w.ActivityId));
        await flows.Engine.PublishEventAsync("go", null, null, null, Ct);
        Assert.Equal(["old 1"], flows.Lines);
    }

    [Fact]
    public async Task What_could_not_go_on_does_not_move()
    {
        var (flows, instance) = await StartedAsync(One);
        async Task Refused(MoveFaultKind kind, string? detail, string document) =>
            Assert.Equal((kind, detail), (await MoveAsync(flows, instance, document)).Select(f => (f.Kind, f.Detail)).Single());

        await Refused(MoveFaultKind.OtherType, null, One.Replace(Flows.Wait("E", "go"), Box("E", "Elsa.Delay", "\"timeSpan\":\"1:00\""), StringComparison.Ordinal));
        await Refused(MoveFaultKind.OutcomeGone, "Done", One.Replace("," + Way("E→A"), "", StringComparison.Ordinal));
        await Refused(MoveFaultKind.Unreachable, null, One.Replace(Way("S→E"), Way("S→A"), StringComparison.Ordinal));
        await Refused(MoveFaultKind.EventChanged, null, One.Replace("\"eventName\":\"go\"", "\"eventName\":\"other\"", StringComparison.Ordinal));
        var gone = await flows.Engine.MoveAsync(instance.Id, "wf-77", instance.DefinitionVersionId, Same, null, Ct);
        Assert.Equal(MoveFaultKind.NotThere, Assert.Single(gone).Kind);
    }

    [Fact]
    public async Task A_box_in_another_container_refuses_even_when_a_pair_names_it()
    {
        var (flows, instance) = await StartedAsync(One);
        var inside = Chart($"{Box("S", "Elsa.Start")},{Flows.Sequence(Flows.Wait("E", "go")).Replace("\"id\":\"S\"", "\"id\":\"Q\"", StringComparison.Ordinal)}", "S→Q");
        Assert.Equal(MoveFaultKind.Missing, Assert.Single(await MoveAsync(flows, instance, inside)).Kind);
        Assert.Equal(MoveFaultKind.Elsewhere, Assert.Single(await MoveAsync(flows, instance, inside, new() { ["F/E"] = "F/Q/E" })).Kind);
    }

    [Fact]
    public async Task A_join_gets_what_has_arrived_and_does_not_wait_for_what_was_passed()
    {
        var fork = $"{Box("S", "Elsa.Start")},{Flows.Line("A", "'a'")},{Flows.Wait("E", "go")},{Box("J", "Elsa.FlowJoin", "\"mode\":\"WaitAllActive\"")},{Flows.Line("Z", "'z'")}";
        string[] ways = ["S→A", "S→E", "A→J", "E→J", "J→Z"];
        var (flows, instance) = await StartedAsync(Chart(fork, ways));

        // One more branch from the fork that was passed: it counts as a dead path.
        Assert.Empty(await MoveAsync(flows, instance, Chart($"{fork},{Flows.Line("B", "'b'")}", [.. ways, "S→B", "B→J"])));
        await flows.Engine.PublishEventAsync("go", null, null, null, Ct);
        Assert.Equal(["a", "z"], flows.Lines);
        Assert.Equal(FlowSubStatus.Finished, instance.SubStatus);
    }

    [Theory]
    [InlineData("WaitAll", MoveFaultKind.JoinStarves, "S→A", "S→E", "A→J", "E→J", "J→Z", "S→B", "B→J")] // it would wait for B for ever
    [InlineData("WaitAny", MoveFaultKind.JoinChanged, "S→A", "S→E", "A→J", "E→J", "J→Z")] // what arrived would have gone on
    [InlineData("WaitAll", MoveFaultKind.JoinChanged, "S→A", "S→E", "A→Z", "E→J", "J→Z")] // what arrived at the join has no way there any more
    public async Task A_join_that_would_lose_or_block_what_is_under_way_refuses(string mode, MoveFaultKind kind, params string[] ways)
    {
        string Boxes(string m) => $"{Box("S", "Elsa.Start")},{Flows.Line("A", "'a'")},{Flows.Line("B", "'b'")},{Flows.Wait("E", "go")},{Box("J", "Elsa.FlowJoin", $"\"mode\":\"{m}\"")},{Flows.Line("Z", "'z'")}";
        var (flows, instance) = await StartedAsync(Chart(Boxes("WaitAll"), "S→A", "S→E", "A→J", "E→J", "J→Z"));
        Assert.Contains(await MoveAsync(flows, instance, Chart(Boxes(mode), ways)), f => f.Kind == kind);
        await flows.Engine.PublishEventAsync("go", null, null, null, Ct);
        Assert.Equal(["a", "z"], flows.Lines);
    }

    [Fact]
    public async Task A_sequence_goes_on_after_the_box_it_stands_at_and_repeats_nothing()
    {
        var (flows, instance) = await StartedAsync(Flows.Document(Flows.Sequence(Flows.Line("A", "'a'"), Flows.Wait("E", "go"), Flows.Line("B", "'b'"))));
        Assert.Equal(MoveFaultKind.OrderChanged, Assert.Single(await MoveAsync(flows, instance,
            Flows.Document(Flows.Sequence(Flows.Wait("E", "go"), Flows.Line("A", "'a'"), Flows.Line("B", "'b'"))))).Kind);
        Assert.Empty(await MoveAsync(flows, instance, Flows.Document(Flows.Sequence(Flows.Line("N", "'n'"), Flows.Line("A", "'a'"), Flows.Line("M", "'m'"), Flows.Wait("E", "go"), Flows.Line("C", "'c'")))));
        await flows.Engine.PublishEventAsync("go", null, null, null, Ct);
        Assert.Equal(["a", "c"], flows.Lines);
    }

    [Fact]
    public async Task A_new_parallel_branch_refuses()
    {
        string Parallel(params string[] branches) => Flows.Document($$"""{"id":"P","type":"Elsa.Parallel","activities":[{{string.Join(',', branches)}}]}""");
        var (flows, instance) = await StartedAsync(Parallel(Flows.Wait("E", "go"), Flows.Line("A", "'a'")));
        var fault = Assert.Single(await MoveAsync(flows, instance, Parallel(Flows.Wait("E", "go"), Flows.Line("B", "'b'"))));
        Assert.Equal((MoveFaultKind.BranchNew, "B"), (fault.Kind, fault.Detail));
        Assert.Empty(await MoveAsync(flows, instance, Parallel(Flows.Wait("E", "go"))));
        await flows.Engine.PublishEventAsync("go", null, null, null, Ct);
        Assert.Equal(FlowSubStatus.Finished, instance.SubStatus);
    }

    [Fact]
    public async Task Parts_go_along_in_the_versions_the_new_drawing_names_and_timers_keep_their_time()
    {
        var flows = new Flows(new FlowOptions { FindsPartsByNumber = false });
        string Part(string line) => $$"""{"id":"p-{{line}}","definitionId":"part","options":{"usableAsActivity":true},"root":{{Flows.Sequence("""{"id":"D","type":"Elsa.Delay","timeSpan":"2:00:00"}""", Flows.Line("L", $"'{line}'"))}}}""";
        var main = Flows.Document(Flows.Sequence("""{"id":"U","type":"Part","workflowDefinitionId":"part"}""", Flows.Line("Z", "'z'")));
        await flows.PublishAsync(Part("one"));
        var instance = await flows.StartAsync(main);
        flows.Clock.MoveTo(flows.Clock.GetUtcNow().AddHours(1));
        await flows.PublishAsync(Part("two"));

        // An unpinned part of a running instance stays what it was, until it moves.
        Assert.Empty(await MoveAsync(flows, instance, main));

        var timer = Assert.Single(flows.Store.WaitsOf(instance.Id));
        Assert.Equal(flows.Clock.GetUtcNow().AddHours(1), timer.DueAt);
        flows.Clock.MoveTo(timer.DueAt!.Value);
        Assert.True(await flows.Engine.FireTimerAsync(timer.Id, Ct));
        Assert.Equal(["two", "z"], flows.Lines);
    }

    [Fact]
    public async Task A_breakdown_moves_with_its_instance_and_is_settled_in_the_new_version()
    {
        var (flows, instance) = await StartedAsync(Flows.Document(Flows.Sequence(Flows.Line("A", "nonsense.x"), Flows.Line("B", "'b'"))));
        Assert.Empty(await MoveAsync(flows, instance, Flows.Document(Flows.Sequence(Flows.Line("A2", "'mended'"), Flows.Line("B", "'b'"))), new() { ["S/A"] = "S/A2" }));
        var incident = Assert.Single(flows.Store.IncidentsOf(instance.Id));
        Assert.Equal(("A2", "S/A2"), (incident.ActivityId, incident.NodePath));
        Assert.True(await flows.Engine.RetryAsync(instance.Id, incident.Execution, Ct));
        Assert.Equal(["mended", "b"], flows.Lines);
    }

    [Fact]
    public async Task Variables_loops_and_bodies_keep_what_they_hold()
    {
        var body = Flows.Sequence(Flows.Wait("E", "go"), Flows.Line("L", "`${getVariable('CurrentValue')} ${getVariable('n')}`"));
        string Loop(string more) => Flows.Document($$"""{"id":"P","type":"Elsa.ParallelForEach","items":{{Flows.Js("Object", "['x','y']")}},"body":{{body}}{{more}}}""",
            """ "variables":[{"id":"n","name":"n","typeName":"Int32","value":"1","storageDriverTypeName":"WorkflowInstanceStorageDriver"}], """);
        var (flows, instance) = await StartedAsync(Loop(""));
        Assert.Empty(await MoveAsync(flows, instance, Loop(",\"metadata\":{}")));
        await flows.Engine.PublishEventAsync("go", null, null, null, Ct);
        Assert.Equal(["x 1", "y 1"], flows.Lines);
    }

    [Fact]
    public async Task A_variable_is_repaired_and_the_step_tried_again()
    {
        var (flows, instance) = await StartedAsync(Chart($"{Box("S", "Elsa.Start")},{Flows.Line("A", "if (getVariable('n') < 5) throw 'too small'; `n ${getVariable('n')}`")}", "S→A"));
        var incident = Assert.Single(flows.Store.IncidentsOf(instance.Id));
        Assert.False(await flows.Engine.RepairVariableAsync(instance.Id, incident.Execution, "nobody", 1, Ct));
        Assert.False(await flows.Engine.RepairVariableAsync(instance.Id, 99, "n", 1, Ct));
        Assert.True(await flows.Engine.RepairVariableAsync(instance.Id, incident.Execution, "n", JsonValue.Create("7"), Ct, "Li: typo"));
        Assert.True(await flows.Engine.RetryAsync(instance.Id, incident.Execution, Ct, "Li: again"));
        Assert.Equal(["n 7"], flows.Lines);
        Assert.Contains(flows.Store.JournalOf(instance.Id), j => j is { Kind: JournalKind.Repaired, Text: "n: Li: typo" });
        Assert.Contains(flows.Store.JournalOf(instance.Id), j => j is { Kind: JournalKind.Retried, Text: "Li: again" });
    }

    [Fact]
    public async Task What_nothing_can_wake_any_more_is_an_incident()
    {
        var flows = new Flows(new FlowOptions { ContinueWithIncidents = true, RaisesStuck = true });
        // A join that waits for a branch which ends elsewhere: as drawn it can never run.
        var instance = await flows.StartAsync(Flows.Document($$"""{"id":"P","type":"Elsa.Sequence","activities":[{{Flows.Wait("E", "go")}},{"id":"F","type":"Elsa.Fault","message":"x"}]}"""));
        Assert.Empty(flows.Store.IncidentsOf(instance.Id));
        await flows.Engine.PublishEventAsync("go", null, null, null, Ct);
        Assert.Equal("F", Assert.Single(flows.Store.IncidentsOf(instance.Id)).ActivityId); // the fault itself, and no second incident for being stuck

        var silent = new Flows(new FlowOptions { ContinueWithIncidents = true, RaisesStuck = true }, more: new ActivityDescriptor("Test.Silent", "哑", "测试") { Create = _ => new Silent() });
        var stuck = await silent.StartAsync(Flows.Document(Flows.Sequence("""{"id":"X","type":"Test.Silent"}""", Flows.Line("B", "'on'"))));
        var incident = Assert.Single(silent.Store.IncidentsOf(stuck.Id));
        Assert.Equal(("X", typeof(StuckException).FullName), (incident.ActivityId, incident.Type));
        Assert.True(await silent.Engine.SkipAsync(stuck.Id, incident.Execution, [], Ct));
        Assert.Equal(["on"], silent.Lines);
    }

    /// <summary>Parks without a wait.</summary>
    private sealed class Silent : IActivity
    {
        public ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct) => new(new Answer.Parked([]));
    }
}
