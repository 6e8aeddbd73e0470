using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Inbox;

/// <summary>收件箱 — lists of tasks for one person, least working time first, paged by key (never by offset).</summary>
public static class InboxQuery
{
    public const int PageSize = 20;

    /// <summary>Where counting ends: that many or more.</summary>
    public const int MostCounted = 1_000;

    /// <summary>轮到我: held by me, or asked of me by name.</summary>
    public static Task<InboxPage> MineAsync(DeskDb db, Actor actor, InboxKey? after, CancellationToken ct) =>
        OpenAsync(db, db.InboxTasks.Where(t => t.HolderLogin == actor.Login && t.State == TaskState.Open), after, ct);

    /// <summary>组里没人接: asked of my unit or of one of my roles, held by nobody, and not excluded for me.</summary>
    public static Task<InboxPage> GroupAsync(DeskDb db, Actor actor, InboxKey? after, CancellationToken ct)
    {
        // Each in the order of its own index, so that a unit with little to do need not look through everybody else's work.
        var first = GroupsOf(db, actor).Select(tasks => (after is { } key ? tasks.Where(t => t.SortAt > key.At || (t.SortAt == key.At && t.Id > key.Id)) : tasks)
            .OrderBy(t => t.SortAt).ThenBy(t => t.Id).Take(PageSize + 1)).Aggregate((all, more) => all.Concat(more));
        return OpenAsync(db, first, null, ct);
    }

    /// <summary>办完的: newest first.</summary>
    public static async Task<InboxPage> DoneAsync(DeskDb db, Actor actor, InboxKey? after, CancellationToken ct)
    {
        var tasks = db.InboxTasks.AsNoTracking().Where(t => t.DoneByLogin == actor.Login && t.EndedAt != null);
        if (after is { } key)
            tasks = tasks.Where(t => t.EndedAt < key.At || (t.EndedAt == key.At && t.Id < key.Id));
        var rows = await Rows(db, tasks.OrderByDescending(t => t.EndedAt).ThenByDescending(t => t.Id)).Take(PageSize + 1).ToListAsync(ct);
        return Page(rows, row => new InboxKey(row.EndedAt!.Value, row.TaskId)); // what is done bears no light
    }

    public static async Task<InboxCounts> CountsAsync(DeskDb db, Actor actor, CancellationToken ct)
    {
        var mine = await SomeAsync(db.InboxTasks.Where(t => t.HolderLogin == actor.Login && t.State == TaskState.Open).OrderBy(t => t.SortAt), ct);
        var group = 0;
        foreach (var tasks in GroupsOf(db, actor)) group += await SomeAsync(tasks.OrderBy(t => t.SortAt), ct);
        var done = await SomeAsync(db.InboxTasks.Where(t => t.DoneByLogin == actor.Login && t.EndedAt != null).OrderByDescending(t => t.EndedAt), ct);
        return new InboxCounts(mine, Math.Min(group, MostCounted), done);
    }

    /// <summary>Nobody works down from a thousand by counting; what was finished grows for years.</summary>
    private static Task<int> SomeAsync(IQueryable<InboxTask> tasks, CancellationToken ct) => tasks.Take(MostCounted).CountAsync(ct);

    /// <summary>What is asked of the unit, and of each role; a task is asked of one of them.</summary>
    private static IEnumerable<IQueryable<InboxTask>> GroupsOf(DeskDb db, Actor actor)
    {
        var (unit, me) = (actor.UnitCode, $"|{actor.Login}|");
        var free = db.InboxTasks.AsNoTracking().Where(t => t.State == TaskState.Open && t.HolderLogin == null && (t.Excluded == null || !t.Excluded.Contains(me)));
        yield return free.Where(t => t.AssignedUnit == unit);
        foreach (var role in actor.Roles.Order(StringComparer.Ordinal)) yield return free.Where(t => t.AssignedRole == role);
    }

