using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Inbox;

/// <summary>超期记录本 — whose red light it is, and how many of a unit's there were in the month.</summary>
public class LateBook(DeskDb db, CaseJournal journal, StepScope step, TimeProvider clock)
{
    /// <summary>Posts that watch, sign or ask afterwards: what lies with them is not what made a case late.</summary>
    private static readonly string[] Watching = [Roles.Supervisor, Roles.BureauLeader, Roles.Visitor, Roles.ProcessAdmin, Roles.SystemAdmin];

    /// <summary>Writes a red light down for the unit in whose hands the case is.</summary>
    /// <param name="watcher">The instance that watches; its own tasks (催办) do not count.</param>
    public async ValueTask<CaseLate> RecordAsync(ServiceCase serviceCase, Guid watcher, CancellationToken ct)
    {
        var unit = await PartyAsync(serviceCase, watcher, ct);
        await TakeTurnAsync(unit, ct);
        var late = CaseLate.Record(Guid.CreateVersion7(clock.GetUtcNow()), serviceCase.Id, unit, ShanghaiTime.DayOf(step.Now), serviceCase.DueOn, step.Now);
        Keep(late);
        journal.Write(serviceCase, JournalKinds.WentLate, ("unit", late.UnitCode), ("on", late.On));
        return late;
    }

    /// <summary>The newest red light of the case as a flow reads it; null when there was none.</summary>
    public async ValueTask<IReadOnlyDictionary<string, object?>?> ToldAsync(CaseId caseId, CancellationToken ct)
    {
        if ((await OfCaseAsync(caseId, ct)).MaxBy(l => l.At) is not { } late) return null;
        var month = (await OfUnitAsync(late.UnitCode, late.On, ct)).OrderBy(l => l.Late.At).ToList();
        return new Dictionary<string, object?>
        {
            ["unit"] = late.UnitCode,
            ["unitName"] = await UnitNameAsync(late.UnitCode, ct) ?? late.UnitCode,
            ["on"] = DateWords.MonthDay(late.On, ShanghaiTime.DayOf(step.Now)),
            ["reason"] = late.Reason,
            ["inMonth"] = month.Count,
            // 事实清单: what a person decides by, made of the records and of nothing else.
            ["sheet"] = string.Join('\n', month.Select(l => $"{l.Number}，{l.Late.On.Month}月{l.Late.On.Day}日亮红灯：{l.Late.Reason ?? "没有写原因"}")),
        };
    }

    /// <summary>The unit writes why. A post of another unit may have had the case when it was asked: then it is the oldest that nobody explained.</summary>
    /// <exception cref="RefusedException"><c>late.explained</c>: the reason stands already.</exception>
    internal async ValueTask ExplainAsync(ServiceCase serviceCase, string reason, DateOnly? replyBy, CancellationToken ct)
    {
        var owed = (await OfCaseAsync(serviceCase.Id, ct)).Where(l => l.Reason is null).OrderBy(l => l.At).ToList();
        var late = owed.Find(l => l.UnitCode == step.Actor.UnitCode) ?? owed.FirstOrDefault() ?? throw new RefusedException("late.explained");
        late.Explain(reason, replyBy, step.Actor, step.Now);
        journal.Write(serviceCase, JournalKinds.LateExplained, ("unit", late.UnitCode));
    }

    /// <summary>The lead unit before the others, a department before a post; with nobody, the station.</summary>
    protected virtual async ValueTask<string> PartyAsync(ServiceCase serviceCase, Guid watcher, CancellationToken ct)
    {
        await db.InboxTasks.Where(t => t.CaseId == serviceCase.Id && t.State == TaskState.Open).LoadAsync(ct);
        var open = db.InboxTasks.Local.Where(t => t.CaseId == serviceCase.Id && t.State is TaskState.Open && t.InstanceId != watcher && t.Purpose is not (TaskPurpose.Visit or TaskPurpose.Beside));
        // What is said of the help window is handled by those who watch: there is nobody else.
        if (serviceCase.About is not CaseAbout.Window) open = open.Where(t => t.AssignedRole is null || !Watching.Contains(t.AssignedRole));
        var task = open.OrderByDescending(t => t.AssignedUnit is not null && t.AssignedUnit == serviceCase.LeadUnit).ThenByDescending(t => t.AssignedUnit is not null).ThenBy(t => t.OpenedAt).FirstOrDefault();
        if (task?.AssignedUnit is { } asked) return asked;
        if (task?.HolderLogin is { } login && await db.Staff.Where(s => s.Login == login).Select(s => s.UnitCode).FirstOrDefaultAsync(ct) is { } holders) return holders;
        return await UnitOfPostAsync(serviceCase, task?.AssignedRole ?? Roles.StationHead, ct);
    }

