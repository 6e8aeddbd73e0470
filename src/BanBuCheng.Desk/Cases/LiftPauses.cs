using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Steps;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Cases;

/// <summary>
/// 停到头了 — lets clocks go on whose pause has lasted its maximum, whatever the flow that paused them does or forgets. Comes after the
/// flow's own timers, which do the same a moment earlier and then know more.
/// </summary>
/// <returns>How many went on.</returns>
public sealed record LiftPauses : IStep<int>;

internal sealed class LiftPausesHandler(DeskDb db, CasePauses pauses, DeadlineBook deadlines, CaseJournal journal, StepScope step) : IRequestHandler<LiftPauses, int>
{
    private const int Batch = 20;

    public async Task<int> Handle(LiftPauses request, CancellationToken cancellationToken)
    {
        var today = ShanghaiTime.DayOf(step.Now);
        var hours = (await deadlines.PolicyAsync(cancellationToken)).Hours;
        var over = step.Now >= hours.CloseOf(today) ? today : today.AddDays(-1);
        var cases = await db.Cases.Where(c => c.PausedUntil != null && c.PausedUntil <= over).OrderBy(c => c.PausedUntil).ThenBy(c => c.Id).Take(Batch).ToListAsync(cancellationToken);
        foreach (var serviceCase in cases)
        {
            var (from, until) = (serviceCase.PausedOn, serviceCase.PausedUntil!.Value);
            var due = deadlines.Calendar.Due(serviceCase.AcceptedOn, serviceCase.LimitWorkingDays + serviceCase.ExtendedBy, await pauses.CloseAsync(serviceCase.Id, until, cancellationToken));
            serviceCase.ResumeClock(due.Date, due.Provisional);
            journal.Write(serviceCase, JournalKinds.ClockResumed, ("from", from), ("to", until), ("due", due.Date), ("by", "maximum"));
        }

        return cases.Count;
    }
}
