using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Sms;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.CaseFile;

/// <summary>案卷 — everything a case page shows, read in a handful of queries.</summary>
public sealed record CaseView
{
    public required ServiceCase Case { get; init; }
    public required BallHolder Ball { get; init; }

    /// <summary>Day by day why the date is the date; null while no clock was started.</summary>
    public DueDate? Why { get; init; }
    public required DueText DueText { get; init; }

    /// <summary>灯: blue at half the period with nothing tried, yellow with one working day left, red when overdue.</summary>
    public Light Light { get; init; }
    public required IReadOnlyList<TimelineItem> Timeline { get; init; }
    public required IReadOnlyList<InboxTask> OpenTasks { get; init; }
    public required IReadOnlyList<SolutionAttempt> Attempts { get; init; }
    public required IReadOnlyList<CaseDocument> Documents { get; init; }
    public required IReadOnlyList<CaseNote> Notes { get; init; }
    public required IReadOnlyList<CaseNotice> Notices { get; init; }
    /// <summary>改过难易: from what to what, why, who approved .</summary>
    public required IReadOnlyList<CaseReclass> Reclasses { get; init; }

    /// <summary>亮过的红灯: whose it was, and the reason it wrote itself.</summary>
    public required IReadOnlyList<CaseLate> Lates { get; init; }
    public required IReadOnlyList<OutgoingSms> Messages { get; init; }
    public required IReadOnlyDictionary<string, OfficeUnit> Units { get; init; }

    /// <summary>期望办结日 is before the limit .</summary>
    public bool NeededBeforeLimit => Case.NeededBy is { } needed && Case.DueOn is { } due && needed < due;

    /// <summary>When the case first came to each stage, as its journal says.</summary>
    public required IReadOnlyDictionary<CaseStage, DateTimeOffset> StagesEntered { get; init; }

    /// <summary>What lies under the count: each pause with its reason.</summary>
    public required IReadOnlyList<Pause> Pauses { get; init; }

    public required DeadlinePolicy Policy { get; init; }

    /// <summary>时间在谁手里, until the reply or until now.</summary>
    public required TimeLedger Time { get; init; }

    /// <summary>陪办的每一步 .</summary>
    public required IReadOnlyList<CompanionStep> Companion { get; init; }

    /// <summary>首次反馈: when the citizen first heard from the desk after the acceptance; null while they have not.</summary>
    public DateTimeOffset? FirstFeedbackAt { get; init; }

    /// <summary>The close by which they should have: of the day of acceptance, or of the next working day when the hall was closed.</summary>
    public DateTimeOffset FirstFeedbackBy { get; init; }

    /// <summary>Working days used so far (until the delivery, when it was delivered).</summary>
    public int UsedWorkingDays { get; init; }

    /// <summary>The reply or extension that waits for somebody to tell the citizen.</summary>
    public CaseNotice? OpenNotice => Notices.FirstOrDefault(n => n.IsOpen);

    /// <returns>Null when there is no such case, or the actor may not see it (the same answer).</returns>
    public static async Task<CaseView?> FindAsync(DeskDb db, DeadlineBook deadlines, string number, Actor actor, DateTimeOffset now, CancellationToken ct)
    {
        var serviceCase = await db.Cases.AsNoTracking().FirstOrDefaultAsync(c => c.Number == number, ct);
        if (serviceCase is null || !await CaseAccess.MaySeeAsync(db, serviceCase.Id, serviceCase.FirstContact, actor, ct)) return null;
        return await OfAsync(db, deadlines, serviceCase, now, ct);
    }

    /// <summary>The file behind a task: who is asked to do something about a case sees what it is about.</summary>
    public static Task<CaseView> BehindAsync(DeskDb db, DeadlineBook deadlines, TaskView task, DateTimeOffset now, CancellationToken ct) =>
        OfAsync(db, deadlines, task.Case, now, ct);

