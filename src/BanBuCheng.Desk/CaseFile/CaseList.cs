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

    /// <summary>By case number (as typed), by telephone (exact), or the beginning of the subject.</summary>
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
        return cases.Where(c => c.FirstContact == me
            || db.InboxTasks.Any(t => t.CaseId == c.Id && (t.AssignedUnit == unit || t.AssignedPerson == login || t.DoneByLogin == login)));
    }

    private static async Task<IReadOnlyList<CaseRow>> RowsAsync(DeskDb db, IQueryable<ServiceCase> cases, int take, CancellationToken ct)
    {
        var rows = await Rows(cases).Take(take).ToListAsync(ct);
        var acted = await CaseDeeds.AmongAsync(db, [.. rows.Select(r => r.Id)], ct);
        return [.. rows.Select(r => acted.Contains(r.Id) ? r with { Acted = true } : r)];
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

    /// <summary>Somebody has tried something (<see cref="CaseDeeds"/>).</summary>
    public bool Acted { get; init; }
}
