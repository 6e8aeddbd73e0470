using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Sms;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Notices;

/// <summary>Books a report on the message, and on the notice that went with it: a delivered report is delivery.</summary>
internal sealed class SmsReportHandler(DeskDb db, IFlows flows, CaseJournal journal, StepScope step) : IRequestHandler<RecordSmsReport, Unit>
{
    public async Task<Unit> Handle(RecordSmsReport request, CancellationToken cancellationToken)
    {
        var sms = await SmsRows.LockedAsync(db, request.SmsId, cancellationToken) ?? throw new RefusedException("sms.unknown");
        var serviceCase = await db.Cases.SingleAsync(c => c.Id == sms.CaseId, cancellationToken);
        if (!request.Delivered)
        {
            if (sms.State is SmsState.Delivered or SmsState.Failed) return Unit.Value;
            sms.Fail(request.Code, step.Now);
            journal.Write(serviceCase, JournalKinds.SmsFailed, ("sms", sms.Id), ("code", request.Code));
            return Unit.Value;
        }

        if (!sms.Delivered(step.Now)) return Unit.Value;
        journal.Write(serviceCase, JournalKinds.SmsDelivered, ("sms", sms.Id));
        var notice = await db.CaseNotices.FirstOrDefaultAsync(n => n.SmsId == sms.Id && n.DeliveredAt == null && !n.Withdrawn, cancellationToken);
        if (notice?.Deliver(DeliveryWay.SmsReport, null, null, step.Now) == true) await flows.WakeAsync(notice.Id, [], cancellationToken);
        return Unit.Value;
    }
}
