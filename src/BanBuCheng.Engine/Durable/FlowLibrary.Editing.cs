using System.Text.Json.Nodes;
using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Running;

namespace BanBuCheng.Engine.Durable;

// What a designer needs beside drafts and publication: one editor at a time, going back, taking away.
public sealed partial class FlowLibrary
{
    /// <summary>Keeps others from editing that definition until the step ends; call it before looking at what is there.</summary>
    public ValueTask LockAsync(string definitionId, CancellationToken ct) => _store.LockDefinitionAsync(definitionId, ct);

    public ValueTask<StoredDefinition?> LatestAsync(string definitionId, CancellationToken ct) => _store.LatestAsync(definitionId, ct);

    public ValueTask<StoredDefinition?> PublishedAsync(string definitionId, CancellationToken ct) => _store.PublishedAsync(definitionId, ct);

    /// <summary>The stored form's mark: whoever saves says which one they saw.</summary>
    public static string MarkOf(StoredDefinition definition) => DbFlowStore.HashOf(definition.Document);

    /// <summary>
    /// A person's document as a version of its own above all others: an unfinished draft below it stays what it is. Null when the text cannot be read.
    /// </summary>
    public async ValueTask<StoredDefinition?> DraftAboveAsync(string definitionId, string document, CancellationToken ct)
    {
        if (FlowReader.Read(document).Document is not { } read) return null;
        var versions = await _store.VersionsAsync(definitionId, ct);
        var now = _host.Clock.GetUtcNow();
        var version = versions.Count == 0 ? 1 : versions[^1].Version + 1;
        var versionId = Guid.CreateVersion7(now).ToString("N");
        var json = read.Json.DeepClone().AsObject();
        json["id"] = versionId;
        json["definitionId"] = definitionId;
        json["version"] = version;
        json["isLatest"] = true;
        json["isPublished"] = false;
        (json["customProperties"] as JsonObject)?.Remove(FlowEngine.WasPublished);
        var stored = new StoredDefinition(versionId, definitionId, version, read.Name, true, false, read.Options.UsableAsActivity, FlowWriter.Write(json), now);
        _store.Author = (definitionId, FlowOrigin.Person);
        _store.Put(stored);
        _store.Supersede(definitionId, versionId, published: false);
        _store.Author = null;
        return stored;
    }

    /// <summary>
    /// Takes versions away for good; the highest that is left becomes the latest. Whoever calls has made sure that nothing runs on them and
    /// nobody uses them.
    /// </summary>
    public async ValueTask DeleteAsync(string definitionId, IReadOnlySet<string> versionIds, CancellationToken ct)
    {
        var versions = await _store.VersionsAsync(definitionId, ct);
        foreach (var gone in versions.Where(v => versionIds.Contains(v.VersionId))) _store.Delete(gone);
        var left = versions.Where(v => !versionIds.Contains(v.VersionId)).ToList();
        if (left.Count == 0) _store.ReplaceTriggers(definitionId, []);
        else if (!left[^1].IsLatest) _store.Put(left[^1] with { IsLatest = true });
    }

    /// <summary>Definitions whose latest or published version uses that one as an activity.</summary>
    public async ValueTask<IReadOnlyList<StoredDefinition>> ConsumersOfAsync(string definitionId, CancellationToken ct) =>
        [.. (await _store.PossibleConsumersAsync(definitionId, ct)).Where(c => FlowReader.Read(c.Document).Document is { } read && Uses(read, definitionId))];
}
