using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Steps;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Cases;

/// <summary>看一眼 — shows a masked field to somebody for half a minute; the look is journalled.</summary>
public sealed record RevealPhone(CaseId CaseId) : IStep<string>;

internal sealed class RevealPhoneHandler(DeskDb db, FieldCipher cipher, CaseJournal journal, StepScope step) : IRequestHandler<RevealPhone, string>
{
    public async Task<string> Handle(RevealPhone request, CancellationToken cancellationToken)
    {
        step.Actor.RequirePerson();
        var serviceCase = await db.Cases.SingleOrDefaultAsync(c => c.Id == request.CaseId, cancellationToken) ?? throw new RefusedException("case.unknown");
        if (!await CaseAccess.MaySeeAsync(db, serviceCase.Id, serviceCase.FirstContact, step.Actor, cancellationToken)) throw new RefusedException("case.unknown");
        journal.Write(serviceCase, JournalKinds.Looked, ("field", "phone"));
        return cipher.Open(serviceCase.Phone);
    }
}

/// <summary>记一条内部备注.</summary>
public sealed record AddNote(CaseId CaseId, string Text) : IStep;

internal sealed class AddNoteHandler(DeskDb db, CaseJournal journal, StepScope step, TimeProvider clock) : IRequestHandler<AddNote, Unit>
{
    public async Task<Unit> Handle(AddNote request, CancellationToken cancellationToken)
    {
        step.Actor.RequirePerson();
        var text = request.Text.Trim();
        if (TypedText.FaultOf(text, "还没写备注。", CaseLimits.LongText) is { } fault) throw new FormRejectedException(new Dictionary<string, string> { ["text"] = fault });
        var serviceCase = await db.Cases.SingleOrDefaultAsync(c => c.Id == request.CaseId, cancellationToken) ?? throw new RefusedException("case.unknown");
        if (!await CaseAccess.MaySeeAsync(db, serviceCase.Id, serviceCase.FirstContact, step.Actor, cancellationToken)) throw new RefusedException("case.unknown");
        db.CaseNotes.Add(CaseNote.Write(Guid.CreateVersion7(clock.GetUtcNow()), serviceCase.Id, text, step.Actor, step.Now));
        journal.Write(serviceCase, JournalKinds.NoteAdded);
        return Unit.Value;
    }
}

/// <summary>联系过群众了 — the first of these on the day of acceptance is the first feedback; what was said stands as a note.</summary>
/// <param name="On">The day, when it was earlier than today: 补录. Such a contact tells what was before; it starts no clock and is no feedback.</param>
public sealed record RecordContact(CaseId CaseId, string Text, DateOnly? On = null) : IStep;

internal sealed class RecordContactHandler(DeskDb db, CaseJournal journal, StepScope step, TimeProvider clock) : IRequestHandler<RecordContact, Unit>
{
    public async Task<Unit> Handle(RecordContact request, CancellationToken cancellationToken)
    {
        step.Actor.RequirePerson();
        var (text, today) = (request.Text.Trim(), ShanghaiTime.DayOf(step.Now));
        var faults = new Dictionary<string, string>();
        TypedText.Check(faults, "contact", text, "还没写跟群众说了什么。", 500);
        if (request.On > today) faults["contactOn"] = "这一天还没到，写联系过的那一天。";
        if (faults.Count > 0) throw new FormRejectedException(faults);
        var serviceCase = await db.Cases.SingleOrDefaultAsync(c => c.Id == request.CaseId, cancellationToken) ?? throw new RefusedException("case.unknown");
        if (!await CaseAccess.MaySeeAsync(db, serviceCase.Id, serviceCase.FirstContact, step.Actor, cancellationToken)) throw new RefusedException("case.unknown");
        var before = request.On is { } day && day < today ? day : (DateOnly?)null;
        db.CaseNotes.Add(CaseNote.Write(Guid.CreateVersion7(clock.GetUtcNow()), serviceCase.Id, before is { } on ? $"补录，{on.Year}年{on.Month}月{on.Day}日：{text}" : $"联系群众：{text}", step.Actor, step.Now));
        if (before is null) journal.Write(serviceCase, JournalKinds.Contacted);
        else journal.Write(serviceCase, JournalKinds.EarlierContact, ("on", before));
        return Unit.Value;
    }
}
