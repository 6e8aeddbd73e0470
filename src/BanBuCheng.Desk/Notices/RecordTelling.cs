using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Notices;

/// <summary>已告知 — a person records having told the citizen: who, when, how. This is delivery.</summary>
public sealed record RecordTelling(CaseId CaseId, DeliveryWay Way, string Note) : IStep;

internal sealed class RecordTellingHandler(DeskDb db, IFlows flows, StepScope step) : IRequestHandler<RecordTelling, Unit>
{
    public async Task<Unit> Handle(RecordTelling request, CancellationToken cancellationToken)
    {
        step.Actor.RequirePerson();
        if (TypedText.FaultOf(request.Note, "还没写跟谁说的、他怎么说。", 500) is { } fault) throw new FormRejectedException(new Dictionary<string, string> { ["note"] = fault });
        if (request.Way is DeliveryWay.SmsReport || !Enum.IsDefined(request.Way)) throw new FormRejectedException(new Dictionary<string, string> { ["way"] = "还没选怎么告诉的。" });
        var serviceCase = await db.Cases.SingleOrDefaultAsync(c => c.Id == request.CaseId, cancellationToken) ?? throw new RefusedException("case.unknown");
        if (serviceCase.About is CaseAbout.Window) step.Actor.Require(Roles.Supervisor, Roles.BureauLeader);
        else if (serviceCase.FirstContact != step.Actor.StaffId) step.Actor.Require(Roles.HelpWindow, Roles.CaseOfficer, Roles.StationHead);

        var notice = await db.CaseNotices.Where(n => n.CaseId == request.CaseId && n.DeliveredAt == null && !n.Withdrawn)
            .OrderBy(n => n.IssuedAt).FirstOrDefaultAsync(cancellationToken) ?? throw new RefusedException("notice.nothing-to-tell");
        notice.Deliver(request.Way, step.Actor.Name, request.Note.Trim(), step.Now);
        if (!await flows.WakeAsync(notice.Id, [], cancellationToken)) throw new RefusedException("notice.nothing-to-tell");
        return Unit.Value;
    }
}
