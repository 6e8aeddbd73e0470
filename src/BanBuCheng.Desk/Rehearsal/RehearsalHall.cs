using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Committee;
using BanBuCheng.Desk.Coordination;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Desk.Reply;
using BanBuCheng.Desk.Sms;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Desk.Triage;
using BanBuCheng.Engine;
using BanBuCheng.Engine.Expectations;
using BanBuCheng.Engine.Running;

namespace BanBuCheng.Desk.Rehearsal;

/// <summary>
/// 推演台 — a hall in memory on a virtual clock: the real engine, the real government activities, the real calendar, policy and texts, over
/// rooms that keep nothing. One hall belongs to one thread. Nothing it does is seen outside it.
/// </summary>
public sealed class RehearsalHall : IServiceProvider
{
    private readonly Dictionary<Type, object> _services;
    private readonly RehearsedCases _cases = new();
    private readonly RehearsedTasks _tasks;
    private readonly RehearsedSmsDesk _sms;
    private readonly RehearsedStep _step;
    private readonly RehearsedJournal _journal;
    private readonly FormRecorders _recorders;
    private readonly VirtualClock _clock;
    private FlowEngine _engine = null!;
    private EngineFlows _flows = null!;
    private int _serial;

    public RehearsalHall(RehearsalWorld world, VirtualClock clock)
    {
        World = world;
        _clock = clock;
        _step = new RehearsedStep(clock);
        _journal = new RehearsedJournal(_cases, _step);
        _tasks = new RehearsedTasks(world, _cases, _journal, _step, clock);
        _sms = new RehearsedSmsDesk(world, _cases, _step, _journal, clock);
        var deadlines = new RehearsedDeadlines(world);
        var takeOver = new TakeOverWatch(_tasks, deadlines, _step);
        var returns = new RehearsedReturns(world, _cases, _journal, _step);
        var receipts = new RehearsedReceipts(world, _cases);
        var solutions = new RehearsedSolutions(_cases);
        var reclasses = new RehearsedReclasses(_step);
        var lates = new RehearsedLates(world, _cases, _journal, _step, clock);
        // The desk's own, so that what a case's file forbids is forbidden here; a note and the register of bottlenecks forbid nothing.
        _recorders = new FormRecorders(
        [
            new JudgementRecorder(_journal, reclasses), new SupplementRecorder(new RehearsedSupplements(_cases), _journal, deadlines, _step), new ReturnRecorder(_journal, returns, deadlines, _step),
            new SolutionRecorder(solutions, _journal, _step, clock), new ChallengeRecorder(solutions, _journal, _step), new AdoptionRecorder(solutions, _journal, _step),
            new DocumentRecorder(receipts, _journal, _step, clock), new ReplyRecorder(solutions, receipts, new RehearsedItems(_cases), new RehearsedFellows(), _journal, _step), new LateReasonRecorder(lates), new RemainderRecorder(_journal, deadlines, _step),
            .. new[] { "Bottleneck", "Note", "Attendance", "BottleneckReview" }.Select(name => new NothingRecorded(name)),
        ]);
        _services = new Dictionary<Type, object>
        {
            [typeof(FlowCases)] = _cases,
            [typeof(CaseJournal)] = _journal,
            [typeof(CaseReclasses)] = reclasses,
            [typeof(CasePauses)] = new RehearsedPauses(_cases, clock),
            [typeof(DeadlineBook)] = deadlines,
            [typeof(TaskOpener)] = _tasks,
            [typeof(TakeOverWatch)] = takeOver,
            [typeof(LateBook)] = lates,
            [typeof(SmsDesk)] = _sms,
            [typeof(NoticeDesk)] = new RehearsedNotices(_cases, _sms, _tasks, takeOver, _journal, deadlines, _step, clock),
            [typeof(FilingReceipts)] = receipts,
            [typeof(CaseVisits)] = new RehearsedVisits(_step),
            [typeof(StaffTeller)] = new RehearsedTeller(_cases, _step),
            [typeof(UnitReturns)] = returns,
            [typeof(CommitteeAgenda)] = new RehearsedAgenda(clock),
            [typeof(StepScope)] = _step,
            [typeof(TimeProvider)] = clock,
        };
    }

    public RehearsalWorld World { get; }
    public DateTimeOffset Now => _clock.GetUtcNow();
    public IReadOnlyCollection<RehearsedCase> Cases => _cases.All;

