using System.Text.Json.Nodes;
using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Expressions;

namespace BanBuCheng.Engine.Running;

// The life of definitions: drafts, publication, retraction, triggers, consumers.
public sealed partial class FlowEngine
{
    /// <summary>Left in a retracted document's custom properties.</summary>
    internal const string WasPublished = "BanBuCheng.WasPublished";

    /// <summary>Stores a document as a draft (the same number while the latest is a draft, else the next one).</summary>
    /// <exception cref="FormatException">The text is no document.</exception>
    public async ValueTask<StoredDefinition> ImportDraftAsync(string document, CancellationToken ct)
    {
        var read = Readable(document);
        var latest = await _store.LatestAsync(read.DefinitionId, ct);
        // What was once in force may have instances: it is never overwritten, even after it was retracted.
        var isOverwritten = latest is { MayChange: true } && (_host.Options.OverwritesRetracted || !Readable(latest.Document).CustomProperties.ContainsKey(WasPublished));
        read.CustomProperties.Remove(WasPublished);
        var version = latest is null ? 1 : isOverwritten ? latest.Version : latest.Version + 1;
        var id = isOverwritten ? latest!.VersionId : await _store.VersionAsync(read.Id, ct) is null ? read.Id : _host.NewId().ToString("N");
        return Put(read, id, version, true, false);
    }

    /// <summary>Stores a document with its own id, version and flags, as a file provider does.</summary>
    /// <exception cref="FormatException">The text is no document.</exception>
    public async ValueTask<StoredDefinition> ImportAsIsAsync(string document, CancellationToken ct)
    {
        var read = Readable(document);
        var stored = Put(read, read.Id, read.Version, read.IsLatest, read.IsPublished);
        if (stored.IsPublished) await IndexTriggersAsync(stored, ct);
        return stored;
    }

    /// <summary>Puts the latest version in force, indexes its triggers and, where asked for, moves its consumers to it.</summary>
    /// <exception cref="FlowNotFoundException">There is no such definition.</exception>
    public ValueTask<StoredDefinition> PublishAsync(string definitionId, CancellationToken ct) => PublishAsync(definitionId, [], ct);

    /// <summary>Takes a definition out of force; running instances go on. False when nothing was published.</summary>
    public async ValueTask<bool> RetractAsync(string definitionId, CancellationToken ct)
    {
        if (await _store.PublishedAsync(definitionId, ct) is not { } published) return false;
        var read = Readable(published.Document);
        if (!_host.Options.OverwritesRetracted)
        {
            if (read.Json["customProperties"] is not JsonObject) read.Json["customProperties"] = new JsonObject();
            read.Json["customProperties"]![WasPublished] = true;
        }
        Put(read, published.VersionId, published.Version, published.IsLatest, false);
        _store.ReplaceTriggers(definitionId, []);
        return true;
    }

    private async ValueTask<StoredDefinition> PublishAsync(string definitionId, HashSet<string> moved, CancellationToken ct)
    {
        var latest = await _store.LatestAsync(definitionId, ct) ?? throw new FlowNotFoundException(definitionId);
        var read = Readable(latest.Document);
        var published = Put(read, latest.VersionId, latest.Version, true, true);
        await IndexTriggersAsync(published, ct);
        if (read.Options.AutoUpdateConsumingWorkflows && moved.Add(definitionId)) await MoveConsumersAsync(published, moved, ct);
        return published;
    }

    private async ValueTask MoveConsumersAsync(StoredDefinition published, HashSet<string> moved, CancellationToken ct)
    {
        foreach (var consumer in await _store.PossibleConsumersAsync(published.DefinitionId, ct))
        {
            if (!consumer.IsLatest || consumer.DefinitionId == published.DefinitionId) continue;
            var read = Readable(consumer.Document);
            var uses = read.Root.WithDescendants().Where(a => a.WorkflowDefinitionId == published.DefinitionId).ToList();
            if (uses.Count == 0) continue;
            foreach (var use in uses)
            {
                use.Json["workflowDefinitionVersionId"] = published.VersionId;
                use.Json["latestAvailablePublishedVersionId"] = published.VersionId;
                use.Json["latestAvailablePublishedVersion"] = published.Version;
                use.Json["version"] = published.Version;
            }
            await ImportDraftAsync(FlowWriter.Write(read), ct);
            if (consumer.IsPublished) await PublishAsync(consumer.DefinitionId, moved, ct);
        }
    }

    private static FlowDocument Readable(string document)
    {
        var read = FlowReader.Read(document);
        return read.Document ?? throw new FormatException(read.Findings.FirstOrDefault(f => f.IsError)?.Message ?? "The text is no workflow document.");
    }

    private StoredDefinition Put(FlowDocument read, string versionId, int version, bool isLatest, bool isPublished)
    {
        var json = (JsonObject)read.Json.DeepClone();
        json["id"] = versionId;
        json["definitionId"] = read.DefinitionId;
        json["version"] = version;
        json["isLatest"] = isLatest;
        json["isPublished"] = isPublished;
        var stored = new StoredDefinition(versionId, read.DefinitionId, version, read.Name, isLatest, isPublished, read.Options.UsableAsActivity,
            FlowWriter.Write(json), _host.Clock.GetUtcNow());
        _store.Put(stored);
        if (isLatest) _store.Supersede(read.DefinitionId, versionId, isPublished);
        return stored;
    }

    private async ValueTask IndexTriggersAsync(StoredDefinition definition, CancellationToken ct)
    {
        var triggers = new List<FlowTrigger>();
        if (await _host.Library.GetAsync(definition.VersionId, null, _store, ct) is { } flow)
        {
            var nobody = new FlowInstance
            {
                Id = Guid.Empty, DefinitionId = definition.DefinitionId, DefinitionVersionId = definition.VersionId, DefinitionVersion = definition.Version,
                CreatedAt = _host.Clock.GetUtcNow(),
            };
            foreach (var node in flow.Nodes)
            {
                if (node.Descriptor is not { IsTrigger: true } || !node.Model.CanStartWorkflow || IsInsidePart(node)) continue;
                var wish = await DescribeAsync(flow, nobody, node, ct);
                if (wish is null) continue;
                var payload = wish.Wait.Payload is { Count: > 0 } given ? Plain.JsonText(given) : null;
                triggers.Add(new FlowTrigger(_host.NewId(), definition.DefinitionId, definition.VersionId, node.Id, node.Path, wish.Wait.Name,
                    Burst.Hash(wish.Wait.Name, payload), payload, wish.Wait.DueAt, wish.Interval, wish.Cron));
            }
        }
        _store.ReplaceTriggers(definition.DefinitionId, triggers);
    }

    /// <summary>A trigger whose inputs cannot be evaluated without an instance is lost, as in Elsa; the gate reports its expression.</summary>
    private async ValueTask<TriggerWish?> DescribeAsync(CompiledFlow flow, FlowInstance nobody, Node node, CancellationToken ct)
    {
        try
        {
            return await new Burst(this, _host, _store, _services, flow, nobody, new InstanceState(), 0).DescribeTriggerAsync(node, ct);
        }
        catch (Exception error) when (error is not OperationCanceledException && !_host.Options.MustEscape(error))
        {
            return null;
        }
    }

    private static bool IsInsidePart(Node node)
    {
        for (var at = node.Parent; at is not null; at = at.Parent)
            if (at.Workflow is not null && at.Parent is not null) return true;
        return false;
    }
}