    /// <summary>Of the units that have the post: the window that took the case in, else the station, else the first.</summary>
    private async ValueTask<string> UnitOfPostAsync(ServiceCase serviceCase, string role, CancellationToken ct)
    {
        var units = await (from person in db.Staff
                           where person.Active && person.Roles.Contains(role)
                           join unit in db.OfficeUnits on person.UnitCode equals unit.Code
                           select new { unit.Code, unit.Kind, unit.Order }).Distinct().ToListAsync(ct);
        return units.OrderByDescending(u => u.Code == serviceCase.WindowUnitCode).ThenByDescending(u => u.Kind is UnitKind.Station).ThenBy(u => u.Order).FirstOrDefault()?.Code ?? serviceCase.WindowUnitCode;
    }

    protected virtual async ValueTask<IReadOnlyList<CaseLate>> OfCaseAsync(CaseId caseId, CancellationToken ct)
    {
        await db.CaseLates.Where(l => l.CaseId == caseId).LoadAsync(ct);
        return [.. db.CaseLates.Local.Where(l => l.CaseId == caseId)];
    }

    protected virtual async ValueTask<IReadOnlyList<(CaseLate Late, string Number)>> OfUnitAsync(string unit, DateOnly day, CancellationToken ct)
    {
        var (from, to) = (new DateOnly(day.Year, day.Month, 1), new DateOnly(day.Year, day.Month, 1).AddMonths(1));
        await db.CaseLates.Where(l => l.UnitCode == unit && l.On >= from && l.On < to).LoadAsync(ct);
        var lates = db.CaseLates.Local.Where(l => l.UnitCode == unit && l.On >= from && l.On < to).ToList();
        var ids = lates.Select(l => l.CaseId).Distinct().ToList();
        var numbers = await db.Cases.Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.Number }).ToDictionaryAsync(c => c.Id, c => c.Number, ct);
        return [.. lates.Select(l => (l, numbers.GetValueOrDefault(l.CaseId, "")))];
    }

    protected virtual async ValueTask<string?> UnitNameAsync(string code, CancellationToken ct) =>
        await db.OfficeUnits.Where(u => u.Code == code).Select(u => u.Name).FirstOrDefaultAsync(ct);

    /// <summary>Several of a unit's lights go red in the same minute on several connections: this row's lock makes them count one after the other, so that one of them is the third.</summary>
    protected virtual async ValueTask TakeTurnAsync(string unit, CancellationToken ct) =>
        await db.OfficeUnits.Where(u => u.Code == unit).ExecuteUpdateAsync(u => u.SetProperty(x => x.Order, x => x.Order), ct);

    protected virtual void Keep(CaseLate late) => db.CaseLates.Add(late);
}

/// <summary>超期原因 — what the unit wrote, beside the red light that it is about.</summary>
internal sealed class LateReasonRecorder(LateBook book) : IFormRecorder
{
    public string Name => "LateReason";

    public async ValueTask RecordAsync(ServiceCase serviceCase, string outcome, JsonObject answer, CancellationToken ct)
    {
        var on = DateOnly.TryParseExact(Text("replyBy"), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day) ? day : (DateOnly?)null;
        if (Text("reason") is not { } reason) return;
        // A reply that is owed still has a day in front of it; one day later it would be another reason.
        if (serviceCase.ReplyOwed && on is null) throw new RefusedException("late.no-day", "replyBy");
        await book.ExplainAsync(serviceCase, reason, on, ct);

        string? Text(string field) => answer[field]?.GetValue<string>().Trim() is { Length: > 0 } text ? text : null;
    }
}
