using System.Text;
using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Running;
using CsCheck;
using Xunit;

namespace BanBuCheng.Engine.Tests;

/// <summary>Damaged documents and bad scripts are findings and incidents; they never hang, crash or leak.</summary>
public sealed class HostileTests
{
    private static readonly string Good = Flows.Document(Flows.Sequence(Flows.Line("A", "'a'"), Flows.Wait("E", "x")));

    [Fact]
    public void A_truncated_document_is_a_finding_wherever_it_is_cut()
    {
        for (var length = 0; length < Good.Length; length++)
        {
            var read = FlowReader.Read(Good[..length]);
            Assert.Null(read.Document);
            Assert.Contains(read.Findings, f => f.IsError);
        }
    }

    [Fact]
    public void Random_damage_never_throws() =>
        Gen.Select(Gen.Int[0, Good.Length - 1], Gen.Char, Gen.Int[0, 4]).Sample((at, letter, kind) =>
        {
            var text = new StringBuilder(Good);
            if (kind == 0) text.Remove(at, Math.Min(5, text.Length - at));
            else if (kind == 1) text.Insert(at, letter);
            else text[at] = letter;
            var read = FlowReader.Read(text.ToString());
            if (read.Document is { } document) FlowReader.Read(FlowWriter.Write(document));
            else Assert.NotEmpty(read.Findings);
        }, iter: 5_000);

    [Fact]
    public void Endless_nesting_is_a_finding()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"id":"x","type":"Elsa.If","then":""", 50_000));
        Assert.Contains(FlowReader.Read(Flows.Document(deep)).Findings, f => f.IsError);
    }

    [Fact]
    public void A_huge_document_is_a_finding() =>
        Assert.Contains(FlowReader.Read(new string('x', 17 * 1024 * 1024)).Findings, f => f.IsError);

    [Fact]
    public void Duplicate_ids_and_duplicate_properties_are_findings()
    {
        var twice = FlowReader.Read(Flows.Document("""{"id":"F","id":"F","type":"Elsa.Flowchart","activities":[{"id":"A","type":"Elsa.Start"},{"id":"A","type":"Elsa.End"}]}"""));
        Assert.Contains(twice.Findings, f => f.IsError && f.ActivityId == "A" && f.Path == "$.root.activities[1]");
        Assert.Contains(twice.Findings, f => f.Path == "$.root.id");
    }

    [Fact]
    public async Task A_workflow_inside_itself_is_a_finding_and_an_incident_and_never_hangs()
    {
        var flows = new Flows();
        var definition = await flows.PublishAsync(Flows.Document("""{"id":"U","type":"Self","version":1,"workflowDefinitionId":"wf","workflowDefinitionVersionId":"wf-1"}"""));
        var compiled = await flows.Host.CompileAsync(definition.VersionId, flows.Store, CancellationToken.None);
        Assert.Contains(compiled!.Findings, f => f.IsError);

        var instance = (await flows.Engine.StartAsync(new StartRequest("wf"), CancellationToken.None))!;

        Assert.Equal(FlowSubStatus.Faulted, instance.SubStatus);
        Assert.Single(flows.Store.IncidentsOf(instance.Id));
    }

    [Fact]
    public async Task A_workflow_that_executes_itself_ends_in_an_incident()
    {
        var flows = new Flows();
        await flows.StartAsync(Flows.Document("""{"id":"X","type":"Elsa.ExecuteWorkflow","workflowDefinitionId":"wf"}"""));
        Assert.Contains(flows.Store.Instances, i => i.SubStatus == FlowSubStatus.Faulted);
    }

    [Fact]
    public async Task An_automatic_loop_is_stopped()
    {
        var flows = new Flows(new FlowOptions { MaxExecutionsPerBurst = 1_000 });
        var instance = await flows.StartAsync(Flows.Document("""{"id":"W","type":"Elsa.While","condition":true,"body":{"id":"N","type":"Elsa.FlowNode"}}"""));
        Assert.Equal(FlowSubStatus.Faulted, instance.SubStatus);
    }

    [Theory]
    [InlineData("while(true){}")]
    [InlineData("(function f(){ f() })()")]
    [InlineData("let a = []; while(true) a.push(new Array(1000).fill('x'))")]
    [InlineData("'x'.repeat(1e9)")]
    [InlineData("new Array(1e9).fill(0).join()")]
    [InlineData("/(a+)+$/.test('a'.repeat(40) + 'b'); throw 'done'")]
    [InlineData("let o = {}; o.self = o; o")]
    [InlineData("System.IO.File.ReadAllText('x')")]
    [InlineData("this does not parse")]
    public async Task A_bad_script_is_an_incident(string script)
    {
        var flows = new Flows();
        var instance = await flows.StartAsync(Flows.Document(Flows.Line("A", script)));
        Assert.Equal(FlowSubStatus.Faulted, instance.SubStatus);
        Assert.Equal("Failed to evaluate activity input 'Text'", Assert.Single(flows.Store.IncidentsOf(instance.Id)).Message);
    }

    [Theory]
    [InlineData("leak = 1; 'x'")]
    [InlineData("globalThis.leak = 1; 'x'")]
    [InlineData("var leak = 1; 'x'")]
    [InlineData("Object.prototype.leak = 1; 'x'")]
    [InlineData("Array.prototype.leak = 1; String.prototype.leak = 1; 'x'")]
    [InlineData("[].constructor.prototype.leak = 1; 'x'")]
    [InlineData("Object.assign(Object.prototype, {leak: 1}); 'x'")]
    public async Task No_script_sees_what_another_left_behind(string script)
    {
        var flows = new Flows();
        const string Look = "`${typeof leak} ${typeof ({}).leak} ${typeof [].leak} ${typeof ''.leak}`";
        await flows.StartAsync(Flows.Document(Flows.Sequence(Flows.Line("A", script), Flows.Line("B", Look))));
        await flows.Engine.StartAsync(new StartRequest("wf"), CancellationToken.None);
        Assert.Equal(["x", "undefined undefined undefined undefined", "x", "undefined undefined undefined undefined"], flows.Lines);
    }

    [Fact]
    public async Task Two_scripts_may_declare_the_same_name()
    {
        var flows = new Flows();
        await flows.StartAsync(Flows.Document(Flows.Sequence(Flows.Line("A", "const x = 1; `${x}`"), Flows.Line("B", "const x = 2; return `${x}`"))));
        Assert.Equal(["1", "2"], flows.Lines);
    }

    [Fact]
    public async Task A_script_gets_copies_of_objects()
    {
        var flows = new Flows();
        var variables = """ "variables":[{"id":"o","name":"o","typeName":"JSON","value":"{\"a\":1}","storageDriverTypeName":"WorkflowInstanceStorageDriver"}], """;
        await flows.StartAsync(Flows.Document(Flows.Sequence(Flows.Line("A", "getVariable('o').a = 2; 'x'"), Flows.Line("B", "`${getVariable('o').a}`")), variables));
        Assert.Equal(["x", "1"], flows.Lines);
    }
}