    /// <summary>The values that expressions read of a case, the real ones.</summary>
    public static IReadOnlyList<IHostValues> Values { get; } = [new CaseHostValues(), new RegisterHostValues()];

    /// <summary>The desk's way of running: a fault is somebody's task, an event that started something has been heard.</summary>
    public static FlowOptions Options { get; } = new() { ContinueWithIncidents = true, CronZone = ShanghaiTime.Zone, KeepStimuliThatOnlyStarted = false };

    public object? GetService(Type serviceType) => _services.GetValueOrDefault(serviceType);

    /// <summary>The engine whose activities ask this hall.</summary>
    public void RunsOn(FlowEngine engine)
    {
        _engine = engine;
        _flows = new EngineFlows(engine);
    }

    public RehearsedCase Of(CaseId id) => _cases.Of(id);

    /// <summary>The form that a task asks for; null for a task without one.</summary>
    public ValueTask<FormCheck?> FormOfAsync(InboxTask task, CancellationToken ct) => _tasks.FormOfAsync(task, ct);

    /// <summary>Takes a case on; starts no flow.</summary>
    public RehearsedCase Accept(CaseSeed seed)
    {
        var today = ShanghaiTime.DayOf(Now);
        var clerk = World.People.FirstOrDefault(p => Offices.Roles.Intake.Any(p.Roles.Contains)) ?? new RehearsalPerson("window", "窗口", "", [Offices.Roles.HelpWindow]);
        var serviceCase = ServiceCase.Accept(CaseId.Next(_clock), CaseNumber.Make(today, (_serial++ % CaseNumber.MaxSerial) + 1), [], new CaseIntake
        {
            SubmissionKey = Guid.Empty,
            Subject = seed.Subject,
            Story = "",
            ApplicantKind = seed.ApplicantKind,
            ApplicantName = new SealedText([]),
            MaskedName = "推演",
            Phone = new SealedText([]),
            PhoneIndex = [],
            MaskedPhone = "",
            NeededBy = seed.NeededBy,
            Difficulty = seed.Difficulty,
            FirstContact = clerk.AsActor.StaffId!.Value,
            FirstContactName = clerk.Name,
            FirstContactPhone = World.Hall.Phone,
            WindowUnitCode = clerk.UnitCode,
        }, Now, today);
        var rehearsed = new RehearsedCase(serviceCase);
        _cases.Add(rehearsed);
        if (seed.Landline) _sms.IsLandline(serviceCase.Id);
        if (seed.Lead is { } lead) serviceCase.AssignUnits(lead, seed.Assisting);
        _journal.Write(serviceCase, JournalKinds.Accepted, ("difficulty", serviceCase.Difficulty));
        return rehearsed;
    }

    /// <returns>The instance; null when the activation strategy refused.</returns>
    public async ValueTask<Guid?> StartAsync(RehearsedCase rehearsed, string definitionId, JsonObject? input, CancellationToken ct)
    {
        var instance = await _engine.StartAsync(new StartRequest(definitionId) { CorrelationId = rehearsed.Case.Id.ToString(), Name = rehearsed.Case.Number, Input = input }, ct);
        await SettleAsync(ct);
        return instance?.Id;
    }

    /// <summary>Somebody who is asked finishes a task, as the desk would let them.</summary>
    /// <exception cref="RefusedException">The desk would refuse it.</exception>
    public async ValueTask CompleteAsync(InboxTask task, string outcome, JsonObject? answer, CancellationToken ct)
    {
        var who = WhoDoes(task) ?? throw new RefusedException("task.not-for-you");
        await ByAsync(who.AsActor, async () =>
        {
            var serviceCase = _cases.Of(task.CaseId).Case;
            if (await FormOfAsync(task, ct) is { } form)
            {
                answer ??= [];
                if (form.Faults(outcome, answer) is { Count: > 0 } faults) throw new FormRejectedException(faults);
                await RecordAsync(_cases.Of(task.CaseId), task, form, outcome, answer, ct);
                task.Complete(who.AsActor, outcome, answer.ToJsonString(), Now);
            }
            else
            {
                task.Complete(who.AsActor, outcome, null, Now);
            }

            _journal.Write(serviceCase, JournalKinds.TaskDone, ("task", task.Id), ("outcome", outcome));
            var input = new JsonObject { ["outcome"] = outcome, ["by"] = who.Name, ["answer"] = answer?.DeepClone() };
            if (!await _engine.WakeAsync(task.Id.Value, input, ct)) throw new RefusedException("task.withdrawn");
        }, ct);
    }

