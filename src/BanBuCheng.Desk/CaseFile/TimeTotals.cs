using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.CaseFile;

/// <summary>时间花在谁手里 — the ledgers of time of the cases accepted in a period, added up by party.</summary>
/// <param name="Cases">How many cases were added up.</param>
/// <param name="IsPart">There are more; only the newest were added up.</param>
public sealed record TimeTotals(int Cases, bool IsPart, IReadOnlyList<PartyTime> Parties)
{
    public const int MostCases = 1_000;
    private const int Together = 200;

    private static readonly string[] Kinds = [JournalKinds.StageEntered, JournalKinds.ClockPaused, JournalKinds.ClockResumed, JournalKinds.NoticeDelivered];

    public int Minutes => Parties.Sum(p => p.Minutes);

    /// <param name="from">First day of acceptance.</param>
    /// <param name="to">Last day of acceptance.</param>
    /// <remarks>Complaints about the window itself are left out for those who may not see them.</remarks>
    public static async Task<TimeTotals> OfAsync(DeskDb db, Actor actor, DateOnly from, DateOnly to, DateTimeOffset now, HallHours hours, WorkingCalendar calendar, CancellationToken ct)
    {
        var (begin, end) = (ShanghaiTime.At(from, TimeOnly.MinValue).ToUniversalTime(), ShanghaiTime.At(to.AddDays(1), TimeOnly.MinValue).ToUniversalTime());
        var accepted = db.Cases.AsNoTracking().Where(c => c.AcceptedAt >= begin && c.AcceptedAt < end);
        if (!CaseAccess.SeesAll(actor, CaseAbout.Window)) accepted = accepted.Where(c => c.About == CaseAbout.Matter);
        var cases = await accepted.OrderByDescending(c => c.AcceptedAt).ThenByDescending(c => c.Id).Take(MostCases + 1).ToListAsync(ct);
        var isPart = cases.Count > MostCases;
        var units = await db.OfficeUnits.AsNoTracking().ToDictionaryAsync(u => u.Code, ct);
        var sums = new Dictionary<(TimeHolder, string?), (int Minutes, int Late, int Cases)>();
        foreach (var some in cases.Take(MostCases).Chunk(Together))
        {
            List<CaseId> ids = [.. some.Select(c => c.Id)];
            var tasks = (await db.InboxTasks.AsNoTracking().Where(t => ids.Contains(t.CaseId)).ToListAsync(ct)).ToLookup(t => t.CaseId);
            var journal = (await db.CaseJournal.AsNoTracking().Where(e => ids.Contains(e.CaseId) && Kinds.Contains(e.Kind)).OrderBy(e => e.Sequence).ToListAsync(ct)).ToLookup(e => e.CaseId);
            foreach (var one in some) Add(sums, one, CaseTime.Of(one, [.. tasks[one.Id]], [.. journal[one.Id]], units, now, hours, calendar), hours, calendar);
        }

        return new TimeTotals(Math.Min(cases.Count, MostCases), isPart,
            [.. sums.Select(s => new PartyTime(s.Key.Item1, s.Key.Item2, s.Value.Minutes, s.Value.Late, s.Value.Cases)).OrderByDescending(p => p.Minutes).ThenBy(p => p.Holder).ThenBy(p => p.Unit, StringComparer.Ordinal)]);
    }

    private static void Add(Dictionary<(TimeHolder, string?), (int Minutes, int Late, int Cases)> sums, ServiceCase one, TimeLedger ledger, HallHours hours, WorkingCalendar calendar)
    {
        var over = one.DueOn is { } due ? hours.CloseOf(due) : DateTimeOffset.MaxValue;
        foreach (var (holder, unit, minutes) in ledger.Shares)
        {
            var late = ledger.Spells.Where(s => s.Holder == holder && s.Unit == unit && s.To > over)
                .Sum(s => hours.WorkingTime(s.From > over ? s.From : over, s.To, calendar).TotalMinutes);
            var sum = sums.GetValueOrDefault((holder, unit));
            sums[(holder, unit)] = (sum.Minutes + minutes, sum.Late + Math.Min(minutes, (int)late), sum.Cases + 1);
        }
    }
}

/// <summary>What one party had of them.</summary>
/// <param name="Unit">Set for <see cref="TimeHolder.Unit"/>.</param>
/// <param name="Late">Of these, minutes after the limit had passed.</param>
/// <param name="Cases">In how many cases.</param>
public sealed record PartyTime(TimeHolder Holder, string? Unit, int Minutes, int Late, int Cases);
