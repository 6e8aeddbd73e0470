using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.CaseFile;

/// <summary>台账 — the open cases a person may see, nearest date first; found by number, or by the citizen's telephone.</summary>
public static class CaseList
{
    public const int PageSize = 30;

    public static async Task<IReadOnlyList<CaseRow>> OpenAsync(DeskDb db, Actor actor, (DateOnly Due, CaseId Id)? after, CancellationToken ct)
    {
        var cases = Visible(db, actor).Where(c => c.State == CaseState.Open && c.DueOn != null);
        if (after is { } key) cases = cases.Where(c => c.DueOn > key.Due || (c.DueOn == key.Due && c.Id > key.Id));
        return await RowsAsync(db, cases.OrderBy(c => c.DueOn).ThenBy(c => c.Id), PageSize + 1, ct);
    }

    /// <summary>挂账的 — what partial replies left open, nearest promised day first, whether the case is closed or not.</summary>
    public static async Task<IReadOnlyList<CaseRow>> LeftOpenAsync(DeskDb db, Actor actor, (DateOnly On, CaseId Id)? after, CancellationToken ct)
    {
        var cases = Visible(db, actor).Where(c => c.OpenPartOn != null);
        if (after is { } key) cases = cases.Where(c => c.OpenPartOn > key.On || (c.OpenPartOn == key.On && c.Id > key.Id));
        return await RowsAsync(db, cases.OrderBy(c => c.OpenPartOn).ThenBy(c => c.Id), PageSize + 1, ct);
    }

    /// <summary>By case number (as typed), by telephone (exact), or by words of the subject.</summary>
    public static async Task<IReadOnlyList<CaseRow>> FindAsync(DeskDb db, FieldCipher cipher, Actor actor, string text, CancellationToken ct)
    {
        var cases = Visible(db, actor);
        if (CaseNumber.Normalise(text) is { } number) cases = cases.Where(c => c.Number == number);
        else if (PhoneNumber.TryParse(text, out var phone, out _))
        {
            var index = cipher.BlindIndex("phone", phone);
            cases = cases.Where(c => c.PhoneIndex == index);
        }
        else
        {
            var words = text.Trim();
            cases = cases.Where(c => c.Subject.Contains(words));
        }

        return await RowsAsync(db, cases.OrderByDescending(c => c.AcceptedAt).ThenByDescending(c => c.Id), PageSize, ct);
    }

    private static IQueryable<ServiceCase> Visible(DeskDb db, Actor actor)
    {
        var cases = db.Cases.AsNoTracking();
        if (CaseAccess.SeesAll(actor, CaseAbout.Window)) return cases;
        if (CaseAccess.SeesAll(actor)) return cases.Where(c => c.About == CaseAbout.Matter || c.FirstContact == actor.StaffId);
        var (me, unit, login) = (actor.StaffId, actor.UnitCode, actor.Login);
        // One list of ids, made once, each part from an index that holds the id: then the list of cases is walked in its index too, and no
        // row of a case is read that is not shown. 首问责任人不变, at whatever desk that person sits now.
        var asked = db.InboxTasks.Where(t => t.AssignedUnit == unit).Select(t => t.CaseId)
            .Concat(db.InboxTasks.Where(t => t.AssignedPerson == login).Select(t => t.CaseId))
            .Concat(db.InboxTasks.Where(t => t.DoneByLogin == login).Select(t => t.CaseId))
            .Concat(db.Cases.Where(c => c.FirstContact == me).Select(c => c.Id));
        return cases.Where(c => asked.Contains(c.Id));
    }

    private static async Task<IReadOnlyList<CaseRow>> RowsAsync(DeskDb db, IQueryable<ServiceCase> cases, int take, CancellationToken ct)
    {
        var rows = await Rows(cases).Take(take).ToListAsync(ct);
        var acted = await CaseDeeds.AmongAsync(db, [.. rows.Select(r => r.Id)], ct);
        var ids = rows.Where(r => r.State is CaseState.Open).Select(r => r.Id).ToList();
        var unexplained = await db.CaseLates.AsNoTracking().Where(l => ids.Contains(l.CaseId)).Select(l => new { l.CaseId, Explained = l.Reason != null }).ToListAsync(ct);
        var late = unexplained.GroupBy(l => l.CaseId).ToDictionary(g => g.Key, g => g.All(l => l.Explained));
        return [.. rows.Select(r => r with { Acted = acted.Contains(r.Id), LateExplained = late.TryGetValue(r.Id, out var explained) ? explained : null })];
    }

    private static IQueryable<CaseRow> Rows(IQueryable<ServiceCase> cases) => cases.Select(c => new CaseRow
    {
        Id = c.Id,
        Number = c.Number,
        Subject = c.Subject,
        MaskedName = c.MaskedName,
        ApplicantKind = c.ApplicantKind,
        Difficulty = c.Difficulty,
        Stage = c.Stage,
        State = c.State,
        Clock = c.Clock,
        DueOn = c.DueOn,
        DueIsProvisional = c.DueIsProvisional,
        Outcome = c.Outcome,
        AcceptedAt = c.AcceptedAt,
        AcceptedOn = c.AcceptedOn,
        ReplyOwed = c.ReplyOwed,
        Allowed = c.LimitWorkingDays + c.ExtendedBy,
        OpenPart = c.OpenPart,
        OpenPartOn = c.OpenPartOn,
        OpenPartOwner = c.OpenPartOwner,
    });
}

/// <summary>One line of the ledger.</summary>
public sealed record CaseRow
{
    public required CaseId Id { get; init; }
    public required string Number { get; init; }
    public required string Subject { get; init; }
    public required string MaskedName { get; init; }
    public ApplicantKind ApplicantKind { get; init; }
    public Difficulty Difficulty { get; init; }
    public CaseStage Stage { get; init; }
    public CaseState State { get; init; }
    public ClockState Clock { get; init; }
    public DateOnly? DueOn { get; init; }
    public bool DueIsProvisional { get; init; }
    public CaseOutcome? Outcome { get; init; }
    public DateTimeOffset AcceptedAt { get; init; }
    public DateOnly AcceptedOn { get; init; }
    public bool ReplyOwed { get; init; }

    /// <summary>Working days in all, an extension included.</summary>
    public int Allowed { get; init; }

    /// <summary>挂账: what is left, by when, and whose it is.</summary>
    public string? OpenPart { get; init; }
    public DateOnly? OpenPartOn { get; init; }
    public string? OpenPartOwner { get; init; }

    /// <summary>Whether every red light of the open case has its reason; null without one.</summary>
    public bool? LateExplained { get; init; }

    /// <summary>Somebody has tried something (<see cref="CaseDeeds"/>).</summary>
    public bool Acted { get; init; }
}
