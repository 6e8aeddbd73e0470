using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Running;

namespace BanBuCheng.Engine.Durable;

/// <summary>What a draft became, and what was found in it. Stored is null when it could not be read.</summary>
public sealed record DraftImport(StoredDefinition? Stored, IReadOnlyList<FlowFinding> Findings);

/// <summary>Published is null when the gate refused (an error among the findings) or there is no such definition (no findings).</summary>
public sealed record Publication(StoredDefinition? Published, IReadOnlyList<FlowFinding> Findings);

/// <summary>
/// 流程库 — the life of definitions: drafts, publication through the gate, retraction, the product's files. Works in the step of its scope like
/// <see cref="IFlows"/>: nothing is written before <see cref="IFlows.FlushAsync"/>.
/// </summary>
public sealed partial class FlowLibrary
{
    private readonly DbFlowStore _store;
    private readonly FlowEngine _engine;
    private readonly FlowHost _host;
    private readonly IFlowGate? _gate;

    internal FlowLibrary(FlowHost host, DbFlowStore store, IServiceProvider services, IFlowGate? gate)
    {
        _host = host;
        _store = store;
        _gate = gate;
        _engine = new FlowEngine(host, store, services);
    }

    /// <summary>Stores a person's document as a draft (the same version while the latest is a draft, else the next).</summary>
    public async ValueTask<DraftImport> ImportDraftAsync(string document, CancellationToken ct)
    {
        var read = FlowReader.Read(document);
        var findings = FindingsOf(read);
        return read.Document is null ? new(null, findings) : new(await DraftAsync(read.Document, document, FlowOrigin.Person, ct), findings);
    }

    /// <summary>What the gate says to the latest version, without publishing it; null when there is no such definition.</summary>
    public async ValueTask<IReadOnlyList<FlowFinding>?> CheckAsync(string definitionId, CancellationToken ct)
    {
        if (await _store.LatestAsync(definitionId, ct) is not { } latest) return null;
        var read = FlowReader.Read(latest.Document);
        return await FindingsAsync(read, new Dictionary<string, FlowDocument>(StringComparer.Ordinal), ct);
    }

    /// <summary>What publishing the latest version would ask the gate; null when there is no such definition. For looking ahead, outside a step.</summary>
    public async ValueTask<AskedVersion?> AskAsync(string definitionId, CancellationToken ct)
    {
        if (await _store.LatestAsync(definitionId, ct) is not { } latest) return null;
        var read = FlowReader.Read(latest.Document);
        var findings = FindingsOf(read);
        return new AskedVersion(latest, findings, read.Document is not { } candidate || findings.Any(f => f.IsError)
            ? null : await QuestionAsync(candidate, new Dictionary<string, FlowDocument>(StringComparer.Ordinal), ct));
    }

    /// <summary>Puts the latest version in force, and with it the consumers that follow it by themselves, unless the gate refuses any of them.</summary>
    public async ValueTask<Publication> PublishAsync(string definitionId, CancellationToken ct)
    {
        if (await CheckAsync(definitionId, ct) is not { } findings) return new(null, []);
        return findings.Any(f => f.IsError) ? new(null, findings) : new(await _engine.PublishAsync(definitionId, ct), findings);
    }

    /// <summary>Takes a definition out of force; its running instances go on. False when nothing was published.</summary>
    public ValueTask<bool> RetractAsync(string definitionId, CancellationToken ct) => _engine.RetractAsync(definitionId, ct);

    /// <summary>
    /// 退回 — an older version becomes the newest and is put in force through the gate, with the consumers that follow it by themselves. A draft
    /// that somebody is drawing stays the draft, as the version after it.
    /// </summary>
    /// <returns>Published is null when the gate refused (an error among the findings) or there is no such version (no findings).</returns>
    public async ValueTask<Publication> RollBackAsync(string definitionId, int version, CancellationToken ct)
    {
        if (await _store.VersionAsync(definitionId, version, ct) is not { } old) return new(null, []);
        var draft = await _store.LatestAsync(definitionId, ct) is { MayChange: true } drawn && drawn.VersionId != old.VersionId ? drawn : null;
        var read = FlowReader.Read(old.Document);
        var findings = await FindingsAsync(read, new Dictionary<string, FlowDocument>(StringComparer.Ordinal), ct);
        if (read.Document is null || findings.Any(f => f.IsError)) return new(null, findings);
        await NewVersionAsync(read.Document, old.Name, FlowOrigin.Person, ct);
        var published = await _engine.PublishAsync(definitionId, ct);
        if (draft is not null) await NewVersionAsync(FlowReader.Read(draft.Document).Document!, draft.Name, FlowOrigin.Person, ct);
        return new(published, findings);
    }

    /// <summary>All versions, oldest first; pages that need no documents read <see cref="FlowDefinitionRow"/> instead.</summary>
    public ValueTask<IReadOnlyList<StoredDefinition>> VersionsAsync(string definitionId, CancellationToken ct) => _store.VersionsAsync(definitionId, ct);

