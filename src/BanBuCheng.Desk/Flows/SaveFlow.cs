using System.Text.Json.Nodes;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine;
using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Engine.Running;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Flows;

/// <summary>存流程 — what the designer sends, by itself after every change: a draft that may be unfinished. With <paramref name="Publish"/> also put in force.</summary>
/// <param name="DefinitionId">Null: a new flow.</param>
/// <param name="SeenVersionId">The version the designer was given, null when it does not say.</param>
/// <param name="SeenMark">Which stored form of it, as <see cref="FlowMerge.Mark"/> told; null when it does not say.</param>
public sealed record SaveFlow(string? DefinitionId, JsonObject Document, string? SeenVersionId, string? SeenMark, bool Publish) : IStep<SavedFlow>;

/// <param name="Findings">What the gate found when it was asked; with an error among them nothing was published, and the draft is kept.</param>
/// <param name="Consumers">Flows in force that moved along.</param>
public sealed record SavedFlow(StoredDefinition Stored, bool WasPublishedBefore, int Consumers, IReadOnlyList<FlowFinding> Findings)
{
    public bool IsRefused => Findings.Any(f => f.IsError);
}

internal sealed class SaveFlowHandler(DeskDb db, FlowLibrary library, ActivityCatalogue catalogue, StepScope step) : IRequestHandler<SaveFlow, SavedFlow>
{
    public async Task<SavedFlow> Handle(SaveFlow request, CancellationToken cancellationToken)
    {
        step.Actor.Require(Roles.ProcessAdmin);
        var sent = request.Document.DeepClone().AsObject();
        var isNew = string.IsNullOrWhiteSpace(request.DefinitionId);
        var id = isNew ? Guid.CreateVersion7(step.Now).ToString("N")[..16] : request.DefinitionId!;
        await library.LockAsync(id, cancellationToken);
        var latest = await library.LatestAsync(id, cancellationToken);
        var stored = latest is null ? null : FlowReader.Read(latest.Document).Document;
        sent["definitionId"] = id;
        if (latest is null) FlowEdits.BeNew(sent, step.Now);
        var merged = FlowMerge.Over(stored, sent).Document ?? throw new RefusedException("flow.unreadable");
        InputTypes.Fill(merged, catalogue);

        if (stored is null || !FlowMerge.AreSame(stored, merged))
        {
            if (latest is not null && !HasSeen(request, latest)) throw new RefusedException("flow.changed-elsewhere");
            if (stored is not null && FlowMerge.WouldEmpty(stored, merged) is not null) throw new RefusedException("flow.would-empty");
            if (stored is null) FlowEdits.RequireFlowchart(merged);
            await FlowEdits.RequireOwnNameAsync(db, id, merged.Name, stored?.Name, cancellationToken);
            latest = (await library.ImportDraftAsync(FlowWriter.Write(merged), cancellationToken)).Stored ?? throw new RefusedException("flow.unreadable");
        }

        return request.Publish ? await FlowEdits.PublishAsync(library, latest!, cancellationToken) : new SavedFlow(latest!, false, 0, []);
    }

    /// <summary>The mark is exact; without one the version must at least be the one that is there.</summary>
    private static bool HasSeen(SaveFlow request, StoredDefinition latest) =>
        request.SeenMark is { } mark ? mark == FlowLibrary.MarkOf(latest)[..FlowEdits.MarkLength] : request.SeenVersionId is null || request.SeenVersionId == latest.VersionId;
}

/// <summary>发布流程 — puts the latest version in force, if the gate lets it pass.</summary>
public sealed record PublishFlow(string DefinitionId) : IStep<SavedFlow>;

internal sealed class PublishFlowHandler(FlowLibrary library, StepScope step) : IRequestHandler<PublishFlow, SavedFlow>
{
    public async Task<SavedFlow> Handle(PublishFlow request, CancellationToken cancellationToken)
    {
        step.Actor.Require(Roles.ProcessAdmin);
        await library.LockAsync(request.DefinitionId, cancellationToken);
        return await FlowEdits.PublishAsync(library, await library.LatestAsync(request.DefinitionId, cancellationToken) ?? throw new RefusedException("flow.unknown"), cancellationToken);
    }
}

/// <summary>导入文件 — a document from outside as a draft of its own; the same as what is there changes nothing.</summary>
/// <param name="IsNew">It was not there, or was not the same.</param>
public sealed record ImportedFlow(StoredDefinition Stored, bool IsNew);

