using System.Globalization;
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
    public void Random_bytes_never_throw() =>
        Gen.Select(Gen.Int[0, Good.Length - 1], Gen.Byte).List[1, 8].Sample(flips =>
        {
            var bytes = Encoding.UTF8.GetBytes(Good);
            foreach (var (at, value) in flips) bytes[at] = value;
            var read = FlowReader.Read(Encoding.UTF8.GetString(bytes));
            if (read.Document is { } document) FlowReader.Read(FlowWriter.Write(document));
            Assert.All(read.Findings, f => Assert.StartsWith("$", f.Path));
        }, iter: 5_000);

    [Fact]
    public async Task Any_JSON_is_read_compiled_and_run_without_an_exception()
    {
        string[] names = ["id", "type", "definitionId", "root", "activities", "connections", "source", "target", "activity", "port", "cases", "body", "then", "text", "typeName",
            "expression", "value", "variables", "name", "inputs", "outputs", "options", "customProperties", "workflowDefinitionId", "mode", "$values"];
        string[] texts = ["Elsa.Flowchart", "Elsa.WriteLine", "Elsa.If", "Elsa.Switch", "Elsa.FlowJoin", "Elsa.Fork", "JavaScript", "Literal", "Object", "Variable", "wf", "A", "String", ""];
        string[] plain = ["null", "true", "1", "-1.5e300", "[]", "{}"];
        Gen<string> Json(int depth)
        {
            var leaf = Gen.OneOf(Gen.Int[0, texts.Length - 1].Select(i => $"\"{texts[i]}\""), Gen.Int[0, plain.Length - 1].Select(i => plain[i]));
            return depth == 0 ? leaf : Gen.Frequency((2, leaf), (3, Gen.Select(Gen.Int[0, names.Length - 1].Select(i => names[i]), Json(depth - 1)).List[0, 6].Select(m => $"{{{string.Join(',', m.Select(p => $"\"{p.Item1}\":{p.Item2}"))}}}")),
                (2, Json(depth - 1).List[0, 4].Select(l => $"[{string.Join(',', l)}]")));
        }
        var documents = new List<string>();
        Json(5).Array[2_000].Sample(many => documents.AddRange(many.Select(root => $$"""{"definitionId":"wf","root":{{root}}}""")), iter: 1, seed: "0000000000001");
        foreach (var document in documents)
        {
            var read = FlowReader.Read(document);
            if (read.Document is null) continue;
            var flows = new Flows(new FlowOptions { MaxExecutionsPerBurst = 200 });
            await flows.StartAsync(document);
        }
        Assert.NotEmpty(documents);
    }

    [Theory]
    [InlineData("""{"id":"x","type":"Elsa.If","then":""")]
    [InlineData("[")]
    [InlineData("""{"a":""")]
    [InlineData("""{"id":"x","type":"Elsa.Flowchart","activities":[""")]
    public void Endless_nesting_is_a_finding(string again)
    {
        var deep = string.Concat(Enumerable.Repeat(again, 100_000));
        foreach (var text in (string[])[deep, Flows.Document(deep)])
        {
            var read = FlowReader.Read(text);
            Assert.Null(read.Document);
            Assert.Contains(read.Findings, f => f.IsError && f.Path.StartsWith('$'));
        }
    }

    [Fact]
    public async Task The_deepest_nesting_that_can_be_read_is_compiled_run_and_written()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"id":"x","type":"Elsa.If","condition":true,"then":""", 190)) + """{"id":"L","type":"Elsa.WriteLine","text":"deep"}""" + new string('}', 190);
        var flows = new Flows();
        await flows.StartAsync(Flows.Document(deep));
        Assert.Equal(["deep"], flows.Lines);
    }

    [Fact]
    public async Task Ten_megabytes_are_read_compiled_and_run()
    {
        const int Count = 16_000;
        var text = new StringBuilder("""{"id":"F","type":"Elsa.Flowchart","activities":[""");
        for (var i = 0; i < Count; i++)
            text.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $$$"""{"id":"A{{{i}}}","type":"Elsa.WriteLine","text":"","metadata":{"note":"{{{new string('x', 500)}}}"}}""");
        text.Append("""],"connections":[""");
        for (var i = 1; i < Count; i++) text.Append(i == 1 ? "" : ",").Append(CultureInfo.InvariantCulture, $$$"""{"source":{"activity":"A{{{i - 1}}}","port":"Done"},"target":{"activity":"A{{{i}}}","port":"In"}}""");
        var document = Flows.Document(text.Append("]}").ToString());
        Assert.True(document.Length > 10_000_000);
        var flows = new Flows();
        var instance = await flows.StartAsync(document);
        Assert.Equal(FlowSubStatus.Finished, instance.SubStatus);
        Assert.Equal(Count, flows.Lines.Count);
    }

    [Fact]
    public void Too_many_boxes_are_a_finding_and_the_path_says_where()
    {
        var boxes = string.Join(',', Enumerable.Range(0, 20_005).Select(i => $$"""{"id":"A{{i}}","type":"Elsa.Start"}"""));
        Assert.Contains(FlowReader.Read(Flows.Document(Flows.Sequence(boxes))).Findings, f => f.IsError && f.Path.StartsWith("$.root.activities[", StringComparison.Ordinal));
    }

    [Fact]
    public void Damage_is_named_by_its_place()
    {
        var damaged = Good.Replace("\"eventName\":\"x\"", "\"eventName\":nope", StringComparison.Ordinal);
        Assert.Contains(FlowReader.Read(damaged).Findings, f => f.IsError && f.Path.StartsWith("$.root.activities[1]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_workflow_inside_itself_through_another_never_hangs()
    {
        var flows = new Flows();
        await flows.PublishAsync("""{"id":"b-1","definitionId":"b","root":{"id":"U","type":"A","version":1,"workflowDefinitionId":"wf"}}""");
        var instance = await flows.StartAsync(Flows.Document("""{"id":"U","type":"B","version":1,"workflowDefinitionId":"b"}"""));
        Assert.Equal(FlowSubStatus.Faulted, instance.SubStatus);
        var compiled = await flows.Host.CompileAsync("wf-1", flows.Store, CancellationToken.None);
        Assert.Contains(compiled!.Findings, f => f.IsError && f.Path == "$.root");
    }

    [Fact]
    public async Task Parts_that_double_at_every_level_are_stopped_and_become_an_incident()
    {
        var flows = new Flows();
        await flows.PublishAsync("""{"id":"p0","definitionId":"p0","root":{"id":"L","type":"Elsa.Start"}}""");
        for (var level = 1; level <= 18; level++)
        {
            var use = $$$"""{"id":"{0}","type":"P","workflowDefinitionId":"p{{{level - 1}}}"}""";
            await flows.PublishAsync($$$"""{"id":"p{{{level}}}","definitionId":"p{{{level}}}","root":{{{Flows.Sequence(use.Replace("{0}", "a", StringComparison.Ordinal), use.Replace("{0}", "b", StringComparison.Ordinal))}}}}""");
        }
        var instance = (await flows.Engine.StartAsync(new StartRequest("p18"), CancellationToken.None))!;
        Assert.Equal(FlowSubStatus.Faulted, instance.SubStatus);
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
    [InlineData("let s = 'x'; for (let i = 0; i < 40; i++) s += s; s")]
    [InlineData("let s = 'x'; for (let i = 0; i < 40; i++) s = s.concat(s); s.length; s.toUpperCase()")]
    [InlineData("'x'.padEnd(1e9)")]
    [InlineData("new Uint8Array(1e9).length; new ArrayBuffer(2e9)")]
    [InlineData("let a = []; a.length = 2e9; a")]
    [InlineData("({ get a() { while (true) {} } })")]
    [InlineData("({ get a() { return this.a } })")]
    [InlineData("let o = { get a() { return { ...o, get a() { return o } } } }; o")]
    [InlineData("Object.keys(new Proxy({}, { ownKeys() { while (true) {} } }))")]
    [InlineData("({ toJSON() { while (true) {} }, toString() { while (true) {} } }) + ''")]
    [InlineData("new Promise(() => {})")]
    [InlineData("(function f() { Promise.resolve().then(f) })(); 'x'")]
    [InlineData("function* g() { while (true) yield 1 } [...g()]")]
    [InlineData("Array.from({ length: 1e9 })")]
    [InlineData("[..._('x'.repeat(1e8))]")]
    [InlineData("JSON.parse('['.repeat(1e6))")]
    [InlineData("for (let i = 0; i < 1000; i++) /(x+x+)+y/.test('x'.repeat(60))")]
    [InlineData("TimeSpan.Zero.GetType().Assembly.Location")]
    [InlineData("new Random().GetType().Assembly.GetType('System.IO.File')")]
    [InlineData("Guid.NewGuid().constructor.Assembly.Location.length")]
    [InlineData("importNamespace('System.IO').File.Exists('x')")]
    [InlineData("clr.System.IO.File.Exists('x')")]
    [InlineData("require('fs').x")]
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
    [InlineData("[].constructor.constructor('this.leak = 1; Object.prototype.leak = 1')(); 'x'")]
    [InlineData("(0, eval)('var leak = 1; Object.prototype.leak = 1'); 'x'")]
    [InlineData("new Function('Object.prototype.leak = 1')(); 'x'")]
    [InlineData("(function () { this.leak = 1; Reflect.getPrototypeOf({}).leak = 1 }).call(); 'x'")]
    [InlineData("const t = s => s; const o = t`x`; Object.getPrototypeOf(o).leak = 1; Object.getPrototypeOf(Object.getPrototypeOf(o)).leak = 1; 'x'")]
    [InlineData("getVariable.__proto__.__proto__.leak = 1; getVariable.leak = 1; 'x'")]
    [InlineData("Object.defineProperty(Object.prototype, 'leak', { get: () => 1, configurable: false }); 'x'")]
    [InlineData("TimeSpan.leak = 1; Object.getPrototypeOf(Object.getPrototypeOf(TimeSpan)).leak = 1; 'x'")]
    [InlineData("JSON.stringify = () => 'leak'; Math.leak = 1; 'x'")]
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

    [Theory]
    [InlineData("const t = s => s; const o = t`x`; const had = `${o.leak}`; Object.getPrototypeOf(o).leak = 'yes'; had")]
    [InlineData("const r = /a/g; const had = `${r.leak} ${r.lastIndex}`; r.test('aa'); Object.getPrototypeOf(r).leak = 'yes'; had.slice(0, 9)")]
    [InlineData("function f() { } const had = `${f.leak} ${class { }.leak}`; Object.getPrototypeOf(f).leak = 'yes'; had.slice(0, 9)")]
    [InlineData("const had = `${Symbol.for('x').leak} ${globalThis.leak}`; Symbol.prototype.leak = 'yes'; globalThis.leak = 'yes'; had.slice(0, 9)")]
    public async Task A_prepared_script_takes_nothing_along_from_one_instance_to_the_next(string script)
    {
        var flows = new Flows();
        await flows.StartAsync(Flows.Document(Flows.Line("A", script)));
        for (var i = 0; i < 3; i++) await flows.Engine.StartAsync(new StartRequest("wf"), CancellationToken.None);
        Assert.Equal(4, flows.Lines.Count);
        Assert.All(flows.Lines, line => Assert.StartsWith("undefined", line));
    }
}
