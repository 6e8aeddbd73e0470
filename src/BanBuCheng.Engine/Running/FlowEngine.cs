using System.Text.Json.Nodes;
using BanBuCheng.Engine.Documents;
using BanBuCheng.Engine.Expressions;

namespace BanBuCheng.Engine.Running;

/// <summary>
/// Everything that can happen to flows, over one store and therefore in one step: start, wake, fire, publish, cancel, and the life of
/// definitions. What follows inside (events a flow publishes, children, a parent woken by its child) is settled before a call returns.
/// </summary>
public sealed partial class FlowEngine(FlowHost host, IFlowStore store, IServiceProvider services)
{
    private readonly FlowHost _host = host;
    private readonly IFlowStore _store = store;
    private readonly IServiceProvider _services = services;

    /// <summary>Starts an instance by hand; null when the activation strategy refused.</summary>
    /// <exception cref="FlowNotFoundException">There is no such version.</exception>
    public async ValueTask<FlowInstance?> StartAsync(StartRequest request, CancellationToken ct)
    {
        var definition = (request.Version is { } version ? await _store.VersionAsync(request.DefinitionId, version, ct) : await _store.PublishedAsync(request.DefinitionId, ct))
            ?? throw new FlowNotFoundException(request.DefinitionId);
        var instance = await BeginAsync(definition, new Beginning(request.CorrelationId, request.Input) { Name = request.Name, ParentId = request.ParentId }, true, ct);
        await SettleAsync(ct);
        return instance;
    }

    /// <summary>Wakes one wait; false when it is gone.</summary>
    public async ValueTask<bool> WakeAsync(Guid waitId, JsonObject? input, CancellationToken ct)
    {
        var woken = await _store.WaitAsync(waitId, ct) is { } wait && await ResumeAsync(wait, input, false, 0, ct);
        await SettleAsync(ct);
        return woken;
    }

    /// <summary>Fires a timer wait if it is there and due.</summary>
    public async ValueTask<bool> FireTimerAsync(Guid waitId, CancellationToken ct)
    {
        if (await _store.WaitAsync(waitId, ct) is not { DueAt: { } due } wait || due > _host.Clock.GetUtcNow() || !await ResumeAsync(wait, null, true, 0, ct))
        {
            await SettleAsync(ct);
            return false;
        }

        await SettleAsync(ct);
        FlowMeter.Fired(due, _host.Clock.GetUtcNow());
        return true;
    }

    /// <summary>Fires a timer trigger if it is there and due, and sets its next due time.</summary>
    public async ValueTask<bool> FireTriggerAsync(Guid triggerId, CancellationToken ct)
    {
        var now = _host.Clock.GetUtcNow();
        if (await _store.TriggerAsync(triggerId, ct) is not { DueAt: { } due } trigger || due > now) return false;
        _store.MoveTrigger(triggerId, NextDue(trigger, due, now));
        if (await _store.VersionAsync(trigger.DefinitionVersionId, ct) is not { } definition) return false;
        await BeginAsync(definition, new Beginning(null, null) { Trigger = trigger }, false, ct);
        await SettleAsync(ct);
        FlowMeter.Fired(due, now);
        return true;
    }

    /// <summary>Publishes an event; returns how many instances were started or woken.</summary>
    public async ValueTask<int> PublishEventAsync(
        string eventName, string? correlationId, JsonNode? payload, DateTimeOffset? keepUntil, CancellationToken ct)
    {
        var heard = await PublishAsync(new Publication(eventName, correlationId, null, payload, keepUntil, 0), ct);
        await SettleAsync(ct);
        return heard;
    }

    /// <summary>Moves a timer; false when the wait is gone.</summary>
    public async ValueTask<bool> RescheduleAsync(Guid waitId, DateTimeOffset dueAt, CancellationToken ct)
    {
        if (await _store.WaitAsync(waitId, ct) is null) return false;
        _store.Reschedule(waitId, dueAt.ToUniversalTime());
        return true;
    }

    public async ValueTask<bool> CancelAsync(Guid instanceId, string reason, CancellationToken ct)
    {
        if (await BurstOfAsync(instanceId, 0, ct) is not { } burst) return false;
        await burst.CancelInstanceAsync(reason, ct);
        await SettleAsync(ct);
        return true;
    }