    private static async Task<InboxPage> OpenAsync(DeskDb db, IQueryable<InboxTask> tasks, InboxKey? after, CancellationToken ct)
    {
        tasks = tasks.AsNoTracking();
        if (after is { } key)
            tasks = tasks.Where(t => t.SortAt > key.At || (t.SortAt == key.At && t.Id > key.Id));
        var rows = await Rows(db, tasks.OrderBy(t => t.SortAt).ThenBy(t => t.Id)).Take(PageSize + 1).ToListAsync(ct);
        var acted = await CaseDeeds.AmongAsync(db, [.. rows.Select(r => r.CaseId).Distinct()], ct);
        return Page([.. rows.Select(r => acted.Contains(r.CaseId) ? r with { Acted = true } : r)], row => new InboxKey(row.SortAt, row.TaskId));
    }

    private static IQueryable<InboxRow> Rows(DeskDb db, IQueryable<InboxTask> tasks) =>
        from task in tasks
        join serviceCase in db.Cases.AsNoTracking() on task.CaseId equals serviceCase.Id
        select new InboxRow
        {
            TaskId = task.Id,
            CaseId = serviceCase.Id,
            CaseNumber = serviceCase.Number,
            Subject = serviceCase.Subject,
            Title = task.Title,
            Round = task.Round,
            MaskedName = serviceCase.MaskedName,
            ApplicantKind = serviceCase.ApplicantKind,
            Difficulty = serviceCase.Difficulty,
            Stage = serviceCase.Stage,
            Clock = serviceCase.Clock,
            CaseAcceptedOn = serviceCase.AcceptedOn,
            CaseDueOn = serviceCase.DueOn,
            CaseDueProvisional = serviceCase.DueIsProvisional,
            NeededBy = serviceCase.NeededBy,
            TaskDueOn = task.DueOn,
            SortAt = task.SortAt,
            HolderLogin = task.HolderLogin,
            State = task.State,
            Outcome = task.Outcome,
            OpenedAt = task.OpenedAt,
            EndedAt = task.EndedAt,
        };

    private static InboxPage Page(List<InboxRow> rows, Func<InboxRow, InboxKey> keyOf)
    {
        if (rows.Count <= PageSize) return new InboxPage(rows, null);
        rows.RemoveAt(PageSize);
        return new InboxPage(rows, keyOf(rows[^1]));
    }
}

/// <summary>Where a page ends: the sort instant and the id of its last row.</summary>
public readonly record struct InboxKey(DateTimeOffset At, TaskId Id)
{
    public override string ToString() => $"{At.UtcTicks}_{Id}";

    public static InboxKey? Parse(string? text)
    {
        var parts = text?.Split('_');
        return parts is [var ticks, var id] && long.TryParse(ticks, out var at) && at is > 0 and < 3155378975999999999 && Guid.TryParse(id, out var task)
            ? new InboxKey(new DateTimeOffset(at, TimeSpan.Zero), new TaskId(task))
            : null;
    }
}

/// <param name="Next">Key for the next page; null on the last.</param>
public sealed record InboxPage(IReadOnlyList<InboxRow> Rows, InboxKey? Next);

public sealed record InboxCounts(int Mine, int Group, int Done);

/// <summary>One line of the inbox.</summary>
public sealed record InboxRow
{
    public required TaskId TaskId { get; init; }
    public required CaseId CaseId { get; init; }
    public required string CaseNumber { get; init; }
    public required string Subject { get; init; }
    public required string Title { get; init; }
    public int Round { get; init; }
    public required string MaskedName { get; init; }
    public ApplicantKind ApplicantKind { get; init; }
    public Deadlines.Difficulty Difficulty { get; init; }
    public CaseStage Stage { get; init; }
    public ClockState Clock { get; init; }
    public DateOnly CaseAcceptedOn { get; init; }
    public DateOnly? CaseDueOn { get; init; }
    public bool CaseDueProvisional { get; init; }
    public DateOnly? NeededBy { get; init; }
    public DateOnly? TaskDueOn { get; init; }
    public DateTimeOffset SortAt { get; init; }
    public string? HolderLogin { get; init; }
    public TaskState State { get; init; }
    public string? Outcome { get; init; }
    public DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Somebody has tried something for the citizen (<see cref="CaseDeeds"/>).</summary>
    public bool Acted { get; init; }
}
