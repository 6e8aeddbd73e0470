using BanBuCheng.Desk.Committee;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Pages.Committee;

/// <summary>一次会商 — its cases, and the minutes: who does what by which day. Without items or without a day it cannot be closed.</summary>
internal sealed class MeetingModel(DeskDb db, DeadlineBook deadlines, TimeProvider clock, StepDoor door) : StepPage(door)
{
    public const int RowsPerCase = 4;

    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    [BindProperty]
    public string? Present { get; set; }

    /// <summary>Who was there, by invited unit.</summary>
    [BindProperty]
    public Dictionary<string, string?> Came { get; set; } = [];

    [BindProperty]
    public List<MinutesFields> Minutes { get; set; } = [];

    public CommitteeMeeting Meeting { get; private set; } = null!;
    public IReadOnlyList<AgendaCase> Cases { get; private set; } = [];
    public IReadOnlyList<MeetingInvitation> Invited { get; private set; } = [];
    public IReadOnlyList<(DecisionItem Item, TaskState? State)> Resolved { get; private set; } = [];
    public IReadOnlyDictionary<string, OfficeUnit> Units { get; private set; } = new Dictionary<string, OfficeUnit>();
    public DateOnly Today { get; private set; }
    public WorkingCalendar Calendar { get; private set; } = WorkingCalendar.BuiltIn;
    public bool MayClose => Actor.Is(Roles.CommitteeSecretary) && Meeting.ClosedAt is null;

    public sealed record AgendaCase(Guid AgendaId, string Number, string Subject, DateOnly? Due, string Reason, string? Outcome, IReadOnlyList<string> Outcomes);

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (!CommitteeRoles.MaySee(Actor)) return Forbid();
        return await LoadAsync(ct) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (!Actor.Is(Roles.CommitteeSecretary)) return Forbid();
        var step = new CloseMeeting(Id, Present ?? "", [.. Minutes.Select(m => m.Read())]) { Came = Came.ToDictionary(c => c.Key, c => c.Value ?? "") };
        var (done, _) = await TryAsync(step, "", ct);
        if (done) return Redirect($"/committee/meetings/{Id}");
        return await LoadAsync(ct) ? Page() : NotFound();
    }

    public string? ErrorOf(string field) => ModelState.TryGetValue(field, out var entry) && entry.Errors.Count > 0 ? entry.Errors[0].ErrorMessage : null;

    public string NameOf(string unit) => Units.TryGetValue(unit, out var known) ? known.Name : unit;

    /// <summary>What the secretary finds in the box: what was said before the meeting, until somebody types what was.</summary>
    public string? CameOf(MeetingInvitation one) => Came.TryGetValue(one.UnitCode, out var typed) ? typed : one.Who;

    public IEnumerable<OfficeUnit> Charged => Units.Values.Where(u => u.Kind is UnitKind.Department or UnitKind.Station).OrderBy(u => u.Order);

    private async Task<bool> LoadAsync(CancellationToken ct)
    {
        if (await db.CommitteeMeetings.AsNoTracking().SingleOrDefaultAsync(m => m.Id == Id, ct) is not { } meeting) return false;
        (Meeting, Today, Calendar) = (meeting, clock.Today(), deadlines.Calendar);
        Units = await db.OfficeUnits.AsNoTracking().ToDictionaryAsync(u => u.Code, ct);
        var rows = await (from item in db.AgendaItems.AsNoTracking()
                          join one in db.Cases.AsNoTracking() on item.CaseId equals one.Id
                          where item.MeetingId == Id
                          orderby item.RaisedAt, item.Id
                          select new { item.Id, item.CaseId, one.Number, one.Subject, one.DueOn, item.Reason, item.Outcome }).ToListAsync(ct);
        var ids = rows.Select(r => r.CaseId).ToList();
        var asked = await CommitteeTask.OfAsync(db, ids, ct);
        Cases = [.. rows.Select(r => new AgendaCase(r.Id, r.Number, r.Subject, r.DueOn, r.Reason, r.Outcome, asked.TryGetValue(r.CaseId, out var task) ? task.Outcomes : []))];
        Invited = [.. (await db.MeetingInvitations.AsNoTracking().Where(i => i.MeetingId == Id).ToListAsync(ct)).OrderBy(i => Units.TryGetValue(i.UnitCode, out var unit) ? unit.Order : 0)];
        var items = await db.DecisionItems.AsNoTracking().Where(d => d.MeetingId == Id).OrderBy(d => d.Code).ToListAsync(ct);
        var titles = items.Select(i => i.TaskTitle).ToList();
        var states = (await db.InboxTasks.AsNoTracking().Where(t => titles.Contains(t.Title)).Select(t => new { t.Title, t.State }).ToListAsync(ct)).ToLookup(t => t.Title, t => t.State);
        Resolved = [.. items.Select(i => (i, states[i.TaskTitle].Select(s => (TaskState?)s).FirstOrDefault()))];
        return true;
    }
}

/// <summary>The minutes of one case as typed.</summary>
public sealed class MinutesFields
{
    public Guid AgendaItem { get; set; }
    public string? Facts { get; set; }
    public string? BottomLine { get; set; }
    public string? Outcome { get; set; }
    public List<ItemFields> Items { get; set; } = [];

    internal CaseMinutes Read() => new(AgendaItem, Facts ?? "", BottomLine ?? "", Outcome ?? "", [.. Items.Select(i => new ResolvedItem(i.Text ?? "", i.Unit ?? "", i.Due))]);
}

/// <summary>One resolved item as typed.</summary>
public sealed class ItemFields
{
    public string? Text { get; set; }
    public string? Unit { get; set; }
    public DateOnly? Due { get; set; }
}