    /// <param name="spares">Documents whose instances go on all the same; null spares none.</param>
    public async ValueTask<int> CancelCorrelatedAsync(string correlationId, Guid? except, string reason, CancellationToken ct, Func<FlowDocument, bool>? spares = null)
    {
        var cancelled = 0;
        foreach (var instance in await _store.RunningOfCorrelationAsync(correlationId, ct))
            if (instance != except && !await IsSparedAsync(instance, spares, ct) && await CancelAsync(instance, reason, ct)) cancelled++;
        return cancelled;
    }

    private async ValueTask<bool> IsSparedAsync(Guid instanceId, Func<FlowDocument, bool>? spares, CancellationToken ct) =>
        spares is not null && await _store.LoadAsync(instanceId, ct) is { } instance && await FlowOfAsync(instance, ct) is { } flow && spares(flow.Document);

    /// <summary>Runs a faulted execution again; false when it is not there any more.</summary>
    /// <param name="remark">Who wants it and why; for the journal.</param>
    public async ValueTask<bool> RetryAsync(Guid instanceId, int execution, CancellationToken ct, string? remark = null)
    {
        var done = await BurstOfAsync(instanceId, 0, ct) is { } burst && await burst.RetryAsync(execution, remark, ct);
        await SettleAsync(ct);
        return done;
    }

    /// <summary>A flowchart that stopped as a whole goes on at one of its activities; false when nothing of the kind is there.</summary>
    public async ValueTask<bool> GoOnAtAsync(Guid instanceId, int execution, string nodePath, CancellationToken ct, string? remark = null)
    {
        var done = await BurstOfAsync(instanceId, 0, ct) is { } burst && await burst.GoOnAtAsync(execution, nodePath, remark, ct);
        await SettleAsync(ct);
        return done;
    }

    /// <summary>Treats a faulted execution as finished with these outcomes (none = the default outcome).</summary>
    public async ValueTask<bool> SkipAsync(Guid instanceId, int execution, IReadOnlyList<string> outcomes, CancellationToken ct, string? remark = null)
    {
        var done = await BurstOfAsync(instanceId, 0, ct) is { } burst && await burst.SkipAsync(execution, outcomes, remark, ct);
        await SettleAsync(ct);
        return done;
    }

    /// <summary>Sets the variable of that name that a faulted execution sees; false when there is none, or nothing broke there.</summary>
    public async ValueTask<bool> RepairVariableAsync(Guid instanceId, int execution, string name, JsonNode? value, CancellationToken ct, string? remark = null) =>
        await BurstOfAsync(instanceId, 0, ct) is { } burst && burst.Repair(execution, name, Plain.FromJson(value), remark);

    /// <summary>Variables of the instance's workflow, by name; empty once its state was emptied.</summary>
    public async ValueTask<IReadOnlyDictionary<string, object?>> VariablesAsync(FlowInstance instance, CancellationToken ct)
    {
        var found = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (await FlowOfAsync(instance, ct) is not { } flow || InstanceState.Read(instance.State, flow).Root is not { } root) return found;
        var cells = root.ValueCells();
        for (var i = 0; i < cells.Length; i++) found[root.Node.Variables[i].Name] = cells[i];
        foreach (var variable in root.Dynamic ?? []) found[variable.Name] = variable.Value;
        return found;
    }

    // ── one instance ───────────────────────────────────────────────────────

    private sealed record Beginning(string? CorrelationId, JsonObject? Input)
    {
        public Guid? Id { get; init; }
        public string? Name { get; init; }
        public Guid? ParentId { get; init; }
        public string? ParentWaitName { get; init; }
        public int ParentExecution { get; init; }
        public FlowTrigger? Trigger { get; init; }
        public int Depth { get; init; }
    }