    private async ValueTask<StoredDefinition> DraftAsync(FlowDocument document, string text, FlowOrigin origin, CancellationToken ct)
    {
        _store.Author = (document.DefinitionId, origin);
        try
        {
            return await _engine.ImportDraftAsync(text, ct);
        }
        finally
        {
            _store.Author = null;
        }
    }

    /// <param name="fresh">Documents that are about to be published in the same step: they count as in force.</param>
    private async ValueTask<IReadOnlyList<FlowFinding>> FindingsAsync(ReadDocument read, Dictionary<string, FlowDocument> fresh, CancellationToken ct)
    {
        var findings = FindingsOf(read);
        if (read.Document is not { } candidate || _gate is null || findings.Any(f => f.IsError)) return findings;
        findings.AddRange(await _gate.CheckAsync(await QuestionAsync(candidate, fresh, ct), ct));
        return findings;
    }

    private async ValueTask<GateQuestion> QuestionAsync(FlowDocument candidate, Dictionary<string, FlowDocument> fresh, CancellationToken ct)
    {
        var after = new Dictionary<string, FlowDocument>(fresh, StringComparer.Ordinal) { [candidate.DefinitionId] = candidate };
        var consumers = await ConsumersAsync(candidate, after, ct);
        var parts = await PartsAsync([candidate, .. consumers], after, ct);
        return new GateQuestion(candidate, consumers, (id, version) => parts.GetValueOrDefault((id, version)))
        {
            Neighbours = [.. fresh.Values.Where(f => f.DefinitionId != candidate.DefinitionId)],
        };
    }

    /// <summary>Everything that would move along, consumers of consumers included.</summary>
    private async ValueTask<List<FlowDocument>> ConsumersAsync(FlowDocument candidate, Dictionary<string, FlowDocument> after, CancellationToken ct)
    {
        var found = new List<FlowDocument>();
        var open = new Queue<FlowDocument>([candidate]);
        while (open.TryDequeue(out var part))
        {
            if (!part.Options.AutoUpdateConsumingWorkflows) continue;
            foreach (var stored in await _store.PossibleConsumersAsync(part.DefinitionId, ct))
            {
                // A draft is only carried along, not put in force; a fresh document is asked about by itself.
                if (!stored.IsPublished || after.ContainsKey(stored.DefinitionId) || found.Exists(f => f.DefinitionId == stored.DefinitionId)) continue;
                var consumer = FlowReader.Read(stored.Document).Document;
                if (consumer is null || !Uses(consumer, part.DefinitionId)) continue;
                found.Add(consumer);
                open.Enqueue(consumer);
            }
        }
        return found;
    }

    private async ValueTask<Dictionary<(string, string?), FlowDocument?>> PartsAsync(
        IReadOnlyList<FlowDocument> documents, Dictionary<string, FlowDocument> after, CancellationToken ct)
    {
        var parts = new Dictionary<(string, string?), FlowDocument?>();
        var open = new Queue<FlowDocument>(documents);
        while (open.TryDequeue(out var document))
            foreach (var activity in document.Root.WithDescendants())
            {
                if (activity.WorkflowDefinitionId is not { } id || parts.ContainsKey((id, activity.WorkflowDefinitionVersionId))) continue;
                var part = await PartAsync(id, activity.WorkflowDefinitionVersionId, after, ct);
                parts[(id, activity.WorkflowDefinitionVersionId)] = part;
                parts.TryAdd((id, null), part);
                if (part is not null) open.Enqueue(part);
            }
        return parts;
    }

    private async ValueTask<FlowDocument?> PartAsync(string id, string? versionId, Dictionary<string, FlowDocument> after, CancellationToken ct)
    {
        // A part that its consumers follow by themselves is what it will be, whatever version they name today.
        if (after.TryGetValue(id, out var fresh) && (string.IsNullOrEmpty(versionId) || fresh.Options.AutoUpdateConsumingWorkflows)) return fresh;
        var stored = string.IsNullOrEmpty(versionId) ? null : await _store.VersionAsync(versionId, ct);
        stored ??= fresh is not null ? null : await _store.PublishedAsync(id, ct) ?? await _store.LatestAsync(id, ct);
        return stored is null ? fresh : FlowReader.Read(stored.Document).Document;
    }

    private static bool Uses(FlowDocument consumer, string definitionId) =>
        consumer.Root.WithDescendants().Any(a => a.WorkflowDefinitionId == definitionId);

    private static List<FlowFinding> FindingsOf(ReadDocument read) =>
        [.. read.Findings.Select(f => new FlowFinding("D000", f.IsError, f.Message)
        {
            DefinitionId = read.Document?.DefinitionId, ActivityId = f.ActivityId, Path = [f.Path],
        })];
}