public sealed record ImportFlow(JsonObject Document) : IStep<ImportedFlow>;

internal sealed class ImportFlowHandler(DeskDb db, FlowLibrary library, StepScope step) : IRequestHandler<ImportFlow, ImportedFlow>
{
    public async Task<ImportedFlow> Handle(ImportFlow request, CancellationToken cancellationToken)
    {
        step.Actor.Require(Roles.ProcessAdmin);
        var sent = request.Document.DeepClone().AsObject();
        if (sent["root"] is not JsonObject) throw new RefusedException("flow.unreadable");
        var id = sent["definitionId"] is JsonValue value && value.TryGetValue<string>(out var given) && !string.IsNullOrWhiteSpace(given) ? given : Guid.CreateVersion7(step.Now).ToString("N")[..16];
        sent["definitionId"] = id;
        await library.LockAsync(id, cancellationToken);
        var latest = await library.LatestAsync(id, cancellationToken);
        var stored = latest is null ? null : FlowReader.Read(latest.Document).Document;
        if (stored is null) FlowEdits.BeNew(sent, step.Now);
        // Studio reads a file into what it knows and drops the rest (isSystem, …): that comes back from what is stored, or the same file would be another.
        var merged = FlowMerge.Over(stored, sent).Document ?? throw new RefusedException("flow.unreadable");
        if (stored is not null && FlowMerge.AreSame(stored, merged)) return new ImportedFlow(latest!, false);
        await FlowEdits.RequireOwnNameAsync(db, id, merged.Name, stored?.Name, cancellationToken);
        return new ImportedFlow(await library.DraftAboveAsync(id, FlowWriter.Write(merged), cancellationToken) ?? throw new RefusedException("flow.unreadable"), true);
    }
}

/// <summary>What the steps above share.</summary>
internal static class FlowEdits
{
    /// <summary>Of the stored form's SHA-256, in hex.</summary>
    public const int MarkLength = 16;

    public static void BeNew(JsonObject sent, DateTimeOffset now)
    {
        // A new flow comes with the year 1 and without an id; the version's id is made from the definition's.
        sent.Remove("id");
        sent["id"] = $"{sent["definitionId"]!.GetValue<string>()}-{now.UtcTicks:x}";
        sent["createdAt"] = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'+00:00'", System.Globalization.CultureInfo.InvariantCulture);
        sent["version"] = 1;
    }

    public static void RequireFlowchart(FlowDocument document)
    {
        if (document.Json["root"] is JsonObject && document.Root.Type != "Elsa.Flowchart") throw new RefusedException("flow.only-flowcharts");
    }

    /// <summary>A part is found by its name in the palette, so no two flows may share one.</summary>
    public static async Task RequireOwnNameAsync(DeskDb db, string definitionId, string? name, string? nameBefore, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(name)) throw new RefusedException("flow.name-missing");
        if (name != nameBefore && await FlowNameQuery.IsTakenAsync(db, name, definitionId, ct)) throw new RefusedException("flow.name-taken") { Facts = [("name", name)] };
    }

    public static async Task<SavedFlow> PublishAsync(FlowLibrary library, StoredDefinition latest, CancellationToken ct)
    {
        if (latest.IsPublished) return new SavedFlow(latest, true, 0, []);
        var publication = await library.PublishAsync(latest.DefinitionId, ct);
        if (publication.Published is not { } published) return new SavedFlow(latest, false, 0, publication.Findings);
        var follows = FlowReader.Read(published.Document).Document is { Options.AutoUpdateConsumingWorkflows: true };
        var consumers = follows ? (await library.ConsumersOfAsync(published.DefinitionId, ct)).Count(c => c.IsPublished) : 0;
        return new SavedFlow(published, false, consumers, publication.Findings);
    }
}

/// <summary>Is a name another flow's already?</summary>
public static class FlowNameQuery
{
    public static Task<bool> IsTakenAsync(DeskDb db, string name, string? exceptDefinition, CancellationToken ct)
    {
        var trimmed = name.Trim();
        return db.Set<FlowDefinitionRow>().AsNoTracking().AnyAsync(d => (d.IsLatest || d.IsPublished) && d.Name == trimmed && d.DefinitionId != exceptDefinition, ct);
    }
}
