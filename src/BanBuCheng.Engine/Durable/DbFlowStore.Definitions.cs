using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BanBuCheng.Engine.Running;

namespace BanBuCheng.Engine.Durable;

public sealed partial class DbFlowStore
{
    private readonly List<DefinitionChange> _definitionChanges = [];
    private readonly List<FlowSourceRow> _sources = [];

    /// <summary>Who is drawing which definition: the origin of what is put meanwhile. Everything else that is put is the engine's doing.</summary>
    internal (string DefinitionId, FlowOrigin Origin)? Author { get; set; }

    public async ValueTask<StoredDefinition?> VersionAsync(string versionId, CancellationToken ct)
    {
        // What a change of this step says about other versions is only their flags, so their definition tells.
        var put = _definitionChanges.FindLast(c => c.Put?.VersionId == versionId)?.Put;
        if (put is not null) return (await VersionsAsync(put.DefinitionId, ct)).First(v => v.VersionId == versionId);
        var stored = await OneAsync(Sql.Version, [versionId], ct);
        if (stored is null || _definitionChanges.Count == 0) return stored;
        return (await VersionsAsync(stored.DefinitionId, ct)).First(v => v.VersionId == versionId);
    }

    public ValueTask<StoredDefinition?> PublishedAsync(string definitionId, CancellationToken ct) =>
        _definitionChanges.Count > 0 ? FindAsync(definitionId, static v => v.IsPublished, ct) : OneAsync(Sql.Published, [definitionId, true], ct);

    /// <remarks>Files may be stored as they are, none of them flagged: then the highest number is the latest.</remarks>
    public async ValueTask<StoredDefinition?> LatestAsync(string definitionId, CancellationToken ct)
    {
        if (await FindAsync(definitionId, static v => v.IsLatest, ct) is { } flagged) return flagged;
        var versions = await VersionsAsync(definitionId, ct);
        return versions.Count == 0 ? null : versions[^1];
    }

    public async ValueTask<StoredDefinition?> VersionAsync(string definitionId, int version, CancellationToken ct) =>
        await FindAsync(definitionId, v => v.Version == version, ct);

