using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Coordination;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Intake;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Sms;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Demo;

/// <summary>
/// Walks through the four weeks once, forward: at each hour somebody of the hall does the next thing of some case, through the same
/// steps as in the pages, and in between whatever was due happens. What to do next is read from the case's own rows, so a walk that was
/// cut off goes on where they stand.
/// </summary>
internal sealed partial class DemoWalk(IServiceProvider desk, MovableClock past, DateOnly anchor, DateTimeOffset end, ILogger log)
{
    private const int MostVisits = 60;
    private static readonly WorkingCalendar Calendar = WorkingCalendar.BuiltIn;
    private readonly StepDoor _door = desk.GetRequiredService<StepDoor>();
    private readonly IDueWork _due = desk.GetRequiredService<IDueWork>();
    private readonly Dictionary<int, int> _visits = [];
    private IReadOnlyList<Actor> _people = [];

    /// <param name="told">How many cases have come as far as they shall.</param>
    public async Task RunAsync(Func<int, Task> told, CancellationToken ct)
    {
        var queue = new PriorityQueue<DemoCase, DateTimeOffset>();
        foreach (var story in DemoStories.All) queue.Enqueue(story, AcceptedAt(story));
        queue.TryPeek(out _, out var first);
        await using (var scope = desk.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<DeskDb>();
            _people = [.. (await db.Staff.AsNoTracking().Where(s => s.Active).OrderBy(s => s.Login).ToListAsync(ct)).Select(StaffActors.Of)];
            var keys = DemoStories.All.Select(s => s.Key).ToList();
            var seeded = db.Cases.Where(c => keys.Contains(c.SubmissionKey)).Select(c => c.Id);
            var last = await db.CaseJournal.Where(e => seeded.Contains(e.CaseId)).OrderByDescending(e => e.At).Select(e => (DateTimeOffset?)e.At).FirstOrDefaultAsync(ct);
            past.MoveTo(last > first ? last.Value : first);
        }

        await WriteListAsync(ct);
        var finished = 0;
        while (queue.TryDequeue(out var story, out var at))
        {
            DateTimeOffset? next = null;
            if (at < end)
            {
                if (at > past.GetUtcNow()) await ClockWalk.ToAsync(past, _due, at, ct);
                next = await ActAsync(story, ct);
            }

            if (next is { } later && later < end) queue.Enqueue(story, later);
            else await told(++finished);
        }

        if (past.GetUtcNow() < end) await ClockWalk.ToAsync(past, _due, end, ct);
        await LastReportsAsync(ct);
    }

