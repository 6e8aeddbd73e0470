using System.Text.Json.Nodes;
using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Running;
using Xunit;

namespace BanBuCheng.Engine.Tests;

/// <summary>What the desk relies on beyond Elsa's own behaviour.</summary>
public sealed class EngineTests
{
    private static readonly CancellationToken Ct = CancellationToken.None;

    [Fact]
    public async Task A_loop_of_ten_thousand_rounds_leaves_no_trace_in_the_state()
    {
        static string Loop(int rounds) => Flows.Document($$"""
            {"id":"F","type":"Elsa.Flowchart","activities":[{"id":"S","type":"Elsa.Start"},
            {"id":"A","type":"Elsa.SetVariable","variable":{"id":"n"},"value":{{Flows.Js("Object", "getVariable('n') + 1")}}},
            {"id":"D","type":"Elsa.FlowDecision","condition":{{Flows.Js("Boolean", $"getVariable('n') < {rounds}")}}},{{Flows.Wait("W", "x")}}],
            "connections":[{"source":"S","sourcePort":"Done","target":"A"},{"source":"A","sourcePort":"Done","target":"D"},
            {"source":"D","sourcePort":"True","target":"A"},{"source":"D","sourcePort":"False","target":"W"}]}
            """, """ "variables":[{"id":"n","name":"n","typeName":"Int32","storageDriverTypeName":"WorkflowInstanceStorageDriver"}], """);

        var few = await new Flows().StartAsync(Loop(2));
        var many = await new Flows().StartAsync(Loop(10_000));

        Assert.Equal(FlowSubStatus.Suspended, many.SubStatus);
        Assert.InRange(many.State.Length, 1, few.State.Length + 20);
        Assert.InRange(many.State.Length, 1, 400);
    }

    [Theory]
    [InlineData(false, "a", "after")]
    [InlineData(true, "a", "b", "after", "beside")]
    public async Task A_step_that_is_queued_beside_the_end_is_withdrawn_unless_the_host_lets_it_run(bool letsRun, params string[] lines)
    {
        var flows = new Flows(new FlowOptions { LetsQueuedStepsRun = letsRun });
        var instance = await flows.StartAsync(Flows.Document($$"""
            {"id":"F","type":"Elsa.Flowchart","activities":[{"id":"S","type":"Elsa.Start"},{{Flows.Line("A", "'a'")}},{"id":"D","type":"Elsa.FlowNode"},{{Flows.Line("B", "'b'")}},
            {"id":"J","type":"Elsa.FlowJoin","mode":"WaitAny"},{{Flows.Line("Z", "'after'")}},{"id":"End","type":"Elsa.End"},{{Flows.Line("X", "'beside'")}},{{Flows.Wait("W", "x")}}],
            "connections":[{"source":"S","target":"A"},{"source":"S","target":"D"},{"source":"A","target":"J"},{"source":"D","target":"B"},{"source":"B","target":"J"},{"source":"J","target":"Z"},
            {"source":"Z","target":"End"},{"source":"Z","target":"X"},{"source":"Z","target":"W"}]}
            """));

        // What would wait in it has nobody left to wake it.
        Assert.Equal((FlowSubStatus.Finished, 0), (instance.SubStatus, flows.Store.WaitsOf(instance.Id).Count));
        Assert.Equal(lines, flows.Lines);
    }

    [Fact]
    public async Task An_incident_that_is_settled_is_closed_and_not_forgotten()
    {
        var flows = new Flows(new FlowOptions { ContinueWithIncidents = true });
        var instance = await flows.StartAsync(Flows.Document($$"""{"id":"P","type":"Elsa.Parallel","activities":[{"id":"X","type":"Elsa.Fault","message":"no"},{{Flows.Wait("W", "x")}}]}"""));

        Assert.True(await flows.Engine.CancelAsync(instance.Id, "test", Ct));

        Assert.Equal(0, instance.OpenIncidents);
        Assert.Empty(flows.Store.IncidentsOf(instance.Id));
        Assert.Equal("no", Assert.Single(flows.Store.EveryIncidentOf(instance.Id)).Message);
    }

