using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using BanBuCheng.Engine.Expressions;

namespace BanBuCheng.Engine.Running;

/// <summary>
/// One burst of one instance: from "something is to be done" until its queue is empty. Executes work items first in, first out, on one
/// thread; what concerns others (events, children, the parent) is handed to the engine, which settles it afterwards.
/// </summary>
internal sealed partial class Burst
{
    private readonly FlowEngine _engine;
    private readonly FlowHost _host;
    private readonly IFlowStore _store;
    /// <summary>The journal of the last burst on this thread, empty: what a store wants to keep of it, it has rendered or copied.</summary>
    [ThreadStatic] private static List<JournalEntry>? _spareJournal;

    private readonly List<JournalEntry> _journal;
    private readonly List<WorkItem> _queue = [];
    private readonly List<FlowWait> _newWaits = [];
    private readonly Stack<List<FlowchartEvent>> _events = new();
    private int _head;
    private int _executed;
    private bool _hasFaulted;
    private bool _isFinishedAtOnce;
    private bool _isRootCompleted;
    private bool _isCancelled;

    // What the activity that runs right now asked for beyond its answer.
    private bool _breakAsked;
    private IReadOnlyList<string>? _completeAsked;

    public Burst(FlowEngine engine, FlowHost host, IFlowStore store, IServiceProvider services, CompiledFlow flow, FlowInstance instance, InstanceState state, int depth)
    {
        _engine = engine;
        _host = host;
        _store = store;
        Services = services;
        Flow = flow;
        Instance = instance;
        State = state;
        Depth = depth;
        Now = host.Clock.GetUtcNow();
        Scripts = new ScriptSession(host.Options.Scripts, host.Clock);
        _journal = _spareJournal ?? new List<JournalEntry>(32);
        _spareJournal = null;
    }

    public IServiceProvider Services { get; }
    public CompiledFlow Flow { get; }
    public FlowInstance Instance { get; }
    public InstanceState State { get; }
    public DateTimeOffset Now { get; }
    public ScriptSession Scripts { get; }

    /// <summary>How many instances started one another to get here.</summary>
    public int Depth { get; }

    public bool UsesTokens => _host.Options.TokenMode;

    public bool LetsQueuedStepsRun => _host.Options.LetsQueuedStepsRun;

    public TimeZoneInfo CronZone => _host.Options.CronZone;

    /// <summary>The trigger activity that started the instance, during its first burst.</summary>
    public Node? TriggerNode { get; set; }

    /// <summary>What the trigger's stimulus brought.</summary>
    public JsonObject? TriggerInput { get; set; }

    private bool ContinuesWithIncidents => Flow.Document.Options.ContinueWithIncidents ?? _host.Options.ContinueWithIncidents;

    // ── scheduling ─────────────────────────────────────────────────────────

    public void Schedule(Node node, Execution? owner, bool backward = false, List<DynamicVariable>? variables = null)
    {
        _queue.Add(new WorkItem(node, owner) { EntersBackward = backward, Variables = variables });
        if (owner is not null) owner.Queued++;
    }

    public IEnumerable<WorkItem> QueuedOf(Execution owner)
    {
        for (var i = _head; i < _queue.Count; i++)
            if (!_queue[i].IsWithdrawn && ReferenceEquals(_queue[i].Owner, owner)) yield return _queue[i];
    }

    public static void Withdraw(WorkItem item)
    {
        if (item.IsWithdrawn) return;
        item.IsWithdrawn = true;
        if (item.Owner is { } owner) owner.Queued--;
    }

    private async ValueTask DrainAsync(CancellationToken ct)
    {
        while (_head < _queue.Count)
        {
            var item = _queue[_head++];
            if (_head == _queue.Count)
            {
                _queue.Clear();
                _head = 0;
            }
            else if (_head > 4_096)
            {
                _queue.RemoveRange(0, _head);
                _head = 0;
            }
            if (item.IsWithdrawn) continue;
            if (item.Owner is { } owner) owner.Queued--;
            ct.ThrowIfCancellationRequested();
            await ExecuteAsync(item, ct);
            if (_isFinishedAtOnce || _isCancelled) return;
        }
    }

    // ── one work item ──────────────────────────────────────────────────────

    private async ValueTask ExecuteAsync(WorkItem item, CancellationToken ct)
    {
        var e = item.Existing ?? new Execution(++State.LastNumber, item.Node, item.Owner) { EnteredBackward = item.EntersBackward, Dynamic = item.Variables };
        if (item.Existing is null) item.Owner?.Children.Add(e);
        if (item.Owner is null && item.Existing is null) State.Root = e;
        if (e.Node.CountsRounds) State.Rounds[e.Node.Position] = State.Rounds.GetValueOrDefault(e.Node.Position) + 1;
        Journal(JournalKind.Started, e, null);
        try
        {
            if (++_executed > _host.Options.MaxExecutionsPerBurst)
                throw new InvalidOperationException($"Expected the burst to end, but it ran {_host.Options.MaxExecutionsPerBurst} activities without waiting.");
            if (e.Node.Broken is { } reason) throw new InvalidOperationException(reason);
            await EvaluateAllAsync(e, ct);
            if (e.Node.Rule is { } rule) await rule.StartAsync(this, e, ct);
            else await RunActivityAsync(e, null, ct);
        }
        catch (Exception error) when (IsIncident(error))
        {
            Fault(e, error);
        }
    }