    /// <summary>No transaction rolls back in memory: what may refuse comes before what is done, and what was written by then is taken back.</summary>
    private async ValueTask RecordAsync(RehearsedCase rehearsed, InboxTask task, FormCheck form, string outcome, JsonObject answer, CancellationToken ct)
    {
        if (!task.Outcomes.Contains(outcome)) return; // the task itself refuses it
        var undo = rehearsed.Remember();
        try
        {
            await _recorders.RecordAsync(form, rehearsed.Case, outcome, answer, ct);
        }
        catch (RefusedException)
        {
            undo();
            throw;
        }
    }

    /// <summary>The first of those asked who may do it; null when nobody is left.</summary>
    public RehearsalPerson? WhoDoes(InboxTask task) => World.People.FirstOrDefault(p => task.IsOpenTo(p.AsActor));

    /// <summary>The gateway reports on a message; delivered, it delivers the notice that went with it.</summary>
    public ValueTask ReportAsync(RehearsedCase rehearsed, RehearsedSms sms, bool delivered, CancellationToken ct) => ByAsync(Actor.Gateway, async () =>
    {
        if (sms.Delivered == true) return;
        sms.Delivered = delivered;
        _journal.Write(rehearsed.Case, delivered ? JournalKinds.SmsDelivered : JournalKinds.SmsFailed, ("sms", sms.Id));
        if (delivered && rehearsed.Notices.Find(n => n.SmsId == sms.Id) is { } notice && notice.Deliver(DeliveryWay.SmsReport, null, null, Now)) await _engine.WakeAsync(notice.Id, [], ct);
    }, ct);

    /// <summary>Somebody records having told the citizen.</summary>
    /// <exception cref="RefusedException"><c>notice.nothing-to-tell</c></exception>
    public ValueTask TellAsync(RehearsedCase rehearsed, DeliveryWay way, CancellationToken ct) => ByAsync(Actor.Clock, async () =>
    {
        var notice = rehearsed.OpenNotice ?? throw new RefusedException("notice.nothing-to-tell");
        notice.Deliver(way, "推演", null, Now);
        await _engine.WakeAsync(notice.Id, [], ct);
    }, ct);

    /// <summary>从旁边 — somebody asks for an extension, a pause, a withdrawal, or says it was not solved.</summary>
    /// <exception cref="RefusedException"><c>case.closed</c>, <c>flow.nobody-listens</c></exception>
    public ValueTask AskAsideAsync(RehearsedCase rehearsed, string eventName, JsonNode? payload, CancellationToken ct) => ByAsync(Actor.Clock, async () =>
    {
        var serviceCase = rehearsed.Case;
        if (serviceCase.State is CaseState.Closed && eventName != CaseEvents.NotSolved) throw new RefusedException("case.closed");
        _journal.Write(serviceCase, JournalKinds.SideFlowStarted, ("event", eventName));
        if (await _engine.PublishEventAsync(eventName, serviceCase.Id.ToString(), payload, Now, ct) == 0) throw new RefusedException("flow.nobody-listens");
        if (eventName == CaseEvents.NotSolved && !serviceCase.ReplyOwed) serviceCase.ReopenAnswer();
    }, ct);

    /// <summary>What activities left to be done in the same step.</summary>
    public ValueTask SettleAsync(CancellationToken ct) => _step.SettleAsync(_flows, ct);

    private async ValueTask ByAsync(Actor actor, Func<ValueTask> act, CancellationToken ct)
    {
        _step.Actor = actor;
        try
        {
            await act();
            await SettleAsync(ct);
        }
        finally
        {
            _step.Actor = Actor.Clock;
        }
    }
}

/// <summary>What a rehearsed case begins with. Nobody's name, number or story: none is needed to walk a flow.</summary>
public sealed record CaseSeed
{
    public string Subject { get; init; } = "推演";
    public Difficulty Difficulty { get; init; }
    public ApplicantKind ApplicantKind { get; init; }
    public DateOnly? NeededBy { get; init; }

    /// <summary>Set where a flow begins after the judgement.</summary>
    public string? Lead { get; init; }
    public IReadOnlyList<string> Assisting { get; init; } = [];

    /// <summary>A number that can't receive SMS.</summary>
    public bool Landline { get; init; }
}
