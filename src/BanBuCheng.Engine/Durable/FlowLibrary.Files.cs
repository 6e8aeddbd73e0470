using System.Text.Json.Nodes;
using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Running;

namespace BanBuCheng.Engine.Durable;

public sealed partial class FlowLibrary
{
    private const string UpdateMark = "随产品更新";

    /// <summary>
    /// Takes over the product's files that are not those of last time. A flow nobody edited here is published if the gate lets it pass; an
    /// edited one is left alone and gets the new one as a draft beside it. The files are checked together, as they would be in force.
    /// </summary>
    public async ValueTask<IReadOnlyList<FileImport>> ImportFilesAsync(IReadOnlyList<FlowFile> files, CancellationToken ct)
    {
        var results = new List<FileImport>();
        var candidates = await CandidatesAsync(files, results, ct);
        await CheckTogetherAsync(candidates, ct);
        foreach (var candidate in PartsFirst(candidates)) results.Add(await TakeOverAsync(candidate, ct));
        return results;
    }

    /// <summary>Asks the gate what taking the files over would ask it, and writes nothing: outside a step, so that the step finds its answers ready.</summary>
    public async ValueTask LookAtFilesAsync(IReadOnlyList<FlowFile> files, CancellationToken ct) =>
        await CheckTogetherAsync(await CandidatesAsync(files, [], ct), ct);

    private async ValueTask<List<Candidate>> CandidatesAsync(IReadOnlyList<FlowFile> files, List<FileImport> results, CancellationToken ct)
    {
        var known = await _store.SourcesAsync(ct);
        var candidates = new List<Candidate>();
        foreach (var file in files)
        {
            var hash = DbFlowStore.HashOf(file.Text);
            if (known.GetValueOrDefault(file.Name) == hash)
            {
                results.Add(new(file.Name, FileOutcome.Unchanged, null, 0, []));
                continue;
            }
            var read = FlowReader.Read(file.Text);
            if (read.Document is not { } document)
                results.Add(new(file.Name, FileOutcome.Damaged, null, 0, Naming(file.Name, FindingsOf(read))));
            else if (candidates.Find(c => c.Document.DefinitionId == document.DefinitionId) is { } twin)
                results.Add(new(file.Name, FileOutcome.Damaged, document.DefinitionId, 0,
                    [new FlowFinding("D000", true, $"{file.Name}：与 {twin.File.Name} 是同一个流程（definitionId “{document.DefinitionId}”），没有导入。")]));
            else
                candidates.Add(new(file, hash, read, document, await _store.IsEditedAsync(document.DefinitionId, ct)));
        }
        return candidates;
    }

    /// <summary>Who is refused counts as not in force for the others, so they are looked at again without it.</summary>
    private async ValueTask CheckTogetherAsync(List<Candidate> candidates, CancellationToken ct)
    {
        for (var again = true; again;)
        {
            again = false;
            var fresh = candidates.Where(c => c is { IsEdited: false, IsRefused: false }).ToDictionary(c => c.Document.DefinitionId, c => c.Document, StringComparer.Ordinal);
            foreach (var candidate in candidates.Where(c => !c.IsRefused))
            {
                candidate.Findings = await FindingsAsync(candidate.Read, fresh, ct);
                if (candidate.IsEdited || !candidate.IsRefused) continue;
                again = true;
                break;
            }
        }
    }

    private async ValueTask<FileImport> TakeOverAsync(Candidate candidate, CancellationToken ct)
    {
        var (outcome, stored) = candidate switch
        {
            { IsEdited: true } => (FileOutcome.KeptAsDraft, await DraftBesideAsync(candidate.Document, ct)),
            { IsRefused: true } => (FileOutcome.Refused, await DraftAsync(candidate.Document, candidate.File.Text, FlowOrigin.Product, ct)),
            _ => (FileOutcome.Published, await PublishFileAsync(candidate, ct)),
        };
        _store.Put(new FlowSourceRow
        {
            FileName = candidate.File.Name, Hash = candidate.Hash, DefinitionId = stored.DefinitionId, Outcome = outcome, ImportedAt = _host.Clock.GetUtcNow(),
        });
        return new(candidate.File.Name, outcome, stored.DefinitionId, stored.Version, Naming(candidate.File.Name, candidate.Findings));
    }

    private async ValueTask<StoredDefinition> PublishFileAsync(Candidate candidate, CancellationToken ct)
    {
        await DraftAsync(candidate.Document, candidate.File.Text, FlowOrigin.Product, ct);
        return await _engine.PublishAsync(candidate.Document.DefinitionId, ct);
    }

    /// <summary>A version of its own, so that a person's unfinished draft is not overwritten.</summary>
    private ValueTask<StoredDefinition> DraftBesideAsync(FlowDocument document, CancellationToken ct) =>
        NewVersionAsync(document, $"{document.Name ?? document.DefinitionId}（{UpdateMark}）", FlowOrigin.Product, ct);

    /// <summary>The next version whatever the latest is: an unpublished one, and the latest from now on.</summary>
    private async ValueTask<StoredDefinition> NewVersionAsync(FlowDocument document, string? name, FlowOrigin origin, CancellationToken ct)
    {
        var versions = await _store.VersionsAsync(document.DefinitionId, ct);
        var now = _host.Clock.GetUtcNow();
        var version = versions.Count == 0 ? 1 : versions[^1].Version + 1;
        var versionId = Guid.CreateVersion7(now).ToString("N");
        var json = document.Json.DeepClone().AsObject();
        json["id"] = versionId;
        json["name"] = name;
        json["version"] = version;
        json["isLatest"] = true;
        json["isPublished"] = false;
        (json["customProperties"] as JsonObject)?.Remove(FlowEngine.WasPublished);
        var stored = new StoredDefinition(
            versionId, document.DefinitionId, version, name, true, false, document.Options.UsableAsActivity, FlowWriter.Write(json), now);
        _store.Author = (document.DefinitionId, origin);
        _store.Put(stored);
        _store.Supersede(document.DefinitionId, versionId, published: false);
        _store.Author = null;
        return stored;
    }

    /// <summary>A part before what it is used in, so that nothing is published around a part of yesterday.</summary>
    private static List<Candidate> PartsFirst(List<Candidate> candidates)
    {
        var ordered = new List<Candidate>();
        var entered = new HashSet<Candidate>();
        foreach (var candidate in candidates) Visit(candidate);
        return ordered;

        void Visit(Candidate candidate)
        {
            if (!entered.Add(candidate)) return;
            foreach (var part in candidates.Where(c => c != candidate && Uses(candidate.Document, c.Document.DefinitionId))) Visit(part);
            ordered.Add(candidate);
        }
    }

    private static IReadOnlyList<FlowFinding> Naming(string fileName, IReadOnlyList<FlowFinding> findings) =>
        [.. findings.Select(f => f with { Message = $"{fileName}：{f.Message}" })];

    private sealed class Candidate(FlowFile file, string hash, ReadDocument read, FlowDocument document, bool isEdited)
    {
        public FlowFile File { get; } = file;
        public string Hash { get; } = hash;
        public ReadDocument Read { get; } = read;
        public FlowDocument Document { get; } = document;
        public bool IsEdited { get; } = isEdited;
        public IReadOnlyList<FlowFinding> Findings { get; set; } = [];
        public bool IsRefused => Findings.Any(f => f.IsError);
    }
}