    /// <summary>派单目录: what the district settled before its hall opened.</summary>
    private async Task WriteListAsync(CancellationToken ct)
    {
        await using var scope = desk.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<DeskDb>().DispatchRules.AnyAsync(ct)) return;
        foreach (var (item, unit, basis) in new[]
        {
            ("不动产登记", "HOUSING", "区职责清单住建局第十二项；户口对不上的，公安、民政协助核。"), ("占道施工审批", "URBAN", "区职责清单城管局第三项。"), ("诊所设立登记", "HEALTH", "区职责清单卫健局第六项。"),
        })
            await _door.SendAsync(new SetDispatchRule(item, unit, basis, null), Person("wenjingzhi"), ct);
    }

    /// <summary>Reminders and apologies that went out while nobody touched the case.</summary>
    private async Task LastReportsAsync(CancellationToken ct)
    {
        await using var scope = desk.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeskDb>();
        foreach (var story in DemoStories.All)
        {
            if (await db.Cases.AsNoTracking().FirstOrDefaultAsync(c => c.SubmissionKey == story.Key, ct) is { } serviceCase) await ReportAsync(db, story, serviceCase.Id, ct);
        }
    }

    /// <summary>Does the case's next thing; null when it has come as far as it shall.</summary>
    private async Task<DateTimeOffset?> ActAsync(DemoCase story, CancellationToken ct)
    {
        await using var scope = desk.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DeskDb>();
        var serviceCase = await db.Cases.AsNoTracking().FirstOrDefaultAsync(c => c.SubmissionKey == story.Key, ct);
        if (serviceCase is null)
        {
            await _door.SendAsync(new AcceptCase(story.Key, FormOf(story)), Person(story.Index % 3 == 0 ? "hewenjing" : "duanxiaohe"), ct);
            return past.GetUtcNow().AddMinutes(4);
        }

        var visit = _visits[story.Index] = _visits.GetValueOrDefault(story.Index) + 1;
        if (visit > MostVisits) return null;
        await ReportAsync(db, story, serviceCase.Id, ct);
        serviceCase = await db.Cases.AsNoTracking().SingleAsync(c => c.Id == serviceCase.Id, ct);
        var tasks = await db.InboxTasks.AsNoTracking().Where(t => t.CaseId == serviceCase.Id && t.State == TaskState.Open && t.Purpose != TaskPurpose.Beside).OrderBy(t => t.OpenedAt).ThenBy(t => t.Id).ToListAsync(ct);
        if (serviceCase.State is CaseState.Closed || HasArrived(story, serviceCase, tasks)) return null;

        try
        {
            if (await AskedFromTheSideAsync(db, story, serviceCase, tasks, ct)) return past.GetUtcNow().AddMinutes(30);
            var task = tasks.FirstOrDefault(t => story.End is not DemoEnd.AtDepartment || t.Purpose is not TaskPurpose.Department || t.AssignedUnit != story.Lead);
            if (task is null) return Tomorrow(story);
            await CompleteAsync(db, story, task, ct);
            await TakeOnAsync(db, story, serviceCase.Id, ct);
            return Next(story);
        }
        catch (RefusedException refused)
        {
            LeftThere(log, story.Index, refused.Code);
        }
        catch (FormRejectedException rejected)
        {
            LeftThere(log, story.Index, string.Join("；", rejected.Faults.Select(f => $"{f.Key}：{f.Value}")));
        }

        return null;
    }

    private static bool HasArrived(DemoCase story, ServiceCase serviceCase, List<InboxTask> tasks) => story.End switch
    {
        DemoEnd.AtTriage => true,
        DemoEnd.AtDepartment => tasks.Count > 0 && tasks.All(t => t.Purpose is TaskPurpose.Department && t.AssignedUnit == story.Lead),
        DemoEnd.AtReply => serviceCase.Stage is CaseStage.Reply && tasks.Count > 0,
        DemoEnd.AtDelivery => tasks.Any(t => t.Purpose is TaskPurpose.TellByPhone),
        DemoEnd.AtVisit => tasks.Any(t => t.Purpose is TaskPurpose.Visit),
        DemoEnd.Paused => serviceCase.Clock is ClockState.Paused,
        DemoEnd.Extended => serviceCase.ExtendedBy > 0,
        DemoEnd.AtCommittee => serviceCase.Stage is CaseStage.Committee,
        _ => false,
    };

    /// <summary>What the carrier says about this case's messages: delivered, but for the telephones that are off and the reply nobody has yet.</summary>
    private async Task ReportAsync(DeskDb db, DemoCase story, CaseId id, CancellationToken ct)
    {
        var replies = await db.CaseNotices.AsNoTracking().Where(n => n.CaseId == id && n.Kind == Desk.Notices.NoticeKind.Reply && n.SmsId != null).Select(n => n.SmsId!.Value).ToListAsync(ct);
        foreach (var sms in await db.OutgoingSms.AsNoTracking().Where(s => s.CaseId == id && s.State == SmsState.HandedOver).OrderBy(s => s.QueuedAt).ToListAsync(ct))
        {
            var isReply = replies.Contains(sms.Id);
            if (isReply && story.End is DemoEnd.AtDelivery && !story.PhoneIsOff) continue;
            var off = isReply && story.PhoneIsOff;
            await _door.SendAsync(new RecordSmsReport(sms.Id, !off, off ? "停机" : "DELIVRD"), Actor.Gateway, ct);
        }
    }

    private async Task<bool> AskedFromTheSideAsync(DeskDb db, DemoCase story, ServiceCase serviceCase, List<InboxTask> tasks, CancellationToken ct)
    {
        if (story.End is not (DemoEnd.Paused or DemoEnd.Extended) || serviceCase.Clock is not ClockState.Running || !tasks.Any(t => t.Purpose is TaskPurpose.Department)) return false;
        if (await db.CaseJournal.AnyAsync(e => e.CaseId == serviceCase.Id && e.Kind == JournalKinds.SideFlowStarted, ct)) return false;
        var (name, payload) = story.End is DemoEnd.Paused
            ? (CaseEvents.PauseRequested, new JsonObject { ["reasonCode"] = "SUPPLEMENT", ["maxWorkingDays"] = 10, ["reason"] = "等群众补转移联系单" })
            : (CaseEvents.ExtensionRequested, new JsonObject { ["reasonCode"] = "FACT_FINDING", ["workingDays"] = 5, ["explanation"] = "三家登记不一致，要逐份核实" });
        await _door.SendAsync(new StartSideFlow(serviceCase.Id, name, payload), Person("wenjingzhi"), ct);
        return true;
    }

    /// <summary>Who will do the next thing takes it on at once, so that a demo day is not full of reminders; where the story ends, it lies there for the visitor.</summary>
    private async Task TakeOnAsync(DeskDb db, DemoCase story, CaseId id, CancellationToken ct)
    {
        var serviceCase = await db.Cases.AsNoTracking().SingleAsync(c => c.Id == id, ct);
        var tasks = await db.InboxTasks.AsNoTracking().Where(t => t.CaseId == id && t.State == TaskState.Open && t.Purpose != TaskPurpose.Beside).ToListAsync(ct);
        if (serviceCase.State is CaseState.Closed || HasArrived(story, serviceCase, tasks)) return;
        foreach (var task in tasks.Where(t => t.HolderLogin is null && !(story.End is DemoEnd.AtDepartment && t.AssignedUnit == story.Lead)))
            if (DoerOf(task) is { } person) await _door.SendAsync(new ClaimTask(task.Id), person, ct);
    }

    private Actor? DoerOf(InboxTask task) => _people.FirstOrDefault(p => !task.Excludes(p.Login) && (task.HolderLogin ?? task.AssignedPerson) is { } login
        ? p.Login == login
        : !task.Excludes(p.Login) && ((task.AssignedUnit is not null && p.UnitCode == task.AssignedUnit) || (task.AssignedRole is not null && p.Is(task.AssignedRole))));

    private async Task CompleteAsync(DeskDb db, DemoCase story, InboxTask task, CancellationToken ct)
    {
        var schema = task.FormHash is { } hash ? await db.TaskForms.AsNoTracking().Where(f => f.Hash == hash).Select(f => f.Schema).SingleAsync(ct) : null;
        var outcome = DemoAnswers.OutcomeOf(story, task.Outcomes);
        var person = DoerOf(task) ?? throw new RefusedException("task.not-for-you");
        await _door.SendAsync(new CompleteTask(task.Id, outcome, DemoAnswers.Fill(story, outcome, schema, task.AssignedUnit == story.Lead, past.Today())), person, ct);
    }

    private Actor Person(string login) => _people.First(p => p.Login == login);

    private DateTimeOffset AcceptedAt(DemoCase story)
    {
        var planned = ShanghaiTime.At(Calendar.AddWorkingDays(anchor, -story.DaysAgo), new TimeOnly(9, 10).AddMinutes(story.Index * 37 % 380));
        return planned < end ? planned : end.AddMinutes(-10);
    }

    /// <summary>Simple matters go on the same day, others on the next.</summary>
    private DateTimeOffset Next(DemoCase story)
    {
        var soon = past.GetUtcNow().AddMinutes(story.Difficulty is Difficulty.Simple ? 100 : 220);
        var local = TimeZoneInfo.ConvertTime(soon, ShanghaiTime.Zone);
        return Calendar.Counts(ShanghaiTime.DayOf(soon)) && local.Hour is >= 9 and < 17 ? soon : Tomorrow(story);
    }

    private DateTimeOffset Tomorrow(DemoCase story) =>
        ShanghaiTime.At(Calendar.NextWorkingDay(past.Today()), new TimeOnly(9, 20).AddMinutes(story.Index * 17 % 300));

    private IntakeForm FormOf(DemoCase story) => new()
    {
        Subject = story.Subject,
        Story = story.Story,
        OriginalItem = story.Item,
        VisitsBefore = story.Visits,
        ApplicantKind = story.Kind,
        ApplicantName = story.Name,
        Phone = story.Phone,
        CareFlags = story.Care,
        Channel = story.Channel,
        NeededBy = story.NeededAfter is { } days ? Calendar.AddWorkingDays(past.Today(), days) : null,
        NeededByReason = story.NeededReason,
        Difficulty = story.Difficulty,
    };

    [LoggerMessage(EventId = 8101, Level = LogLevel.Warning, Message = "Demo case {Index} was left where it is: {Reason}")]
    private static partial void LeftThere(ILogger log, int index, string reason);
}
