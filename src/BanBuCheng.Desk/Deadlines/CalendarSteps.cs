using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Deadlines;

/// <summary>提交放假通知 — reads a notice and lays the reading before a second person; no date moves yet.</summary>
/// <param name="KnownOn">The day it became public, when the text does not say it.</param>
public sealed record ProposeNotice(string Text, DateOnly? KnownOn = null) : IStep<Guid>;

/// <summary>提交本地放假 — days off or worked that only this district has.</summary>
public sealed record ProposeLocalDays(LocalDays Days) : IStep<Guid>;

/// <summary>同意 — puts a proposed change in force; never the person who proposed it.</summary>
/// <param name="BasedOn">The calendar version the preview was made with; another decision in between refuses.</param>
public sealed record PutCalendarChangeInForce(Guid Id, int BasedOn) : IStep<int>;

/// <summary>不用 — a proposal that is not wanted.</summary>
public sealed record DeclineCalendarChange(Guid Id) : IStep;

/// <summary>要求撤销 — with a reason; the change stays in force until a second person agrees.</summary>
public sealed record AskCalendarUndo(Guid Id, string Reason) : IStep;

/// <summary>同意撤销.</summary>
public sealed record UndoCalendarChange(Guid Id, int BasedOn) : IStep<int>;

/// <summary>不撤销.</summary>
public sealed record KeepCalendarChange(Guid Id) : IStep;

internal sealed class ProposeCalendarHandler(DeskDb db, DeadlineBook deadlines, StepScope step, TimeProvider clock)
    : IRequestHandler<ProposeNotice, Guid>, IRequestHandler<ProposeLocalDays, Guid>
{
    private const int LongestText = 20_000;

    public async Task<Guid> Handle(ProposeNotice request, CancellationToken cancellationToken)
    {
        step.Actor.Require([.. CalendarKeepers.Roles]);
        if (request.Text.Length > LongestText) throw Fault("text", $"通知写了 {request.Text.Length} 个字，最多 {LongestText} 个。请只贴通知本身。");
        if (TypedText.Unreadable(request.Text) is { } unreadable) throw Fault("text", unreadable);
        try
        {
            var notice = HolidayNotice.Parse(request.Text, deadlines.Calendar);
            if (notice.KnownOn == DateOnly.MinValue) notice = notice with { KnownOn = request.KnownOn ?? ShanghaiTime.DayOf(step.Now) };
            return await AddAsync(notice, request.Text, cancellationToken);
        }
        catch (UnreadableNoticeException notice)
        {
            throw Fault("text", notice.Message);
        }
    }

    public async Task<Guid> Handle(ProposeLocalDays request, CancellationToken cancellationToken)
    {
        step.Actor.Require([.. CalendarKeepers.Roles]);
        var (notice, faults) = request.Days.Read(ShanghaiTime.DayOf(step.Now));
        if (notice is null) throw new FormRejectedException(faults);
        return await AddAsync(notice, request.Days.ToString(), cancellationToken);
    }

    private async Task<Guid> AddAsync(HolidayNotice notice, string source, CancellationToken ct)
    {
        var change = CalendarChange.Propose(Guid.CreateVersion7(clock.GetUtcNow()), notice, source, step.Actor, step.Now);
        var alive = await db.CalendarChanges.AsNoTracking()
            .Where(c => c.Year == notice.Year && c.Kind == notice.Kind && c.State != CalendarChangeState.Declined && c.State != CalendarChangeState.Undone)
            .Select(c => c.Content).ToListAsync(ct);
        if (alive.Contains(change.Content)) throw new RefusedException("calendar.already-there");
        db.CalendarChanges.Add(change);
        return change.Id;
    }

    private static FormRejectedException Fault(string field, string words) => new(new Dictionary<string, string> { [field] = words });
}

internal sealed class DecideCalendarHandler(DeskDb db, StepScope step)
    : IRequestHandler<PutCalendarChangeInForce, int>, IRequestHandler<DeclineCalendarChange, Unit>, IRequestHandler<AskCalendarUndo, Unit>,
      IRequestHandler<UndoCalendarChange, int>, IRequestHandler<KeepCalendarChange, Unit>
{
    public async Task<int> Handle(PutCalendarChangeInForce request, CancellationToken cancellationToken)
    {
        var newest = await NewestAsync(cancellationToken);
        var change = await FindAsync(request.Id, cancellationToken);
        change.PutInForce(step.Actor, step.Now);
        return Decide(change, newest, request.BasedOn, adds: true);
    }

    public async Task<Unit> Handle(DeclineCalendarChange request, CancellationToken cancellationToken)
    {
        (await FindAsync(request.Id, cancellationToken)).Decline(step.Actor, step.Now);
        return Unit.Value;
    }

    public async Task<Unit> Handle(AskCalendarUndo request, CancellationToken cancellationToken)
    {
        var change = await FindAsync(request.Id, cancellationToken);
        var reason = request.Reason.Trim();
        if (TypedText.FaultOf(reason, "还没写为什么要撤。", 300) is { } fault) throw new FormRejectedException(new Dictionary<string, string> { ["reason"] = fault });
        change.AskUndo(reason, step.Actor);
        return Unit.Value;
    }

    public async Task<int> Handle(UndoCalendarChange request, CancellationToken cancellationToken)
    {
        var newest = await NewestAsync(cancellationToken);
        var change = await FindAsync(request.Id, cancellationToken);
        change.Undo(step.Actor, step.Now);
        return Decide(change, newest, request.BasedOn, adds: false);
    }

    public async Task<Unit> Handle(KeepCalendarChange request, CancellationToken cancellationToken)
    {
        (await FindAsync(request.Id, cancellationToken)).Keep();
        return Unit.Value;
    }

    private async Task<CalendarChange> FindAsync(Guid id, CancellationToken ct)
    {
        step.Actor.RequirePerson();
        step.Actor.Require([.. CalendarKeepers.Roles]);
        return await db.CalendarChanges.SingleOrDefaultAsync(c => c.Id == id, ct) ?? throw new RefusedException("calendar.unknown");
    }

    /// <summary>Read before the change: whoever comes second then finds the change decided, and is not told only that the calendar moved.</summary>
    private async Task<int> NewestAsync(CancellationToken ct) => await db.CalendarVersions.MaxAsync(v => (int?)v.Number, ct) ?? 0;

    private int Decide(CalendarChange change, int newest, int basedOn, bool adds)
    {
        if (newest != basedOn) throw new RefusedException("calendar.changed-meanwhile");
        db.CalendarVersions.Add(CalendarVersion.Of(newest + 1, change.Id, adds, step.Actor, step.Now));
        step.RingAt(step.Now); // the open cases follow in steps of their own
        return newest + 1;
    }
}

/// <summary>管日历的岗位 — who may propose, and as a second person decide.</summary>
public static class CalendarKeepers
{
    public static IReadOnlyList<string> Roles { get; } = [Offices.Roles.SystemAdmin, Offices.Roles.ProcessAdmin, Offices.Roles.StationHead, Offices.Roles.BureauLeader];
}