    private async ValueTask RunActivityAsync(Execution e, WakeUp? wakeUp, CancellationToken ct)
    {
        if (e.Node.Type == "Elsa.FlowJoin" && e.Owner is { } flowchart) await FlowchartRule.JoinRunsAsync(this, flowchart, e, ct);
        _breakAsked = false;
        _completeAsked = null;
        var activity = e.Node.Descriptor!.Create(Services);
        var context = new StepContext(this, e);
        if (wakeUp is null && ReferenceEquals(e.Node, TriggerNode))
        {
            TriggerNode = null;
            wakeUp = new WakeUp(Guid.Empty, e.Node.Type, null, false, TriggerInput ?? []);
        }
        var answering = wakeUp is null ? activity.ExecuteAsync(context, ct) : activity.ResumeAsync(context, wakeUp, ct);
        var answer = answering.IsCompletedSuccessfully ? answering.Result : await answering;
        switch (answer)
        {
            case Answer.Finished finished:
                if (_completeAsked is { } outcomes) await CompleteWorkflowOfAsync(e, outcomes, ct);
                else
                {
                    if (_breakAsked) MarkBreaking(e);
                    await CompleteAsync(e, finished.Outcomes, ct);
                }
                break;
            case Answer.Parked parked:
                foreach (var wait in parked.Waits) AddWait(e, wait);
                break;
            case Answer.FlowFinished: await FinishAtOnceAsync(e, ct); break;
            default: throw new InvalidOperationException($"Expected '{e.Node.Type}' to answer, but it gave {answer}.");
        }
    }

    private bool IsIncident(Exception error) => error is not OperationCanceledException && !_host.Options.MustEscape(error);

    // ── completion, cancellation, fault ────────────────────────────────────

    public async ValueTask CompleteAsync(Execution e, IReadOnlyList<string> outcomes, CancellationToken ct)
    {
        if (e.Status != ExecutionStatus.Running) return;
        await WithdrawBelowAsync(e, LetsQueuedStepsRun, ct);
        e.Status = ExecutionStatus.Completed;
        Journal(JournalKind.Completed, e, outcomes.Count == 0 ? null : string.Join(',', outcomes));
        RemoveWaits(e);
        e.Owner?.Children.Remove(e);
        if (e.Node.Workflow is { } workflow && e.Owner is not null && e.Outputs is { } results)
            foreach (var slot in e.Node.Outputs)
                if (results.TryGetValue(slot.Name, out var value)) SetOutput(e, slot.Name, value);
        if (e.Owner is not { } owner)
        {
            _isRootCompleted = true;
            return;
        }
        if (owner.Status != ExecutionStatus.Running) return;
        try
        {
            await owner.Node.Rule!.ChildCompletedAsync(this, owner, e, outcomes, ct);
        }
        catch (Exception error) when (IsIncident(error))
        {
            // What should follow failed (an invalid way back, a loop's condition). The child is the incident: its owner still runs, so
            // an operator can retry or skip it there.
            Fault(e, error);
        }
    }

    /// <summary>Withdraws an execution with everything below it. Nobody is told: who cancels knows what must follow.</summary>
    public async ValueTask CancelAsync(Execution e, CancellationToken ct)
    {
        if (e.Status is ExecutionStatus.Completed or ExecutionStatus.Canceled) return;
        await WithdrawBelowAsync(e, false, ct);
        RemoveWaits(e);
        e.Owner?.Children.Remove(e);
        var hadFaulted = e.Status == ExecutionStatus.Faulted;
        e.Status = ExecutionStatus.Canceled;
        Journal(JournalKind.Cancelled, e, null);
        if (hadFaulted)
        {
            ResolveIncidents(e.Number, "withdrawn");
            return;
        }
        if (e.Node.Rule is null && e.Node.Descriptor is { } descriptor) await descriptor.Create(Services).CancelAsync(new StepContext(this, e), ct);
    }

    /// <summary>A container that ends takes back what it queued and started; dead paths do not start anything in it any more.</summary>
    private async ValueTask WithdrawBelowAsync(Execution e, bool keepsQueued, CancellationToken ct)
    {
        if (e.Queued > 0 && !keepsQueued)
            for (var i = _head; i < _queue.Count; i++)
                if (ReferenceEquals(_queue[i].Owner, e)) Withdraw(_queue[i]);
        while (e.Children.Count > 0) await CancelAsync(e.Children[0], ct);
    }