    [Fact]
    public async Task A_faulted_activity_can_be_retried_and_skipped()
    {
        var flows = new Flows(new FlowOptions { ContinueWithIncidents = true });
        var document = Flows.Document(Flows.Sequence(
            Flows.Line("A", "if (!getInput('ok')) throw new Error('no'); 'good'"), Flows.Line("B", "'after'")));
        var instance = await flows.StartAsync(document);
        var incident = Assert.Single(flows.Store.IncidentsOf(instance.Id));
        Assert.Equal((FlowSubStatus.Suspended, 1), (instance.SubStatus, instance.OpenIncidents));

        Assert.True(await flows.Engine.RetryAsync(instance.Id, incident.Execution, Ct));
        incident = Assert.Single(flows.Store.IncidentsOf(instance.Id));
        Assert.True(await flows.Engine.SkipAsync(instance.Id, incident.Execution, [], Ct));

        Assert.Equal(["after"], flows.Lines);
        Assert.Equal((FlowSubStatus.Finished, 0), (instance.SubStatus, instance.OpenIncidents));
        Assert.False(await flows.Engine.RetryAsync(instance.Id, incident.Execution, Ct));
    }

    [Fact]
    public async Task A_loop_whose_condition_fails_can_be_helped_on()
    {
        var flows = new Flows(new FlowOptions { ContinueWithIncidents = true });
        var instance = await flows.StartAsync(Flows.Document(
            $$"""{"id":"W","type":"Elsa.While","condition":{{Flows.Js("Boolean", "if (getVariable('n') == 1) throw new Error('no'); return getVariable('n') < 3")}},"body":{{Flows.Sequence(
                $$"""{"id":"V","type":"Elsa.SetVariable","variable":{"id":"n"},"value":{{Flows.Js("Object", "getVariable('n') + 1")}}}""", Flows.Line("L", "`${getVariable('n')}`"))}}}""",
            """ "variables":[{"id":"n","name":"n","typeName":"Int32","storageDriverTypeName":"WorkflowInstanceStorageDriver"}], """));
        var incident = Assert.Single(flows.Store.IncidentsOf(instance.Id));

        Assert.True(await flows.Engine.RetryAsync(instance.Id, incident.Execution, Ct));

        Assert.Equal(["1", "2", "3"], flows.Lines);
        Assert.Equal(FlowSubStatus.Finished, instance.SubStatus);
    }

    [Fact]
    public async Task What_an_activity_opened_is_taken_back_when_it_is_withdrawn()
    {
        var cancelled = new List<string>();
        var task = new ActivityDescriptor("Test.Task", "任务", "测试") { Create = _ => new OpensTask(cancelled) };
        var flows = new Flows(null, null, task);
        await flows.StartAsync(Flows.Document("""
            {"id":"F","type":"Elsa.Flowchart","activities":[{"id":"S","type":"Elsa.FlowFork","branches":["a","b"]},{"id":"T","type":"Test.Task"},
            {"id":"E","type":"Elsa.Event","eventName":"go"},{"id":"J","type":"Elsa.FlowJoin","mode":"WaitAny"},{"id":"L","type":"Elsa.WriteLine","text":"joined"}],
            "connections":[{"source":"S","sourcePort":"a","target":"T"},{"source":"S","sourcePort":"b","target":"E"},{"source":"T","sourcePort":"Done","target":"J"},
            {"source":"E","sourcePort":"Done","target":"J"},{"source":"J","sourcePort":"Done","target":"L"}]}
            """));
        await flows.Engine.PublishEventAsync("go", null, null, null, Ct);
        Assert.Equal(["T"], cancelled);
        Assert.Equal(["joined"], flows.Lines);
        Assert.Empty(flows.Store.Waits);
    }

