using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Attachments;

/// <summary>存下附件 — after it was checked; under the blank form's key, or a case's id when the case is there already.</summary>
internal sealed record KeepAttachment(Guid Key, string FileName, FileKind Kind, byte[] Content, string Scan) : IStep;

internal sealed class KeepAttachmentHandler(DeskDb db, FieldCipher cipher, CaseJournal journal, StepScope step) : IRequestHandler<KeepAttachment, Unit>
{
    private static readonly TimeSpan LooseFor = TimeSpan.FromDays(1);

    public async Task<Unit> Handle(KeepAttachment request, CancellationToken cancellationToken)
    {
        step.Actor.RequirePerson();
        var serviceCase = await db.Cases.FirstOrDefaultAsync(c => c.Id == new CaseId(request.Key), cancellationToken);
        if (serviceCase is not null && !await CaseAccess.MaySeeAsync(db, serviceCase, step.Actor, cancellationToken)) throw new RefusedException("case.unknown");
        if (serviceCase?.State is CaseState.Closed) throw new RefusedException("case.closed");
        await SweepAsync(cancellationToken);
        var digest = AttachmentDigest.Of(request.Content);
        var there = await db.Attachments.Where(a => a.Key == request.Key).ToListAsync(cancellationToken);
        if (there.Any(a => a.Sha256.AsSpan().SequenceEqual(digest))) return Unit.Value;
        if (there.Count >= AttachmentDesk.MostFiles) throw new RefusedException("attachment.too-many");

        var kept = CaseAttachment.Keep(Guid.CreateVersion7(step.Now), request.Key, cipher.Seal(request.FileName), request.Kind.MediaType, request.Content.Length, digest, request.Scan, step.Actor, step.Now);
        db.Attachments.Add(kept);
        db.AttachmentContents.Add(AttachmentContent.Of(kept.Id, cipher.Seal(request.Content)));
        if (serviceCase is not null)
        {
            kept.BelongTo(serviceCase.Id);
            journal.Write(serviceCase, JournalKinds.AttachmentAdded, ("attachment", kept.Id));
        }

        return Unit.Value;
    }

    /// <summary>What was handed in with a form that nobody finished; thought of whenever something new is kept.</summary>
    private async Task SweepAsync(CancellationToken ct)
    {
        var before = step.Now - LooseFor;
        var loose = await db.Attachments.Where(a => a.CaseId == null && a.KeptAt < before).OrderBy(a => a.KeptAt).Select(a => a.Id).Take(100).ToListAsync(ct);
        if (loose.Count == 0) return;
        await db.AttachmentContents.Where(c => loose.Contains(c.Id)).ExecuteDeleteAsync(ct);
        await db.Attachments.Where(a => loose.Contains(a.Id) && a.CaseId == null).ExecuteDeleteAsync(ct);
    }
}

/// <summary>看附件 — the bytes, for somebody who may see the case; the look is journalled.</summary>
public sealed record OpenAttachment(CaseId CaseId, Guid AttachmentId) : IStep<OpenedAttachment>;

public sealed record OpenedAttachment(string FileName, string MediaType, byte[] Content);

internal sealed class OpenAttachmentHandler(DeskDb db, FieldCipher cipher, CaseJournal journal, StepScope step) : IRequestHandler<OpenAttachment, OpenedAttachment>
{
    /// <exception cref="RefusedException"><c>case.unknown</c>, <c>attachment.unknown</c></exception>
    public async Task<OpenedAttachment> Handle(OpenAttachment request, CancellationToken cancellationToken)
    {
        step.Actor.RequirePerson();
        var serviceCase = await db.Cases.SingleOrDefaultAsync(c => c.Id == request.CaseId, cancellationToken) ?? throw new RefusedException("case.unknown");
        if (!await CaseAccess.MaySeeAsync(db, serviceCase.Id, serviceCase.FirstContact, step.Actor, cancellationToken)) throw new RefusedException("case.unknown");
        var kept = await db.Attachments.AsNoTracking().FirstOrDefaultAsync(a => a.Id == request.AttachmentId && a.CaseId == request.CaseId, cancellationToken)
            ?? throw new RefusedException("attachment.unknown");
        var content = await db.AttachmentContents.AsNoTracking().Where(c => c.Id == kept.Id).Select(c => c.Bytes).SingleAsync(cancellationToken);
        journal.Write(serviceCase, JournalKinds.Looked, ("field", "attachment"), ("attachment", kept.Id));
        return new OpenedAttachment(cipher.Open(kept.FileName), kept.MediaType, cipher.Open(content));
    }
}