    private async ValueTask<FlowInstance?> BeginAsync(StoredDefinition definition, Beginning beginning, bool asksStrategy, CancellationToken ct)
    {
        var flow = await _host.Library.GetAsync(definition.VersionId, null, _store, ct)
            ?? throw new InvalidOperationException($"Expected a readable document in version '{definition.VersionId}', but it is damaged.");
        if (asksStrategy && !await MayStartAsync(flow.Document.Options.Activation, definition.DefinitionId, beginning.CorrelationId, ct)) return null;

        var now = _host.Clock.GetUtcNow();
        var instance = new FlowInstance
        {
            Id = beginning.Id ?? _host.NewId(), DefinitionId = definition.DefinitionId, DefinitionVersionId = definition.VersionId,
            DefinitionVersion = definition.Version, CorrelationId = beginning.CorrelationId, Name = beginning.Name, ParentId = beginning.ParentId,
            CreatedAt = now, UpdatedAt = now, SubStatus = FlowSubStatus.Pending,
        };
        _store.Add(instance);
        var state = new InstanceState { ParentWaitName = beginning.ParentWaitName, ParentExecution = beginning.ParentExecution };
        foreach (var (id, version) in flow.Unpinned) state.Pinned[id] = version;
        if (beginning.Input is { } given)
            foreach (var (name, value) in given)
            {
                var declared = flow.Document.Inputs.FirstOrDefault(i => i.Name == name);
                var plain = Plain.FromJson(value);
                state.Inputs[name] = declared is null ? plain : Conversion.To(plain, Expressions.ValueType.Of(declared.TypeName));
            }
        foreach (var declared in flow.Document.Inputs)
            if (declared.Default is { } otherwise && !state.Inputs.ContainsKey(declared.Name))
                state.Inputs[declared.Name] = Conversion.To(Plain.FromJson(otherwise), Expressions.ValueType.Of(declared.TypeName));
        var burst = new Burst(this, _host, _store, _services, flow, instance, state, beginning.Depth)
        {
            TriggerNode = beginning.Trigger is { } trigger ? Array.Find(flow.Nodes, n => n.Path == trigger.NodePath) : null,
            TriggerInput = beginning.Input,
        };
        FlowMeter.Began("start");
        await burst.StartAsync(ct);
        return instance;
    }

    private async ValueTask<bool> MayStartAsync(ActivationStrategy strategy, string definitionId, string? correlationId, CancellationToken ct) => strategy switch
    {
        ActivationStrategy.Singleton => !await _store.AnyRunningAsync(definitionId, null, ct),
        ActivationStrategy.CorrelatedSingleton => !await _store.AnyRunningAsync(definitionId, correlationId, ct),
        ActivationStrategy.Correlation => !await _store.AnyRunningAsync(null, correlationId, ct),
        _ => true,
    };

    private async ValueTask<bool> ResumeAsync(FlowWait wait, JsonObject? input, bool byTimer, int depth, CancellationToken ct)
    {
        if (await BurstOfAsync(wait.InstanceId, depth, ct) is not { } burst) return false;
        FlowMeter.Began(byTimer ? "timer" : "wake");
        return await burst.ResumeAsync(wait, input, byTimer, ct);
    }

    /// <summary>A burst over a running instance; null when it is not running any more.</summary>
    private async ValueTask<Burst?> BurstOfAsync(Guid instanceId, int depth, CancellationToken ct)
    {
        if (await _store.LoadAsync(instanceId, ct) is not { Status: FlowStatus.Running } instance) return null;
        var flow = await FlowOfAsync(instance, ct)
            ?? throw new InvalidOperationException($"Expected version '{instance.DefinitionVersionId}' of instance {instance.Id}, but it is gone.");
        return new Burst(this, _host, _store, _services, flow, instance, InstanceState.Read(instance.State, flow), depth);
    }

    private ValueTask<CompiledFlow?> FlowOfAsync(FlowInstance instance, CancellationToken ct) =>
        _host.Library.GetAsync(instance.DefinitionVersionId, InstanceState.ReadPins(instance.State), _store, ct);

    private DateTimeOffset? NextDue(FlowTrigger trigger, DateTimeOffset due, DateTimeOffset now)
    {
        // Ticks that were missed while nobody looked are not made up one by one.
        if (trigger.Interval is { } interval && interval > TimeSpan.Zero) return due + interval * (Math.Floor((now - due) / interval) + 1);
        return trigger.Cron is { } cron ? CronTimes.Next(cron, now, _host.Options.CronZone) : null;
    }
}
