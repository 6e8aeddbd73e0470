using System.Text.Json.Nodes;
using BanBuCheng.Engine.Expressions;

namespace BanBuCheng.Engine.Running;

// How a burst begins and ends.
internal sealed partial class Burst
{
    public async ValueTask StartAsync(CancellationToken ct)
    {
        Instance.SubStatus = FlowSubStatus.Executing;
        Journal(JournalKind.InstanceStarted, null);
        Schedule(Flow.Root, null);
        await DrainAsync(ct);
        Commit();
    }

    public async ValueTask<bool> ResumeAsync(FlowWait wait, JsonObject? input, bool byTimer, CancellationToken ct)
    {
        _store.RemoveWait(wait.Id);
        if (State.FindByWait(wait.Id) is not { Status: ExecutionStatus.Running } e) return false;
        e.Waits!.Remove(wait.Id);
        input ??= [];
        foreach (var (name, value) in input) State.Inputs[name] = Plain.FromJson(value);
        Journal(JournalKind.Resumed, e, wait.Name);
        await GoOnAsync(e, new WakeUp(wait.Id, wait.Name, wait.Tag, byTimer, input), ct);
        return true;
    }

    private async ValueTask GoOnAsync(Execution e, WakeUp wakeUp, CancellationToken ct)
    {
        try
        {
            await EvaluateAllAsync(e, ct);
            if (e.Node.Rule is { } rule) await rule.ResumeAsync(this, e, wakeUp, ct);
            else await RunActivityAsync(e, wakeUp, ct);
        }
        catch (Exception error) when (IsIncident(error))
        {
            Fault(e, error);
        }
        if (!_isFinishedAtOnce) await DrainAsync(ct);
        Commit();
    }

    /// <summary>A faulted execution once more, from its beginning.</summary>
    /// <param name="remark">Who wants it and why; for the journal.</param>
    public async ValueTask<bool> RetryAsync(int execution, string? remark, CancellationToken ct)
    {
        if (State.Find(execution) is not { Status: ExecutionStatus.Faulted } e) return false;
        ResolveIncidents(execution, "retried");
        while (e.Children.Count > 0) await CancelAsync(e.Children[0], ct);
        e.Status = ExecutionStatus.Running;
        e.Index = 0;
        e.Arrivals = null;
        e.Tokens = null;
        Journal(JournalKind.Retried, e, remark);
        _queue.Add(new WorkItem(e.Node, e.Owner) { Existing = e });
        if (e.Owner is { } owner) owner.Queued++;
        await DrainAsync(ct);
        Commit();
        return true;
    }

    /// <summary>
    /// A flowchart that stopped as a whole goes on at one of its activities, as if a way led back there: what was done stays done, and
    /// the counters of its joins stay as they are.
    /// </summary>
    /// <returns>False when it is no flowchart that stopped, or has no such activity that can be reached.</returns>
    public async ValueTask<bool> GoOnAtAsync(int execution, string nodePath, string? remark, CancellationToken ct)
    {
        if (State.Find(execution) is not { Status: ExecutionStatus.Faulted, Node.Flowchart: not null } e) return false;
        if (e.Node.Children.Find(n => n.Path == nodePath) is not { } node || !FlowchartRule.Reaches(e, node)) return false;
        ResolveIncidents(execution, "retried");
        e.Status = ExecutionStatus.Running;
        Journal(JournalKind.Retried, e, $"{node.Id}: {remark}");
        Schedule(node, e, backward: true);
        await DrainAsync(ct);
        Commit();
        return true;
    }

    /// <summary>A faulted execution counts as finished with these outcomes.</summary>
    public async ValueTask<bool> SkipAsync(int execution, IReadOnlyList<string> outcomes, string? remark, CancellationToken ct)
    {
        if (State.Find(execution) is not { Status: ExecutionStatus.Faulted } e) return false;
        ResolveIncidents(execution, "skipped");
        Journal(JournalKind.SkippedByHand, e, remark);
        e.Status = ExecutionStatus.Running;
        try
        {
            await CompleteAsync(e, outcomes, ct);
        }
        catch (Exception error) when (IsIncident(error))
        {
            Fault(e, error);
        }
        await DrainAsync(ct);
        Commit();
        return true;
    }

    /// <summary>Sets the nearest variable of that name, seen from a faulted execution; false when there is none in sight, or nothing broke there.</summary>
    public bool Repair(int execution, string name, object? value, string? remark)
    {
        if (State.Find(execution) is not { Status: ExecutionStatus.Faulted } e || !VariableLookup.TrySet(e, name, value)) return false;
        Journal(JournalKind.Repaired, e, remark is null ? name : $"{name}: {remark}");
        Commit();
        return true;
    }

    public async ValueTask CancelInstanceAsync(string reason, CancellationToken ct)
    {
        _isCancelled = true;
        await WithdrawAllAsync(ct);
        Journal(JournalKind.InstanceCancelled, reason);
        Commit();
    }

