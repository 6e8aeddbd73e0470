using System.Text.Json;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Inbox;

/// <summary>草稿存下 — keeps what somebody has typed so far, per person.</summary>
/// <param name="Key">The task's id, or the submission key of a blank intake form.</param>
/// <param name="Revision">The revision the page began with; an older one means another window was newer.</param>
public sealed record SaveDraft(Guid Key, IReadOnlyDictionary<string, IReadOnlyList<string>> Fields, int? Revision) : IStep<SavedDraft>;

public sealed record SavedDraft(int Revision, DateTimeOffset At);

internal sealed class SaveDraftHandler(DeskDb db, FieldCipher cipher, StepScope step) : IRequestHandler<SaveDraft, SavedDraft>
{
    private const int MostBytes = 64 * 1024;

    public async Task<SavedDraft> Handle(SaveDraft request, CancellationToken cancellationToken)
    {
        step.Actor.RequirePerson();
        var draft = await db.TaskDrafts.FirstOrDefaultAsync(d => d.Key == request.Key && d.Login == step.Actor.Login, cancellationToken);
        if (draft is null) db.TaskDrafts.Add(draft = TaskDraft.Begin(request.Key, step.Actor.Login));
        else if (request.Revision is { } revision && revision < draft.Revision) throw new RefusedException("draft.newer-elsewhere");
        var content = JsonSerializer.Serialize(request.Fields);
        if (content.Length > MostBytes) throw new RefusedException("draft.too-long");
        draft.Save(cipher.Seal(content).Bytes, step.Now);
        return new SavedDraft(draft.Revision, step.Now);
    }
}

/// <summary>Reads a draft back into a form.</summary>
public static class Drafts
{
    public static async Task<(IReadOnlyDictionary<string, IReadOnlyList<string>> Fields, int Revision, DateTimeOffset At)?> FindAsync(
        DeskDb db, FieldCipher cipher, Guid key, string login, CancellationToken ct)
    {
        var draft = await db.TaskDrafts.AsNoTracking().FirstOrDefaultAsync(d => d.Key == key && d.Login == login, ct);
        if (draft is null) return null;
        var fields = JsonSerializer.Deserialize<Dictionary<string, IReadOnlyList<string>>>(cipher.Open(new SealedText(draft.Content))) ?? [];
        return (fields, draft.Revision, draft.SavedAt);
    }
}
