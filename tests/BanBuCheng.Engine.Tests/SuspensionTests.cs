using BanBuCheng.Engine.Running;
using Xunit;

namespace BanBuCheng.Engine.Tests;

/// <summary>Every container goes on where it was after its state went through text.</summary>
public sealed class SuspensionTests
{
    private static readonly string Body = Flows.Sequence(Flows.Line("L", "`${getVariable('CurrentValue')}`"), Flows.Wait("E", "go"));

    public static TheoryData<string, string[]> Loops => new()
    {
        { $$"""{"id":"F","type":"Elsa.For","start":1,"end":3,"body":{{Body}}}""", ["1", "2", "3"] },
        { $$"""{"id":"F","type":"Elsa.For","start":{{Flows.Js("Int32", "3")}},"end":1,"step":-1,"body":{{Body}}}""", ["3", "2", "1"] },
        { $$"""{"id":"F","type":"Elsa.ForEach","items":["a","b"],"body":{{Body}}}""", ["a", "b"] },
        { $$"""{"id":"F","type":"Elsa.While","condition":{{Flows.Js("Boolean", "getVariable('n') < 2")}},"body":{{Flows.Sequence(
            Flows.Line("L", "`${getVariable('n')}`"), Flows.Wait("E", "go"),
            $$"""{"id":"V","type":"Elsa.SetVariable","variable":{"id":"n"},"value":{{Flows.Js("Object", "getVariable('n') + 1")}}}""")}}}""", ["0", "1"] },
    };

    [Theory]
    [MemberData(nameof(Loops))]
    public async Task A_loop_goes_on_after_each_wait(string loop, string[] lines)
    {
        var flows = new Flows();
        var instance = await flows.StartAsync(Flows.Document(loop,
            """ "variables":[{"id":"n","name":"n","typeName":"Int32","storageDriverTypeName":"WorkflowInstanceStorageDriver"}], """));
        for (var i = 0; i < lines.Length; i++)
        {
            Assert.Equal(FlowSubStatus.Suspended, instance.SubStatus);
            Assert.Equal(1, await flows.Engine.PublishEventAsync("go", null, null, null, CancellationToken.None));
        }
        Assert.Equal(FlowSubStatus.Finished, instance.SubStatus);
        Assert.Equal(lines, flows.Lines);
        Assert.Empty(flows.Store.IncidentsOf(instance.Id));
    }

    [Fact]
    public async Task Parallel_bodies_keep_their_own_values()
    {
        var flows = new Flows();
        var instance = await flows.StartAsync(Flows.Document(
            $$"""{"id":"P","type":"Elsa.ParallelForEach","items":["a","b"],"body":{{Flows.Sequence(Flows.Wait("E", "go"), Flows.Line("L", "getVariable('CurrentValue') + getVariable('CurrentIndex')"))}}}"""));
        await flows.Engine.PublishEventAsync("go", null, null, null, CancellationToken.None);
        Assert.Equal(["a0", "b1"], flows.Lines);
        Assert.Equal(FlowSubStatus.Finished, instance.SubStatus);
    }

    [Fact]
    public async Task A_part_keeps_its_inputs_and_gives_its_outcome_after_a_wait()
    {
        var flows = new Flows();
        await flows.PublishAsync($$"""
            {"id":"p-1","definitionId":"p","name":"Part","inputs":[{"name":"Amount","type":"Int32"}],"outputs":[{"name":"Double","type":"Int32"}],"outcomes":["Big"],
            "root":{{Flows.Sequence(Flows.Wait("E", "go"),
                $$"""{"id":"O","type":"Elsa.SetOutput","outputName":"Double","outputValue":{{Flows.Js("Object", "getAmount() * 2")}}}""",
                """{"id":"C","type":"Elsa.Complete","outcomes":["Big"]}""")}}}
            """);
        var instance = await flows.StartAsync(Flows.Document($$"""
            {"id":"F","type":"Elsa.Flowchart","activities":[
            {"id":"U","type":"Part","workflowDefinitionId":"p","amount":{{Flows.Js("Int32", "20 + 1")}},"double":{"typeName":"Int32","memoryReference":{"id":"d"} } },
            {{Flows.Line("B", "`big ${getD()}`")}},{{Flows.Line("X", "'done'")}}],
            "connections":[{"source":"U","sourcePort":"Big","target":"B"},{"source":"U","sourcePort":"Done","target":"X"}]}
            """, """ "variables":[{"id":"d","name":"d","typeName":"Int32"}], """));
        await flows.Engine.PublishEventAsync("go", null, null, null, CancellationToken.None);
        Assert.Equal(["big 42"], flows.Lines);
        Assert.Equal(FlowSubStatus.Finished, instance.SubStatus);
    }

    [Fact]
    public async Task An_unpinned_part_stays_what_it_was_for_running_instances()
    {
        var flows = new Flows();
        string Part(string line, int more) => $$"""{"id":"p-{{line}}","definitionId":"p","name":"Part","root":{{Flows.Sequence([
            .. Enumerable.Range(0, more).Select(i => $$"""{"id":"N{{i}}","type":"Elsa.FlowNode"}"""), Flows.Wait("E", "go"), Flows.Line("L", $"'{line}'")])}}}""";
        await flows.PublishAsync(Part("one", 0));
        await flows.StartAsync(Flows.Document("""{"id":"U","type":"Part","workflowDefinitionId":"p","workflowDefinitionVersionId":"gone"}"""));
        await flows.PublishAsync(Part("two", 3));
        await flows.Engine.StartAsync(new StartRequest("wf"), CancellationToken.None);
        await flows.Engine.PublishEventAsync("go", null, null, null, CancellationToken.None);
        Assert.Equal(["one", "two"], flows.Lines);
    }

    [Fact]
    public async Task Children_that_wait_wake_their_parent_one_by_one()
    {
        var flows = new Flows();
        await flows.PublishAsync($$"""{"id":"c-1","definitionId":"c","inputs":[{"name":"Item","type":"String"}],"root":{{Flows.Wait("E", "go")}}}""");
        var instance = await flows.StartAsync(Flows.Document($$"""
            {"id":"B","type":"Elsa.BulkDispatchWorkflows","workflowDefinitionId":"c","items":["x","y"],"correlationIdFunction":{{Flows.Js("String", "getItem()")}},
            "childCompleted":{{Flows.Line("L", "'one'")}}}
            """));
        Assert.Equal(1, await flows.Engine.PublishEventAsync("go", "y", null, null, CancellationToken.None));
        Assert.Equal(["one"], flows.Lines);
        await flows.Engine.PublishEventAsync("go", "x", null, null, CancellationToken.None);
        Assert.Equal(FlowSubStatus.Finished, instance.SubStatus);
        Assert.Equal(["one", "one"], flows.Lines);
    }
}
