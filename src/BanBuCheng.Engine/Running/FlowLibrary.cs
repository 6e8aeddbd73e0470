using System.Collections.Concurrent;
using BanBuCheng.Engine.Documents;

namespace BanBuCheng.Engine.Running;

/// <summary>Compiled versions, shared by all steps of a process. A version that can still be edited is looked at again each time.</summary>
internal sealed class FlowLibrary(ActivityCatalogue catalogue, IReadOnlySet<string> hostNames, FlowOptions options)
{
    private const int MaxKept = 2_000;
    private readonly ConcurrentDictionary<string, Kept> _compiled = new(StringComparer.Ordinal);

    /// <param name="Text">Set while the version can still be edited: the text it was compiled from.</param>
    /// <param name="Loose">References that may mean another version next time, and what they meant.</param>
    private sealed record Kept(CompiledFlow Flow, string? Text, IReadOnlyList<LoosePart> Loose);

    private sealed record LoosePart(Reference Reference, string? Found, string? Text);

    /// <summary>What a box says about the flow inside it.</summary>
    /// <param name="Number">The version number it bears, when that counts.</param>
    private readonly record struct Reference(string DefinitionId, string? VersionId, int? Number);

    private Reference? ReferenceOf(ActivityModel activity) =>
        activity.WorkflowDefinitionId is not { } id || catalogue.TryGet(activity.Type, out _) ? null
            : new(id, activity.WorkflowDefinitionVersionId, options.FindsPartsByNumber && activity.Json["version"] is not null ? activity.Version : null);

    /// <param name="pinned">For an instance: the versions it took for references that name none.</param>
    public async ValueTask<CompiledFlow?> GetAsync(
        string versionId, IReadOnlyDictionary<string, string>? pinned, IFlowStore store, CancellationToken ct)
    {
        var key = pinned is null or { Count: 0 } ? versionId : versionId + "|" + string.Join('|', pinned.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => p.Value));
        if (_compiled.TryGetValue(key, out var known) && known.Text is null && await AreAsBeforeAsync(known.Loose, pinned, store, ct)) return known.Flow;
        if (await store.VersionAsync(versionId, ct) is not { } stored) return known?.Flow;
        if (known is not null && known.Text == stored.Document && await AreAsBeforeAsync(known.Loose, pinned, store, ct)) return known.Flow;
        return await CompileAsync(key, stored, pinned, store, ct);
    }

    private static async ValueTask<bool> AreAsBeforeAsync(
        IReadOnlyList<LoosePart> parts, IReadOnlyDictionary<string, string>? pinned, IFlowStore store, CancellationToken ct)
    {
        foreach (var part in parts)
        {
            var (now, _) = await FindAsync(part.Reference, pinned, store, ct);
            if (now?.VersionId != part.Found || part.Text is not null && now?.Document != part.Text) return false;
        }
        return true;
    }

    private async ValueTask<CompiledFlow?> CompileAsync(
        string key, StoredDefinition stored, IReadOnlyDictionary<string, string>? pinned, IFlowStore store, CancellationToken ct)
    {
        var read = FlowReader.Read(stored.Document);
        if (read.Document is null) return null;
        var parts = new Dictionary<Reference, ResolvedPart?>();
        var loose = new List<LoosePart>();
        var open = new Stack<FlowDocument>([read.Document]);
        while (open.TryPop(out var document))
            foreach (var activity in document.Root.WithDescendants())
            {
                if (ReferenceOf(activity) is not { } reference || parts.ContainsKey(reference)) continue;
                var (part, isPinned) = await FindAsync(reference, pinned, store, ct);
                var inside = part is null ? null : FlowReader.Read(part.Document).Document;
                parts[reference] = inside is null ? null : new(inside, part!.VersionId, isPinned);
                if (inside is not null) open.Push(inside);
                // What an unpinned reference means can change with the next publication; an instance pins it, a start looks again.
                if (part is null or { MayChange: true } || !isPinned && pinned is null)
                    loose.Add(new LoosePart(reference, part?.VersionId, part is { MayChange: true } ? part.Document : null));
            }
        var flow = new FlowCompiler(catalogue, hostNames, a => ReferenceOf(a) is { } reference ? parts.GetValueOrDefault(reference) : null)
            .Compile(read.Document, stored.VersionId, stored.Version);
        if (_compiled.Count >= MaxKept) _compiled.Clear();
        _compiled[key] = new Kept(flow, stored.MayChange || options.OverwritesRetracted ? stored.Document : null, loose);
        return flow;
    }

    private static async ValueTask<(StoredDefinition?, bool)> FindAsync(
        Reference reference, IReadOnlyDictionary<string, string>? pinned, IFlowStore store, CancellationToken ct)
    {
        var (definitionId, versionId, number) = reference;
        if (!string.IsNullOrEmpty(versionId) && await store.VersionAsync(versionId, ct) is { } exact) return (exact, true);
        if (pinned is not null && pinned.TryGetValue(definitionId, out var taken) && await store.VersionAsync(taken, ct) is { } earlier) return (earlier, false);
        if (string.IsNullOrEmpty(versionId) && number is { } wanted
            && await store.VersionAsync(definitionId, wanted, ct) is { UsableAsActivity: true, MayChange: false } numbered) return (numbered, true);
        return (await store.PublishedAsync(definitionId, ct) ?? await store.LatestAsync(definitionId, ct), false);
    }
}
