using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.Texts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Pages.Deadlines;

/// <summary>一份日历改动 — what was read, whose date would move and how, and the two people it takes.</summary>
internal sealed class ChangeModel(DeskDb db, DeadlineBook deadlines, TimeProvider clock, StepDoor door) : StepPage(door)
{
    public const int ShownMoves = 200;

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public int BasedOn { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [TempData]
    public string? Said { get; set; }

    public CalendarChange Change { get; private set; } = null!;
    public HolidayNotice Notice { get; private set; } = null!;
    public MovedDates Moved { get; private set; } = new([], 0, []);
    public WorkingCalendar Calendar { get; private set; } = WorkingCalendar.BuiltIn;
    public DateOnly Today { get; private set; }
    public int Version { get; private set; }
    public int Waiting { get; private set; }

    public bool MayKeep => CalendarKeepers.Roles.Any(Actor.Is);
    public bool IsMine => Change.State is CalendarChangeState.UndoAsked ? Change.UndoAskedByLogin == Actor.Login : Change.ProposedByLogin == Actor.Login;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await LoadAsync(ct) ? Page() : NotFound();

    public async Task<IActionResult> OnPostApproveAsync(CancellationToken ct) => await DecideAsync(new PutCalendarChangeInForce(Id, BasedOn), "起用了。没办结的正在一件一件重新数，日期变了的发短信告诉群众。", ct);

    public async Task<IActionResult> OnPostDeclineAsync(CancellationToken ct) => await DecideAsync(new DeclineCalendarChange(Id), "这份不用了。", ct);

    public async Task<IActionResult> OnPostAskUndoAsync(CancellationToken ct) => await DecideAsync(new AskCalendarUndo(Id, Reason ?? ""), "交上去了。另一个人同意撤，才撤；在那以前照用。", ct);

    public async Task<IActionResult> OnPostUndoAsync(CancellationToken ct) => await DecideAsync(new UndoCalendarChange(Id, BasedOn), "撤了。没办结的正在一件一件数回来。", ct);

    public async Task<IActionResult> OnPostKeepAsync(CancellationToken ct) => await DecideAsync(new KeepCalendarChange(Id), "不撤，照用。", ct);

    public string? ErrorOf(string field) => ModelState.TryGetValue(field, out var entry) && entry.Errors.Count > 0 ? entry.Errors[0].ErrorMessage : null;

    public string When(DateTimeOffset at) => Say.Moment(TimeZoneInfo.ConvertTime(at, ShanghaiTime.Zone), Today);

    public string Day(DateOnly day) => DateWords.Full(day, Today, Calendar);

    private async Task<IActionResult> DecideAsync<T>(IStep<T> step, string said, CancellationToken ct)
    {
        if (!MayKeep) return Forbid();
        var (done, _) = await TryAsync(step, "", ct);
        if (done)
        {
            Said = said;
            return Redirect($"/calendar/changes/{Id}");
        }

        return await LoadAsync(ct) ? Page() : NotFound();
    }

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (await db.CalendarChanges.AsNoTracking().SingleOrDefaultAsync(c => c.Id == Id, ct) is not { } change) return false;
        (Change, Notice, Today) = (change, change.Notice, clock.Today());
        (Calendar, Version) = (deadlines.Calendar, deadlines.CalendarVersion);
        if (change.State is CalendarChangeState.Proposed) Moved = await MovedDates.OfAsync(db, Calendar, Calendar.With(Notice), ct);
        if (change.State is CalendarChangeState.UndoAsked or CalendarChangeState.InForce)
        {
            Moved = await MovedDates.OfAsync(db, Calendar, deadlines.CalendarWithout(change.Id), ct);
            Waiting = await db.Cases.CountAsync(c => c.State == CaseState.Open && c.Clock != ClockState.Stopped && c.CalendarVersion < Version, ct);
        }

        return true;
    }
}
