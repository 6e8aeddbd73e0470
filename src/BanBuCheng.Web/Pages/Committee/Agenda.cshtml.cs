using BanBuCheng.Desk.Committee;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Pages.Committee;

/// <summary>会商议程 — what waits for a meeting and by which day, the meetings, and what became of what they resolved.</summary>
internal sealed class AgendaModel(DeskDb db, DeadlineBook deadlines, TimeProvider clock, StepDoor door) : StepPage(door)
{
    [BindProperty]
    public DateOnly? On { get; set; }

    [BindProperty]
    public string? Place { get; set; }

    /// <summary>Invited besides the units of the cases.</summary>
    [BindProperty]
    public List<string> Units { get; set; } = [];

    [BindProperty]
    public List<Guid> Items { get; set; } = [];

    public IReadOnlyList<OfficeUnit> Departments { get; private set; } = [];
    public IReadOnlyList<Waiting> Agenda { get; private set; } = [];
    public IReadOnlyList<CommitteeMeeting> Meetings { get; private set; } = [];
    public IReadOnlyList<Tracked> Resolved { get; private set; } = [];
    public DateOnly Today { get; private set; }
    public WorkingCalendar Calendar { get; private set; } = WorkingCalendar.BuiltIn;
    public bool MayCall => Actor.Is(Roles.CommitteeSecretary) || Actor.Is(Roles.BureauLeader);

    /// <param name="On">The meeting it is on already; one that did not take place is called anew.</param>
    public sealed record Waiting(Guid Id, string Number, string Subject, DateOnly? Due, DateOnly? Latest, string? On);

    public sealed record Tracked(string Code, string Text, string Unit, DateOnly Due, string Number, TaskState? State);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!CommitteeRoles.MaySee(Actor)) return Forbid();
        await LoadAsync(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!MayCall) return Forbid();
        var (done, id) = await TryAsync(new CallMeeting(On, Place ?? "", Items) { Units = Units }, "", ct);
        if (done) return Redirect($"/committee/meetings/{id}");
        await LoadAsync(ct);
        return Page();
    }

    public string? ErrorOf(string field) => ModelState.TryGetValue(field, out var entry) && entry.Errors.Count > 0 ? entry.Errors[0].ErrorMessage : null;

    private async Task LoadAsync(CancellationToken ct)
    {
        (Today, Calendar) = (clock.Today(), deadlines.Calendar);
        Agenda = [.. (await WaitingCase.OfAsync(db, ct)).Select(w => new Waiting(w.AgendaItem, w.Number, w.Subject, w.DueOn, w.DueOn is { } due ? MeetingRules.LatestFor(due, Calendar) : null, w.Meeting))];
        Departments = MayCall ? await db.OfficeUnits.AsNoTracking().Where(u => u.Active && u.Kind == UnitKind.Department).OrderBy(u => u.Order).ToListAsync(ct) : [];
        Meetings = await db.CommitteeMeetings.AsNoTracking().OrderByDescending(m => m.On).Take(20).ToListAsync(ct);
        var items = await (from item in db.DecisionItems.AsNoTracking()
                           join one in db.Cases.AsNoTracking() on item.CaseId equals one.Id
                           join unit in db.OfficeUnits.AsNoTracking() on item.UnitCode equals unit.Code
                           orderby item.DueOn descending
                           select new { item.Code, item.Text, Unit = unit.Name, item.DueOn, one.Number, one.Id }).Take(50).ToListAsync(ct);
        var titles = items.Select(i => DecisionItem.TitleOf(i.Code)).ToList();
        var states = (await db.InboxTasks.AsNoTracking().Where(t => titles.Contains(t.Title)).Select(t => new { t.Title, t.State }).ToListAsync(ct)).ToLookup(t => t.Title, t => t.State);
        Resolved = [.. items.Select(i => new Tracked(i.Code, i.Text, i.Unit, i.DueOn, i.Number, states[DecisionItem.TitleOf(i.Code)].Select(s => (TaskState?)s).FirstOrDefault()))];
    }
}
