using BanBuCheng.Desk;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Sms;
using BanBuCheng.Desk.Sms.Gateways;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine;
using BanBuCheng.Engine.Activities;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Engine.Running;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BanBuCheng.Bench;

/// <summary>
/// The desk's own composition without the site: every step measured goes through the real door, the real lane, a pooled context and the
/// engine, exactly as a page's does.
/// </summary>
internal sealed class BenchDesk : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private BenchDesk(ServiceProvider services, TickingClock clock) => (_services, Clock) = (services, clock);

    public TickingClock Clock { get; }
    public StepDoor Door => _services.GetRequiredService<StepDoor>();
    public WriterLane Lane => _services.GetRequiredService<WriterLane>();
    public IServiceProvider Services => _services;

    /// <summary>Another node when the database was opened before.</summary>
    public static async Task<BenchDesk> OpenAsync(DatabaseProvider provider, string connection, TickingClock? clock = null, IEnumerable<string>? documents = null)
    {
        clock ??= new TickingClock();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddLogging();
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton<IBell, Silence>();
        services.AddSingleton<ISmsGateway, LogSmsGateway>();
        services.AddSingleton<IPasswordCheck, NoPasswords>();
        services.AddDesk(provider, connection, new byte[32]);
        services.AddSingleton(new ActivityCatalogue([.. BuiltIn.Descriptors, BenchWait.Descriptor]));
        services.AddScoped<NextWait>();
        services.AddScoped<IRequestHandler<Publish, int>, PublishHandler>();
        services.AddScoped<IRequestHandler<BenchStep, StepAnswer>, BenchStepHandler>();
        services.AddScoped<IRequestHandler<EmptyStep, int>, EmptyStepHandler>();
        var desk = new BenchDesk(services.BuildServiceProvider(), clock);
        await DatabaseUpgrade.RunAsync(desk._services, default);
        foreach (var document in documents ?? Workloads.All) await desk.Door.SendAsync(new Publish(document), Actor.Clock, default);
        return desk;
    }

    /// <summary>Starts an instance; answers its id and the wait it stopped at, if any.</summary>
    public Task<StepAnswer> StartAsync(string definition, int deskRows = 0)
    {
        Clock.Tick();
        return Door.SendAsync(new BenchStep(definition, default, deskRows), Actor.Clock, default);
    }

    public async Task<StepAnswer> WakeAsync(StepAnswer waiting, int deskRows = 0)
    {
        Clock.Tick();
        var answer = await Door.SendAsync(new BenchStep(null, waiting.Wait, deskRows), Actor.Clock, default);
        return answer.Worked ? answer with { Instance = waiting.Instance } : throw new InvalidOperationException("A wait was gone.");
    }

    /// <summary>A door, a scope, a lane, a transaction, and nothing in it.</summary>
    public Task EmptyAsync() => Door.SendAsync(new EmptyStep(), Actor.Clock, default);

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private sealed class Silence : IBell
    {
        public void Ring(DateTimeOffset dueAt) { }
    }

    private sealed class NoPasswords : IPasswordCheck
    {
        public bool Fits(string? hash, string password) => false;
        public string Hash(string password) => "";
    }
}

/// <summary>A millisecond passes with every step, so that ids sort as they do in life.</summary>
internal sealed class TickingClock : TimeProvider
{
    private long _ticks = new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.Zero).UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Volatile.Read(ref _ticks), TimeSpan.Zero);

    public void Tick() => Interlocked.Add(ref _ticks, TimeSpan.TicksPerMillisecond);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}

/// <param name="Wait">The wait the step stopped at.</param>
internal readonly record struct StepAnswer(bool Worked, Guid Instance, Guid Wait);

/// <summary>Carries the id of the wait that was opened from the activity to the step.</summary>
internal sealed class NextWait
{
    public Guid Id { get; set; }
}

/// <summary>Waits for a person, as a human task does: by an id the step knows.</summary>
internal sealed class BenchWait(NextWait next, TimeProvider clock) : IActivity
{
    public const string Type = "Bench.Wait";

    public static ActivityDescriptor Descriptor { get; } = new(Type, "等", "量")
    {
        Create = services => new BenchWait(services.GetRequiredService<NextWait>(), services.GetRequiredService<TimeProvider>()),
    };

