using System.Text.Json.Nodes;
using BanBuCheng.Engine.Activities;
using BanBuCheng.Engine.Expectations;
using BanBuCheng.Engine.Running;

namespace BanBuCheng.Engine.Tests;

/// <summary>A small bench for tests: an engine in memory, documents from short texts.</summary>
internal sealed class Flows
{
    public Flows(FlowOptions? options = null, IReadOnlyList<IHostValues>? values = null, params ActivityDescriptor[] more)
    {
        Host = new FlowHost(new ActivityCatalogue([.. BuiltIn.Descriptors, .. more]), Clock, (options ?? new FlowOptions()) with { Line = (_, line) => Lines.Add(line) }, values);
        Engine = new FlowEngine(Host, Store, NoServices.Instance);
    }

    public VirtualClock Clock { get; } = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    public MemoryFlowStore Store { get; } = new();
    public List<string> Lines { get; } = [];
    public FlowHost Host { get; }
    public FlowEngine Engine { get; }

    public async Task<StoredDefinition> PublishAsync(string document)
    {
        var draft = await Engine.ImportDraftAsync(document, CancellationToken.None);
        return await Engine.PublishAsync(draft.DefinitionId, CancellationToken.None);
    }

    public async Task<FlowInstance> StartAsync(string document, JsonObject? input = null, string? correlation = null)
    {
        var definition = await PublishAsync(document);
        return (await Engine.StartAsync(new StartRequest(definition.DefinitionId) { Input = input, CorrelationId = correlation }, CancellationToken.None))!;
    }

    /// <summary>A definition "wf" around a root activity.</summary>
    public static string Document(string root, string more = "") => $$"""{"id":"wf-1","definitionId":"wf",{{more}}"root":{{root}}}""";

    public static string Sequence(params string[] activities) => $$"""{"id":"S","type":"Elsa.Sequence","activities":[{{string.Join(',', activities)}}]}""";

    public static string Line(string id, string script) => $$$"""{"id":"{{{id}}}","type":"Elsa.WriteLine","text":{{{Js("String", script)}}}}""";

    public static string Wait(string id, string eventName) => $$"""{"id":"{{id}}","type":"Elsa.Event","eventName":"{{eventName}}"}""";

    public static string Js(string type, string script) =>
        new JsonObject { ["typeName"] = type, ["expression"] = new JsonObject { ["type"] = "JavaScript", ["value"] = script } }.ToJsonString();
}
