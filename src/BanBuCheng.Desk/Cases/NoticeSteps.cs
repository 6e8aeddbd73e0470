using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Cases;

/// <summary>知道了 — somebody has read what they were told so far.</summary>
/// <param name="UpTo">The newest they saw; what came since stays unread.</param>
public sealed record SeeNotices(DateTimeOffset UpTo) : IStep<int>;

internal sealed class SeeNoticesHandler(DeskDb db, StepScope step) : IRequestHandler<SeeNotices, int>
{
    public async Task<int> Handle(SeeNotices request, CancellationToken cancellationToken)
    {
        var me = step.Actor.RequirePerson();
        return await db.StaffNotices.Where(n => n.To == me && n.SeenAt == null && n.At <= request.UpTo)
            .ExecuteUpdateAsync(n => n.SetProperty(x => x.SeenAt, step.Now), cancellationToken);
    }
}

/// <summary>What a person has been told and not yet seen, newest first.</summary>
public static class UnseenNotices
{
    public const int Most = 20;

    public static async Task<IReadOnlyList<NoticeLine>> OfAsync(DeskDb db, StaffId person, CancellationToken ct) =>
        await (from notice in db.StaffNotices.AsNoTracking()
               where notice.To == person && notice.SeenAt == null
               orderby notice.At descending, notice.Id descending
               join serviceCase in db.Cases.AsNoTracking() on notice.CaseId equals serviceCase.Id
               select new NoticeLine(serviceCase.Number, serviceCase.Subject, notice.Kind == StaffNotice.Alarm, notice.Text, notice.At)).Take(Most).ToListAsync(ct);
}

public sealed record NoticeLine(string Number, string Subject, bool IsAlarm, string Text, DateTimeOffset At);