    [Fact]
    public async Task The_round_of_a_box_survives_loops_and_suspensions_and_ports_know_their_connections()
    {
        var seen = new List<(int, bool, bool)>();
        var box = new ActivityDescriptor("Test.Round", "轮次", "测试") { Create = _ => new TellsRound(seen) };
        var flows = new Flows(null, null, box);
        var instance = await flows.StartAsync(Flows.Document("""
            {"id":"F","type":"Elsa.Flowchart","activities":[{"id":"R","type":"Test.Round"},{"id":"E","type":"Elsa.Event","eventName":"go"}],
            "connections":[{"source":"R","sourcePort":"Done","target":"E"},{"source":"E","sourcePort":"Done","target":"R"}]}
            """));
        await flows.Engine.WakeAsync(flows.Store.WaitsOf(instance.Id)[0].Id, null, Ct);
        await flows.Engine.WakeAsync(flows.Store.WaitsOf(instance.Id)[0].Id, null, Ct);
        Assert.Equal([(1, true, false), (2, true, false), (3, true, false)], seen);
    }

    [Fact]
    public async Task Values_of_the_host_are_seen_by_scripts_and_templates_and_asked_once_a_burst()
    {
        var host = new CaseValues();
        var flows = new Flows(null, [host]);
        await flows.StartAsync(Flows.Document(Flows.Sequence(
            Flows.Line("A", "difficulty"), Flows.Line("B", "`${difficulty == 'Complex'} ${serviceCase.number}`"),
            """{"id":"C","type":"Elsa.WriteLine","text":{"typeName":"String","expression":{"type":"Liquid","value":"{{ difficulty }} {{ serviceCase.number }}"}}}""")), correlation: "c1");
        Assert.Equal(["Complex", "true B1", "Complex B1"], flows.Lines);
        Assert.Equal(["difficulty c1", "serviceCase c1"], host.Asked);
    }

    [Fact]
    public async Task An_exception_that_must_escape_is_no_incident()
    {
        var flows = new Flows(new FlowOptions { MustEscape = e => e is TimeoutException }, null,
            new ActivityDescriptor("Test.Throws", "抛出", "测试") { Create = _ => new Throws() });
        await Assert.ThrowsAsync<TimeoutException>(() => flows.StartAsync(Flows.Document("""{"id":"T","type":"Test.Throws"}""")));
    }

    [Fact]
    public async Task A_woken_wait_is_gone()
    {
        var flows = new Flows();
        var instance = await flows.StartAsync(Flows.Document(Flows.Sequence(Flows.Wait("E", "x"), Flows.Wait("E2", "y"))));
        var wait = flows.Store.WaitsOf(instance.Id)[0].Id;
        Assert.True(await flows.Engine.WakeAsync(wait, null, Ct));
        Assert.False(await flows.Engine.WakeAsync(wait, null, Ct));
    }

    [Fact]
    public async Task A_version_that_was_in_force_is_never_overwritten()
    {
        var flows = new Flows();
        var instance = await flows.StartAsync(Flows.Document(Flows.Sequence(Flows.Wait("E", "x"), Flows.Line("A", "'old'"))));
        await flows.Engine.RetractAsync("wf", Ct);
        var second = await flows.PublishAsync(Flows.Document(Flows.Line("B", "'new'")));
        Assert.Equal(2, second.Version);
        await flows.Engine.PublishEventAsync("x", null, null, null, Ct);
        Assert.Equal(["old"], flows.Lines);
        Assert.Equal(FlowSubStatus.Finished, instance.SubStatus);
    }

    [Fact]
    public async Task Publishing_a_part_moves_its_consumers_when_it_asks_for_it()
    {
        var flows = new Flows();
        string Part(string line) => $$"""{"id":"p-{{line}}","definitionId":"part","name":"Part","options":{"usableAsActivity":true,"autoUpdateConsumingWorkflows":true},"root":{{Flows.Line("L", $"'{line}'")}}}""";
        await flows.PublishAsync(Part("one"));
        await flows.StartAsync(Flows.Document("""{"id":"U","type":"Part","workflowDefinitionId":"part","workflowDefinitionVersionId":"p-one"}"""));
        await flows.PublishAsync(Part("two"));
        await flows.Engine.StartAsync(new StartRequest("wf"), Ct);
        Assert.Equal(["one", "two"], flows.Lines);
        Assert.Equal([(1, false, false), (2, true, true)],
            flows.Store.Definitions.Where(d => d.DefinitionId == "wf").OrderBy(d => d.Version).Select(d => (d.Version, d.IsLatest, d.IsPublished)));
    }