    internal static async Task<CaseView> OfAsync(DeskDb db, DeadlineBook deadlines, ServiceCase serviceCase, DateTimeOffset now, CancellationToken ct)
    {
        var id = serviceCase.Id;
        var units = await db.OfficeUnits.AsNoTracking().ToDictionaryAsync(u => u.Code, ct);
        var tasks = await db.InboxTasks.AsNoTracking().Where(t => t.CaseId == id).OrderBy(t => t.OpenedAt).ThenBy(t => t.Id).ToListAsync(ct);
        var notices = await db.CaseNotices.AsNoTracking().Where(n => n.CaseId == id).OrderBy(n => n.IssuedAt).ToListAsync(ct);
        var messages = await db.OutgoingSms.AsNoTracking().Where(s => s.CaseId == id).OrderBy(s => s.QueuedAt).ToListAsync(ct);
        var journal = await db.CaseJournal.AsNoTracking().Where(e => e.CaseId == id).OrderBy(e => e.Sequence).ToListAsync(ct);
        var staff = await db.Staff.AsNoTracking().Select(s => new { s.Login, s.Name, s.UnitCode }).ToDictionaryAsync(s => s.Login, s => (s.Name, s.UnitCode), ct);
        var pauses = await CasePauses.OfAsync(db, id, ct);
        var reclasses = await db.CaseReclasses.AsNoTracking().Where(r => r.CaseId == id).OrderBy(r => r.At).ToListAsync(ct);
        var today = ShanghaiTime.DayOf(now);
        var ended = serviceCase.RepliedAt is { } replied && serviceCase.Clock is ClockState.Stopped ? ShanghaiTime.DayOf(replied) : today;
        var policy = await deadlines.PolicyAsync(ct);
        return new CaseView
        {
            Case = serviceCase,
            Ball = Named(BallHolder.Of(serviceCase, tasks, notices, units), staff),
            Why = serviceCase.DueOn is null ? null
                : deadlines.CalendarAt(serviceCase.CalendarVersion).Due(serviceCase.AcceptedOn, serviceCase.LimitWorkingDays + serviceCase.ExtendedBy, pauses, today),
            Light = CaseDue.LightOf(serviceCase.AcceptedOn, serviceCase.DueOn, serviceCase.Clock, serviceCase.State, now, deadlines.Calendar, policy, (await CaseDeeds.AmongAsync(db, [id], ct)).Count > 0),
            DueText = CaseDue.Words(serviceCase, today, deadlines.Calendar, policy),
            Timeline = CaseTimeline.Of(journal, tasks, messages, notices, staff, units, reclasses),
            OpenTasks = [.. tasks.Where(t => t.State is TaskState.Open)],
            Attempts = await db.SolutionAttempts.AsNoTracking().Where(a => a.CaseId == id).OrderBy(a => a.Number).ToListAsync(ct),
            Documents = await db.CaseDocuments.AsNoTracking().Where(d => d.CaseId == id).OrderBy(d => d.AddedAt).ToListAsync(ct),
            Notes = await db.CaseNotes.AsNoTracking().Where(n => n.CaseId == id).OrderByDescending(n => n.At).ToListAsync(ct),
            Notices = notices,
            Reclasses = reclasses,
            Lates = await db.CaseLates.AsNoTracking().Where(l => l.CaseId == id).OrderBy(l => l.At).ToListAsync(ct),
            Messages = messages,
            Units = units,
            StagesEntered = StagesOf(journal),
            Pauses = pauses,
            Policy = policy,
            Time = CaseTime.Of(serviceCase, tasks, journal, units, now, policy.Hours, deadlines.Calendar),
            Companion = await db.CompanionSteps.AsNoTracking().Where(s => s.CaseId == id).OrderBy(s => s.Number).ToListAsync(ct),
            FirstFeedbackAt = journal.FirstOrDefault(e => FirstFeedback.Kinds.Contains(e.Kind))?.At,
            FirstFeedbackBy = FirstFeedback.By(serviceCase, deadlines.Calendar, policy.Hours),
            UsedWorkingDays = serviceCase.Clock is ClockState.Off ? 0 : deadlines.Calendar.Elapsed(serviceCase.AcceptedOn, ended, pauses),
        };
    }

    /// <summary>A task asked of a person by name bears a login until that person takes it.</summary>
    private static BallHolder Named(BallHolder ball, Dictionary<string, (string Name, string UnitCode)> staff) =>
        ball.Kind is BallKind.Staff && ball.Name == ball.Login && staff.TryGetValue(ball.Name, out var person) ? ball with { Name = person.Name } : ball;

    private static Dictionary<CaseStage, DateTimeOffset> StagesOf(List<CaseJournalEntry> journal)
    {
        var entered = new Dictionary<CaseStage, DateTimeOffset>();
        foreach (var entry in journal.Where(e => e.Kind == JournalKinds.StageEntered))
        {
            using var facts = System.Text.Json.JsonDocument.Parse(entry.Facts);
            if (facts.RootElement.TryGetProperty("stage", out var word) && Enum.TryParse<CaseStage>(word.GetString(), out var stage)) entered.TryAdd(stage, entry.At);
        }

        return entered;
    }
}