    private void Fault(Execution e, Exception error)
    {
        var cause = error;
        e.Status = ExecutionStatus.Faulted;
        // It had completed, and what follows from that failed: it is the one to retry or skip.
        if (e.Owner is { } owner && !owner.Children.Contains(e)) owner.Children.Add(e);
        RemoveWaits(e);
        foreach (var item in QueuedOf(e).ToList()) Withdraw(item);
        Journal(JournalKind.Faulted, e, cause.Message);
        _store.Add(new FlowIncident(_host.NewId(), Instance.Id, e.Node.Id, e.Node.Path, e.Number, (cause.InnerException ?? cause).GetType().FullName!,
            cause.Message, cause.InnerException is { } inner ? $"{inner.Message}\n{cause}" : cause.ToString(), Now));
        Instance.OpenIncidents++;
        if (!ContinuesWithIncidents) _hasFaulted = true;
    }

    private void ResolveIncidents(int? execution, string how)
    {
        _store.ResolveIncidents(Instance.Id, execution, how);
        Instance.OpenIncidents = execution is null ? 0 : Math.Max(0, Instance.OpenIncidents - 1);
    }

    private async ValueTask FinishAtOnceAsync(Execution e, CancellationToken ct)
    {
        e.Status = ExecutionStatus.Completed;
        Journal(JournalKind.Completed, e, null);
        RemoveWaits(e);
        e.Owner?.Children.Remove(e);
        _isFinishedAtOnce = true;
        await WithdrawAllAsync(ct);
    }

    private async ValueTask WithdrawAllAsync(CancellationToken ct)
    {
        for (var i = _head; i < _queue.Count; i++) Withdraw(_queue[i]);
        if (State.Root is { } root) await CancelAsync(root, ct);
    }

    // ── signals ────────────────────────────────────────────────────────────

    public void BreakNearestLoop() => _breakAsked = true;

    public void CompleteNearestWorkflow(IReadOnlyList<string> outcomes) => _completeAsked = outcomes;

    private static void MarkBreaking(Execution e)
    {
        for (var at = e.Owner; at is not null; at = at.Owner)
        {
            if (at.Node.Rule is { HearsBreak: true }) at.IsBreaking = true;
            if (at.Node.Rule is { IsLoop: true }) return;
        }
    }

    private async ValueTask CompleteWorkflowOfAsync(Execution e, IReadOnlyList<string> outcomes, CancellationToken ct)
    {
        e.Status = ExecutionStatus.Completed;
        Journal(JournalKind.Completed, e, string.Join(',', outcomes));
        RemoveWaits(e);
        e.Owner?.Children.Remove(e);
        await CompleteAsync(VariableLookup.NearestWorkflow(e), outcomes, ct);
    }

    public void Skipped(Node node) => _journal.Add(new JournalEntry(JournalKind.Skipped, node.Id, node.Path, node.Type, 0, null, Now));

    public List<FlowchartEvent> RentEvents() => _events.TryPop(out var list) ? list : [];

    public void ReturnEvents(List<FlowchartEvent> list)
    {
        list.Clear();
        _events.Push(list);
    }

    // ── waits ──────────────────────────────────────────────────────────────

    public void AddWait(Execution e, Wait wait)
    {
        // A step that was let run after its container had ended is in no state that could be woken.
        if (LetsQueuedStepsRun && !IsInside(e)) return;
        var id = wait.Id ?? _host.NewId();
        var payload = wait.Payload is { Count: > 0 } given ? Plain.JsonText(given) : null;
        var row = new FlowWait(id, Instance.Id, wait.Name, Hash(wait.Name, payload, wait.OnlyThisExecution ? $"{Instance.Id:N}/{e.Number}" : null), payload,
            e.Node.Id, e.Node.Path, e.Number, wait.DueAt?.ToUniversalTime(), wait.Tag, wait.Details is { Count: > 0 } details ? Plain.JsonText(details) : null, Now);
        _store.Add(row);
        _newWaits.Add(row);
        (e.Waits ??= []).Add(id);
        Journal(JournalKind.Waiting, e, wait.Name);
    }

    private static bool IsInside(Execution e)
    {
        for (var at = e.Owner; at is not null; at = at.Owner)
            if (at.Status != ExecutionStatus.Running) return false;
        return true;
    }

    private void RemoveWaits(Execution e)
    {
        if (e.Waits is not { Count: > 0 } waits) return;
        foreach (var wait in waits)
        {
            _store.RemoveWait(wait);
            _newWaits.RemoveAll(w => w.Id == wait);
        }
        e.Waits = null;
    }

    /// <summary>SHA-256 over name, payload and, for a wait that nobody outside may compute, the execution.</summary>
    public static string Hash(string name, string? payload, string? execution = null)
    {
        var text = execution is null ? $"{name}|{payload ?? "{}"}" : $"{name}|{payload ?? "{}"}|{execution}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private void Journal(JournalKind kind, Execution e, string? text) =>
        _journal.Add(new JournalEntry(kind, e.Node.Id, e.Node.Path, e.Node.Type, e.Number, text, Now));

    private void Journal(JournalKind kind, string? text) => _journal.Add(new JournalEntry(kind, "", "", "", 0, text, Now));

    public void WriteLine(Execution e, string line)
    {
        Journal(JournalKind.Line, e, line);
        _host.Options.Line(Instance.Id, line);
    }
}