    private void Commit()
    {
        if (_host.Options.RaisesStuck && ContinuesWithIncidents && !_isCancelled && !_isFinishedAtOnce && !_isRootCompleted) RaiseWhenStuck();
        var ended = true;
        if (_isCancelled) Instance.SubStatus = FlowSubStatus.Cancelled;
        else if (_hasFaulted)
        {
            Instance.SubStatus = FlowSubStatus.Faulted;
            Journal(JournalKind.InstanceFaulted, null);
        }
        else if (_isFinishedAtOnce || _isRootCompleted)
        {
            Instance.SubStatus = FlowSubStatus.Finished;
            Journal(JournalKind.InstanceFinished, null);
        }
        else
        {
            Instance.SubStatus = FlowSubStatus.Suspended;
            ended = false;
        }
        Instance.Status = ended ? FlowStatus.Finished : FlowStatus.Running;
        Instance.UpdatedAt = Now;
        if (State.Root?.Outputs is { Count: > 0 } outputs) Instance.Outputs = Plain.JsonText(outputs);
        if (ended)
        {
            Instance.FinishedAt = Now;
            // A faulted instance shows what it was waiting for, as in Elsa; it cannot be woken any more.
            if (!_hasFaulted) _store.RemoveWaitsOf(Instance.Id);
            if (Instance.OpenIncidents > 0 && !_hasFaulted) ResolveIncidents(null, "ended");
        }
        Instance.State = !ended || _host.Options.KeepVariablesOfEnded ? State.Write(Flow, ended) : "{}";
        _store.Save(Instance);
        if (_journal.Count > 0)
        {
            _store.Log(Instance, Instance.JournalLength, _journal);
            Instance.JournalLength += _journal.Count;
        }
        _journal.Clear();
        if (_journal.Capacity <= 1024) _spareJournal = _journal;
        if (ended && State.ParentWaitName is { } parentWait) _engine.ChildEnded(Instance, parentWait, State.ParentExecution, Depth);
        if (ended) return;
        foreach (var wait in _newWaits)
            if (wait.Name == EventNames.Stimulus) _engine.EventWaitAppeared(wait, Depth);
    }

    /// <summary>Nobody and nothing is waited for, and nobody was told of a breakdown: whoever has the ball, it is not this instance.</summary>
    private void RaiseWhenStuck()
    {
        Execution? stopped = null;
        foreach (var e in State.Executions())
        {
            if (e.Waits is { Count: > 0 } || e.Status == ExecutionStatus.Faulted) return;
            if (e.Children.Count == 0) stopped ??= e;
        }
        if (stopped is not null) Fault(stopped, new StuckException());
    }

    // ── what concerns others ───────────────────────────────────────────────

    public void PublishEvent(string eventName, string? correlationId, bool onlyThisInstance, object? payload) =>
        _engine.PublishLater(eventName, correlationId, onlyThisInstance ? Instance.Id : null, Plain.ToJson(payload), Depth);

    public async ValueTask<ChildRun> ExecuteChildAsync(
        Execution e, string definitionId, string? correlationId, IDictionary<string, object?>? input, bool wait, CancellationToken ct)
    {
        var child = await _engine.RunChildAsync(definitionId, correlationId, Input(input), Instance.Id, wait ? e.Node.Type : null, e.Number, Depth, ct);
        return new ChildRun(child.Id, child.Status == FlowStatus.Running, new(StringComparer.Ordinal)
        {
            ["WorkflowDefinitionVersionId"] = child.DefinitionVersionId,
            ["WorkflowInstanceId"] = child.Id.ToString(),
            ["CorrelationId"] = child.CorrelationId,
            ["Status"] = child.Status.ToString(),
            ["SubStatus"] = child.SubStatus.ToString(),
            ["Output"] = child.Outputs is { } text && Plain.TryParse(text, out var outputs) ? outputs : new Dictionary<string, object?>(),
        });
    }

    public ValueTask<Guid> DispatchChildAsync(
        Execution e, string definitionId, string? correlationId, IDictionary<string, object?>? input, bool wait, CancellationToken ct) =>
        _engine.DispatchAsync(definitionId, correlationId, Input(input), Instance.Id, wait ? e.Node.Type : null, e.Number, Depth, ct);

    private JsonObject Input(IDictionary<string, object?>? input)
    {
        var json = Plain.ToJson(input) as JsonObject ?? [];
        json["ParentInstanceId"] = Instance.Id.ToString();
        return json;
    }

    /// <summary>For the index of triggers: what starts the flow at this activity, with no instance and defaults only.</summary>
    public async ValueTask<TriggerWish?> DescribeTriggerAsync(Node node, CancellationToken ct)
    {
        if (node.Descriptor?.Create(Services) is not ITrigger trigger) return null;
        var e = InsideItsContainers(node);
        await EvaluateAllAsync(e, ct);
        return await trigger.DescribeAsync(new StepContext(this, e), ct);
    }

    private static Execution InsideItsContainers(Node node) => new(1, node, node.Parent is { } parent ? InsideItsContainers(parent) : null);
}
