using System.Text.Json.Nodes;
using BanBuCheng.Engine.Activities;
using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Running;

namespace BanBuCheng.Engine.Expectations;

/// <summary>What <c>flow run</c> reports of one document run once in memory.</summary>
public sealed record RunReport(
    string Status, string SubStatus, IReadOnlyList<string> Lines, JsonNode? Output, IReadOnlyList<RunWait> Waits, IReadOnlyList<RunIncident> Incidents);

public sealed record RunWait(string ActivityId, string Name, JsonNode? Payload, DateTimeOffset? DueAt);

public sealed record RunIncident(string ActivityId, string Message);

/// <summary>Runs the first of some documents in memory until it ends or waits; the others are at hand as its children.</summary>
public static class SingleRun
{
    /// <exception cref="FormatException">A text is no document.</exception>
    public static async Task<RunReport> RunAsync(
        IReadOnlyList<string> documents, JsonObject? input, CancellationToken ct, Func<VirtualClock, MemoryFlowStore, ICaseVocabulary>? vocabulary = null)
    {
        var store = new MemoryFlowStore();
        var lines = new List<string>();
        var options = new FlowOptions { LetsQueuedStepsRun = true, Line = (_, line) => lines.Add(line) };
        var clock = new VirtualClock(TimeProvider.System.GetUtcNow());
        var own = vocabulary?.Invoke(clock, store) is { } words && words.Activities.Any(a => documents.Any(d => d.Contains($"\"{a.Type}\"", StringComparison.Ordinal))) ? words : null;
        var engine = new FlowEngine(
            new FlowHost(new ActivityCatalogue([.. BuiltIn.Descriptors, .. own?.Activities ?? []]), clock, own?.Adjust(options) ?? options, own?.Values), store, own?.Services ?? NoServices.Instance);
        own?.Open(engine, null, "");

        // Children first: what the first document uses must be there when its triggers are indexed and it is compiled.
        for (var i = documents.Count - 1; i >= 0; i--)
        {
            var draft = await engine.ImportDraftAsync(documents[i], ct);
            await engine.PublishAsync(draft.DefinitionId, ct);
        }
        var main = FlowReader.Read(documents[0]).Document!;
        var instance = (own is null ? await engine.StartAsync(new StartRequest(main.DefinitionId) { Input = input }, ct) : await BeginAsync(own, main.DefinitionId))
            ?? throw new InvalidOperationException("Expected the flow to start, but its activation strategy refused.");
        return new RunReport(instance.Status.ToString(), instance.SubStatus.ToString(), lines, instance.Outputs is { } outputs ? JsonNode.Parse(outputs) : new JsonObject(),
            [.. store.WaitsOf(instance.Id).Select(w => new RunWait(w.ActivityId, w.Name, w.Payload is { } payload ? JsonNode.Parse(payload) : null, w.DueAt))],
            [.. store.EveryIncidentOf(instance.Id).Select(i => new RunIncident(i.ActivityId, i.Message))]);

        // A document with the host's activities runs for something of the host's, which the vocabulary makes first.
        async Task<FlowInstance?> BeginAsync(ICaseVocabulary words, string definitionId)
        {
            var step = new JsonObject { ["do"] = "start", ["definitionId"] = definitionId, ["input"] = input?.DeepClone() };
            var id = await words.DoAsync("start", step, "main", _ => default, ct);
            await words.SettleAsync(ct);
            return id is { } begun ? await store.LoadAsync(begun, ct) : null;
        }
    }
}