    [Fact]
    public async Task A_deeply_nested_value_does_not_lock_its_instance()
    {
        var flows = new Flows();
        var instance = await flows.StartAsync(Flows.Document(Flows.Sequence(
            Flows.Line("A", "let o = {}; for (let i = 0; i < 60; i++) o = {o}; setVariable('deep', o); 'x'"), Flows.Wait("E", "go"), Flows.Line("B", "'y'"))));
        await flows.Engine.PublishEventAsync("go", null, null, null, Ct);
        Assert.Equal(["x", "y"], flows.Lines);
        Assert.Equal(FlowSubStatus.Finished, instance.SubStatus);
    }

    [Fact]
    public async Task Timers_of_a_published_flow_tick_by_its_triggers()
    {
        var flows = new Flows();
        await flows.PublishAsync(Flows.Document(Flows.Sequence("""{"id":"C","type":"Elsa.Cron","cronExpression":"0 9 * * *","customProperties":{"canStartWorkflow":true}}""", Flows.Line("A", "'tick'"))));
        for (var i = 0; i < 2; i++)
        {
            var due = flows.Store.NextDue(DateTimeOffset.MaxValue)!.Value;
            Assert.Equal(9, due.Due.Hour);
            Assert.False(await flows.Engine.FireTriggerAsync(due.Id, Ct));
            flows.Clock.MoveTo(due.Due);
            Assert.True(await flows.Engine.FireTriggerAsync(due.Id, Ct));
        }
        Assert.Equal(["tick", "tick"], flows.Lines);
    }

    [Fact]
    public void Writing_a_document_keeps_what_is_not_understood_and_is_stable()
    {
        const string Text = """{"root":{"strange":{"b":1,"a":1.50},"type":"Elsa.WriteLine","id":"A","metadata":{"x":"汉字 & <b>"}},"definitionId":"d","novel":[1,{"k":null}],"id":"v"}""";
        var once = FlowWriter.Write(FlowReader.Read(Text).Document!);
        Assert.Equal(once, FlowWriter.Write(FlowReader.Read(once).Document!));
        Assert.Contains("汉字 & <b>", once, StringComparison.Ordinal);
        Assert.Contains("1.50", once, StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Text), JsonNode.Parse(once)));
    }

    private sealed class OpensTask(List<string> cancelled) : IActivity
    {
        public ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct) => new(new Answer.Parked(new Wait("Test.Task") { OnlyThisExecution = true }));

        public ValueTask CancelAsync(ActivityContext context, CancellationToken ct)
        {
            cancelled.Add(context.ActivityId);
            return default;
        }
    }

    private sealed class TellsRound(List<(int, bool, bool)> seen) : IActivity
    {
        public ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct)
        {
            seen.Add((context.Round, context.IsConnected("Done"), context.IsConnected("Overdue")));
            return new(Answer.Done);
        }
    }

    private sealed class Throws : IActivity
    {
        public ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct) => throw new TimeoutException("the database is away");
    }

    private sealed class CaseValues : IHostValues
    {
        public List<string> Asked { get; } = [];
        public IReadOnlyCollection<string> Names => ["difficulty", "serviceCase"];

        public ValueTask<object?> GetAsync(string name, string? correlationId, IServiceProvider services, CancellationToken ct)
        {
            Asked.Add($"{name} {correlationId}");
            return new(name == "difficulty" ? "Complex" : new Dictionary<string, object?> { ["number"] = "B1" });
        }
    }
}
