using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.ReturnVisit;

/// <summary>记一条表扬 — a pennant, a letter, a word of thanks. Not a satisfaction survey.</summary>
public sealed record RecordPraise(CaseId CaseId, string Text) : IStep;

internal sealed class RecordPraiseHandler(DeskDb db, CaseJournal journal, StepScope step) : IRequestHandler<RecordPraise, Unit>
{
    public async Task<Unit> Handle(RecordPraise request, CancellationToken cancellationToken)
    {
        step.Actor.RequirePerson();
        var text = request.Text.Trim();
        if (TypedText.FaultOf(text, "还没写怎么表扬的。", CaseLimits.LongText) is { } fault) throw new FormRejectedException(new Dictionary<string, string> { ["text"] = fault });
        var serviceCase = await db.Cases.SingleOrDefaultAsync(c => c.Id == request.CaseId, cancellationToken) ?? throw new RefusedException("case.unknown");
        if (!await CaseAccess.MaySeeAsync(db, serviceCase, step.Actor, cancellationToken)) throw new RefusedException("case.unknown");
        db.Praises.Add(CasePraise.Record(Guid.CreateVersion7(step.Now), serviceCase.Id, text, step.Actor, step.Now));
        journal.Write(serviceCase, JournalKinds.Praised);
        return Unit.Value;
    }
}