    public async ValueTask<IReadOnlyList<StoredDefinition>> PossibleConsumersAsync(string definitionId, CancellationToken ct)
    {
        // The id as the document may write it; one beyond plain letters can be written in several ways, so everything may use it.
        var isPlain = definitionId.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':');
        var heads = await _commands.ReadAsync(Sql.LatestNaming, [true, isPlain ? $"%{definitionId}%" : "%"], ReadHead, ct);
        var found = new List<StoredDefinition>();
        foreach (var id in heads.Select(h => h.Definition.DefinitionId).Concat(_definitionChanges.Select(c => c.DefinitionId)).Distinct(StringComparer.Ordinal))
            if (id != definitionId && await LatestAsync(id, ct) is { } latest) found.Add(latest);
        return found;
    }

    public void Put(StoredDefinition definition) => 
        _definitionChanges.Add(new(definition.DefinitionId, definition, Author?.DefinitionId == definition.DefinitionId ? Author.Value.Origin : null, null, false));

    public void Supersede(string definitionId, string byVersionId, bool published) =>
        _definitionChanges.Add(new(definitionId, null, null, byVersionId, published));

    /// <summary>The row itself goes; whoever calls has made sure that nothing runs on it.</summary>
    internal void Delete(StoredDefinition definition) => _definitionChanges.Add(new(definition.DefinitionId, null, null, null, false) { Gone = definition.VersionId });

    /// <summary>Whoever edits a definition has it to themselves until the step's end: two who read the same draft must not both write.</summary>
    internal async ValueTask LockDefinitionAsync(string definitionId, CancellationToken ct)
    {
        if (Sql.HasManyWriters) await _commands.ReadAsync([(Sql.Turn, [Key("definition", definitionId, null)])], static _ => { }, ct);
    }

    /// <summary>All versions of a definition, oldest first, as this step sees them.</summary>
    internal async ValueTask<IReadOnlyList<StoredDefinition>> VersionsAsync(string definitionId, CancellationToken ct)
    {
        var versions = new List<StoredDefinition>();
        foreach (var (head, hash) in await _commands.ReadAsync(Sql.Versions, [definitionId], ReadHead, ct))
            versions.Add(head with { Document = await DocumentAsync(head.VersionId, hash, ct) });
        foreach (var change in _definitionChanges)
            if (change.DefinitionId == definitionId) change.ApplyTo(versions);
        return [.. versions.OrderBy(v => v.Version)];
    }

    /// <summary>
    /// Is what stands there a person's work? The newest version that a person or a published product file drew decides: once the person has
    /// published the product's draft, the product may replace it again.
    /// </summary>
    internal async ValueTask<bool> IsEditedAsync(string definitionId, CancellationToken ct)
    {
        var stored = await _commands.ReadAsync(Sql.Origins, [definitionId], r => (Origin: r.GetString(0), IsPublished: r.GetBoolean(1)), ct);
        foreach (var (origin, isPublished) in stored)
        {
            if (origin == nameof(FlowOrigin.Person)) return true;
            if (origin == nameof(FlowOrigin.Product) && isPublished) return false;
        }
        return false;
    }

    /// <summary>File name → hash of what was last imported from it.</summary>
    internal async ValueTask<Dictionary<string, string>> SourcesAsync(CancellationToken ct) =>
        (await _commands.ReadAsync(Sql.Sources, [], r => (r.GetString(0), r.GetString(1)), ct)).ToDictionary(StringComparer.Ordinal);

    internal void Put(FlowSourceRow source) => _sources.Add(source);

    internal static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private async ValueTask<StoredDefinition?> FindAsync(string definitionId, Func<StoredDefinition, bool> isIt, CancellationToken ct)
    {
        if (_definitionChanges.Exists(c => c.DefinitionId == definitionId))
            return (await VersionsAsync(definitionId, ct)).FirstOrDefault(isIt);
        foreach (var (head, hash) in await _commands.ReadAsync(Sql.Versions, [definitionId], ReadHead, ct))
            if (isIt(head)) return head with { Document = await DocumentAsync(head.VersionId, hash, ct) };
        return null;
    }

    private async ValueTask<StoredDefinition?> OneAsync(Statement statement, object?[] values, CancellationToken ct)
    {
        var heads = await _commands.ReadAsync(statement, values, ReadHead, ct);
        return heads.Count == 0 ? null : heads[0].Definition with { Document = await DocumentAsync(heads[0].Definition.VersionId, heads[0].Hash, ct) };
    }

    private async ValueTask<string> DocumentAsync(string versionId, string hash, CancellationToken ct)
    {
        if (texts.TryGet(versionId, hash, out var known)) return known!;
        var text = (await _commands.ReadAsync(Sql.Document, [versionId], r => r.GetString(0), ct))[0];
        texts.Keep(versionId, hash, text);
        return text;
    }

    private static (StoredDefinition Definition, string Hash) ReadHead(DbDataReader reader) =>
        (new StoredDefinition(
            reader.GetString(0), reader.GetString(1), reader.GetInt32(2), Text(reader, 3), reader.GetBoolean(4), reader.GetBoolean(5), reader.GetBoolean(6),
            "", Instant(reader, 7)), reader.GetString(8));

    private static string? KindOf(string document)
    {
        try
        {
            using var json = JsonDocument.Parse(document, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("customProperties", out var custom) && custom.ValueKind == JsonValueKind.Object
                && custom.TryGetProperty("BanBuCheng.Kind", out var kind) && kind.ValueKind == JsonValueKind.String ? kind.GetString() : null;
        }
        catch (JsonException)
        {
            // The reader is more tolerant than this; a document only it can read has no kind to filter by.
            return null;
        }
    }

    /// <summary>A version written, deleted, or (neither) flags taken from the others.</summary>
    private sealed record DefinitionChange(string DefinitionId, StoredDefinition? Put, FlowOrigin? Origin, string? By, bool Published)
    {
        /// <summary>Version that is deleted.</summary>
        public string? Gone { get; init; }

        public void ApplyTo(List<StoredDefinition> versions)
        {
            if (Gone is not null)
            {
                versions.RemoveAll(v => v.VersionId == Gone);
                return;
            }
            if (Put is not null)
            {
                versions.RemoveAll(v => v.VersionId == Put.VersionId);
                versions.Add(Put);
                return;
            }
            for (var i = 0; i < versions.Count; i++)
                if (versions[i].VersionId != By)
                    versions[i] = versions[i] with { IsLatest = false, IsPublished = versions[i].IsPublished && !Published };
        }
    }
}