    public ValueTask<Answer> ExecuteAsync(ActivityContext context, CancellationToken ct)
    {
        next.Id = Guid.CreateVersion7(clock.GetUtcNow());
        return new(new Answer.Parked(new Wait(Type) { Id = next.Id, OnlyThisExecution = true }));
    }
}

internal sealed record Publish(string Document) : IStep<int>;

internal sealed class PublishHandler(FlowHost host, DbFlowStore store, IServiceProvider services) : IRequestHandler<Publish, int>
{
    public async Task<int> Handle(Publish request, CancellationToken cancellationToken)
    {
        var engine = new FlowEngine(host, store, services);
        var draft = await engine.ImportDraftAsync(request.Document, cancellationToken);
        // A second node finds the same document there.
        if (await store.PublishedAsync(draft.DefinitionId, cancellationToken) is null) await engine.PublishAsync(draft.DefinitionId, cancellationToken);
        return 0;
    }
}

internal sealed record EmptyStep : IStep<int>;

internal sealed class EmptyStepHandler : IRequestHandler<EmptyStep, int>
{
    public Task<int> Handle(EmptyStep request, CancellationToken cancellationToken) => Task.FromResult(0);
}

/// <summary>Starts a definition or wakes a wait, and writes that many rows of the desk's beside it: a task, a message, a note, a notice.</summary>
internal sealed record BenchStep(string? Definition, Guid Wait, int DeskRows) : IStep<StepAnswer>
{
    /// <summary>Instead of a number of rows: the task that is answered is done, and the next one opened.</summary>
    public const int ATask = -1;
}

internal sealed class BenchStepHandler(DeskDb db, IFlows flows, NextWait next, StepScope step, TimeProvider clock, FieldCipher cipher) : IRequestHandler<BenchStep, StepAnswer>
{
    public async Task<StepAnswer> Handle(BenchStep request, CancellationToken cancellationToken)
    {
        var worked = true;
        Guid? instance = null;
        if (request.Definition is { } definition)
            instance = await flows.StartAsync(new FlowStart(definition) { CorrelationId = CaseId.Next(clock).ToString() }, cancellationToken);
        else
            worked = await flows.WakeAsync(request.Wait, null, cancellationToken);
        var (caseId, now) = (CaseId.Next(clock), step.Now);
        if (request.DeskRows == BenchStep.ATask)
        {
            if (request.Definition is null) (await db.InboxTasks.SingleAsync(t => t.Id == new TaskId(request.Wait), cancellationToken)).Complete(step.Actor, "同意", """{"opinion":"可以办。"}""", now);
            if (next.Id != default)
                db.InboxTasks.Add(InboxTask.Open(new TaskId(next.Id), new TaskRequest
                {
                    CaseId = caseId, InstanceId = instance ?? request.Wait, ActivityId = "w1", Title = "部门协同：提出办理意见", Outcomes = ["同意", "有争议"],
                    Assignee = Assignee.Parse("unit:MARKET")!.Value, WithinDays = 3, DueOn = new DateOnly(2026, 3, 5), DueAt = now.AddDays(3),
                }, now));
        }

        if (request.DeskRows > 0)
            db.InboxTasks.Add(InboxTask.Open(TaskId.Next(clock), new TaskRequest
            {
                CaseId = caseId, InstanceId = instance ?? request.Wait, ActivityId = "w1", Title = "部门协同：提出办理意见", Outcomes = ["同意", "有争议"],
                Assignee = Assignee.Parse("unit:MARKET")!.Value, WithinDays = 3, DueOn = new DateOnly(2026, 3, 5), DueAt = now.AddDays(3),
            }, now));
        if (request.DeskRows > 1)
            db.OutgoingSms.Add(OutgoingSms.Queue(SmsId.Next(clock), caseId, "receipt", cipher.Seal("10012345678"), "100****5678", cipher.Seal("{}"), now, now));
        if (request.DeskRows > 2) db.CaseNotes.Add(CaseNote.Write(Guid.CreateVersion7(now), caseId, "电话问过，明天上午带户口簿来。", step.Actor, now));
        if (request.DeskRows > 3) db.CaseNotices.Add(CaseNotice.Issue(Guid.CreateVersion7(now), caseId, NoticeKind.Reply, null, "凭户口簿内页就能办。", null, false, null, step.Actor, now));
        return new StepAnswer(worked, instance ?? default, next.Id);
    }
}
