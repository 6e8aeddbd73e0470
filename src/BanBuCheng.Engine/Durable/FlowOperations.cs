using System.Text.Json.Nodes;
using BanBuCheng.Engine.Expressions;
using BanBuCheng.Engine.Running;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Engine.Durable;

/// <summary>A breakdown with all an operator needs to settle it.</summary>
/// <param name="Outcomes">Ports by which a skip can leave; none = the default outcome only.</param>
/// <param name="Variables">What the broken execution sees, nearest first; the state's own, so it may hold what people typed.</param>
public sealed record FlowTrouble(FlowIncidentRow Incident, FlowInstanceRow Instance, string FlowName, FlowPlace Place, IReadOnlyList<string> Outcomes, IReadOnlyList<FlowVariable> Variables)
{
    /// <summary>
    /// A flowchart that stopped as a whole after it had begun: the steps at which it can go on, in the order of the drawing. Those it did, and
    /// those right behind one that it did. None otherwise; to retry it would then do over what was done.
    /// </summary>
    public IReadOnlyList<FlowPlace> Steps { get; init; } = [];

    /// <summary>Path of the step of <see cref="Steps"/> that it did last.</summary>
    public string? LastDone { get; init; }
}

/// <param name="Where">Caption of the container that has it; null for the flow itself.</param>
/// <param name="Json">The value as JSON text.</param>
public sealed record FlowVariable(string Name, string TypeName, string? Where, string Json);

/// <summary>
/// 运维 — what an operator may do with running flows, in the step of its scope like <see cref="IFlows"/>: nothing is written before
/// <see cref="IFlows.FlushAsync"/>. Every act writes its remark (who, why) into the instance's journal. Whose right it is and what a flow
/// must not skip is the host's to say, before it calls.
/// </summary>
/// <remarks>All acts are idempotent: what is settled already gives false (or <see cref="MoveFaultKind.NotThere"/>) and changes nothing.</remarks>
public sealed class FlowOperations
{
    private readonly DbContext _db;
    private readonly DbFlowStore _store;
    private readonly FlowHost _host;
    private readonly FlowEngine _engine;
    private readonly IFlowGate? _gate;

    internal FlowOperations(DbContext db, FlowHost host, DbFlowStore store, IServiceProvider services)
    {
        (_db, _store, _host) = (db, store, host);
        _engine = new FlowEngine(host, store, services);
        _gate = services.GetService(typeof(IFlowGate)) as IFlowGate;
    }

    // ── incidents ──────────────────────────────────────────────────────────

    /// <summary>An incident for a page: reads without locking. Null when there is none; settled ones are shown without variables.</summary>
    public async ValueTask<FlowTrouble?> LookAsync(Guid incidentId, CancellationToken ct)
    {
        if (await _db.Set<FlowIncidentRow>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == incidentId, ct) is not { } incident) return null;
        var row = await _db.Set<FlowInstanceRow>().AsNoTracking().SingleAsync(i => i.Id == incident.InstanceId, ct);
        var flow = await FlowOfAsync(row, ct);
        var node = flow is null ? null : Array.Find(flow.Nodes, n => n.Path == incident.NodePath);
        var place = node is not null ? FlowPlace.Of(node) : new FlowPlace(incident.NodePath, incident.ActivityId, "", incident.ActivityId, [], null);
        var state = flow is null || incident.ResolvedAt is not null ? null : InstanceState.Read(row.State, flow);
        var broken = state?.Find(incident.Execution);
        var (steps, last) = broken is { Node.Flowchart: not null } && (broken.Arrivals is not null || broken.Tokens is not null) ? await StepsAsync(row, broken, ct) : ([], null);
        return new FlowTrouble(incident, row, flow?.Document.Name ?? row.DefinitionId, place, place.Ports, broken is null ? [] : VariablesOf(broken)) { Steps = steps, LastDone = last };
    }

    /// <summary>The same inside a step: the instance is locked first, so that what is open stays open. Null when it is settled.</summary>
    public async ValueTask<FlowTrouble?> OpenAsync(Guid incidentId, CancellationToken ct)
    {
        var instance = await _db.Set<FlowIncidentRow>().AsNoTracking().Where(i => i.Id == incidentId).Select(i => (Guid?)i.InstanceId).SingleOrDefaultAsync(ct);
        if (instance is not { } id || await _store.LoadAsync(id, ct) is not { Status: FlowStatus.Running }) return null;
        return await LookAsync(incidentId, ct) is { Incident.ResolvedAt: null } open ? open : null;
    }

    /// <summary>Runs the broken execution again.</summary>
    public ValueTask<bool> RetryAsync(FlowIncidentRow incident, string remark, CancellationToken ct) =>
        _engine.RetryAsync(incident.InstanceId, incident.Execution, ct, remark);

    /// <summary>A flowchart that stopped as a whole goes on at one of its <see cref="FlowTrouble.Steps"/>.</summary>
    public ValueTask<bool> GoOnAtAsync(FlowIncidentRow incident, string nodePath, string remark, CancellationToken ct) =>
        _engine.GoOnAtAsync(incident.InstanceId, incident.Execution, nodePath, ct, remark);

    /// <summary>Treats the broken execution as finished with these outcomes (none = the default outcome).</summary>
    public ValueTask<bool> SkipAsync(FlowIncidentRow incident, IReadOnlyList<string> outcomes, string remark, CancellationToken ct) =>
        _engine.SkipAsync(incident.InstanceId, incident.Execution, outcomes, ct, remark);

    /// <summary>Sets the nearest variable of that name that the broken execution sees; false when there is none. Does not retry.</summary>
    public ValueTask<bool> RepairVariableAsync(FlowIncidentRow incident, string name, JsonNode? value, string remark, CancellationToken ct) =>
        _engine.RepairVariableAsync(incident.InstanceId, incident.Execution, name, value, ct, remark);

    /// <summary>Ends an instance for good; false when it has ended already.</summary>
    public ValueTask<bool> CancelAsync(Guid instanceId, string remark, CancellationToken ct) => _engine.CancelAsync(instanceId, remark, ct);

    /// <summary>Types of all activities of the version that an instance runs in, sub-flows included; empty when it cannot be read.</summary>
    public async ValueTask<IReadOnlySet<string>> TypesAsync(Guid instanceId, CancellationToken ct)
    {
        var row = await _db.Set<FlowInstanceRow>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == instanceId, ct);
        var flow = row is null ? null : await FlowOfAsync(row, ct);
        return flow is null ? new HashSet<string>() : flow.Nodes.Select(n => n.Type).ToHashSet(StringComparer.Ordinal);
    }

    // ── migration ──────────────────────────────────────────────────────────

    /// <summary>The boxes of a version, sub-flows included, in the order of the drawing; null when there is no such version.</summary>
    public async ValueTask<IReadOnlyList<FlowPlace>?> PlacesAsync(string versionId, CancellationToken ct) =>
        await _host.Library.GetAsync(versionId, null, _store, ct) is { } flow ? [.. flow.Nodes.Skip(1).Select(FlowPlace.Of)] : null;

    /// <summary>
    /// The dry run: which running instances of the old version could move, oldest first, and what is in the way of the others. Locks and
    /// changes nothing, so what it says is true of now.
    /// </summary>
    /// <param name="after"><see cref="MoveLine.No"/> of the last one seen; 0 to begin.</param>
    /// <exception cref="FlowNotFoundException">There is no such version.</exception>
    public async ValueTask<IReadOnlyList<MoveLine>> SurveyAsync(MovePlan plan, long after, int take, CancellationToken ct)
    {
        var rows = await _db.Set<FlowInstanceRow>().AsNoTracking()
            .Where(i => i.DefinitionId == plan.DefinitionId && i.DefinitionVersionId == plan.FromVersionId && i.Status == FlowStatus.Running && i.No > after)
            .OrderBy(i => i.No).Take(take).ToListAsync(ct);
        var lines = new List<MoveLine>(rows.Count);
        foreach (var row in rows)
            lines.Add(new MoveLine(row.No, row.Id, row.CorrelationId, row.Name, await FaultsAsync(row, plan, ct)));
        return lines;
    }

    /// <summary>Moves one instance by the plan, if it can; else says why not and changes nothing.</summary>
    public async ValueTask<IReadOnlyList<MoveFault>> MoveAsync(MovePlan plan, Guid instanceId, string remark, CancellationToken ct)
    {
        // Locked first: what the gate looks at is what moves.
        if (await _store.LoadAsync(instanceId, ct) is { Status: FlowStatus.Running } instance && instance.DefinitionVersionId == plan.FromVersionId
            && await BrokenPromiseAsync(instance, plan, ct) is { } broken) return [broken];
        return await _engine.MoveAsync(instanceId, plan.FromVersionId, plan.ToVersionId, plan.Nodes, remark, ct);
    }

    private async ValueTask<IReadOnlyList<MoveFault>> FaultsAsync(FlowInstanceRow row, MovePlan plan, CancellationToken ct) =>
        await _engine.CheckMoveAsync(Copy(row), plan.ToVersionId, plan.Nodes, ct) is { Count: > 0 } faults ? faults
            : await BrokenPromiseAsync(Copy(row), plan, ct) is { } broken ? [broken] : [];

    /// <summary>The gate is asked once more, from where the instance stands: a version that keeps its promise from the start need not keep it from there.</summary>
    private async ValueTask<MoveFault?> BrokenPromiseAsync(FlowInstance instance, MovePlan plan, CancellationToken ct)
    {
        if (_gate is null || await _engine.StandAsync(instance, plan.ToVersionId, plan.Nodes, ct) is not { } standing) return null;
        var broken = (await _gate.CheckMoveAsync(standing, instance.CorrelationId, ct)).FirstOrDefault(f => f.IsError);
        return broken is null ? null : new MoveFault(MoveFaultKind.PromiseBroken, broken.ActivityId ?? "", "", $"{broken.Code} {broken.Message}");
    }

    // ── ───────────────────────────────────────────────────────────────────

    /// <summary>What a stopped flowchart did, by its log, and what is drawn right behind it; all it can reach when the log was let go.</summary>
    private async ValueTask<(IReadOnlyList<FlowPlace> Steps, string? LastDone)> StepsAsync(FlowInstanceRow row, Execution stopped, CancellationToken ct)
    {
        var children = stopped.Node.Children.Where(n => FlowchartRule.Reaches(stopped, n)).ToList();
        var byPath = children.ToDictionary(n => n.Path, StringComparer.Ordinal);
        var (done, last) = (new HashSet<int>(), (Node?)null);
        var packs = await _db.Set<FlowLogRow>().AsNoTracking().Where(l => l.InstanceNo == row.No).OrderBy(l => l.FirstSeq).Select(l => new { l.Data, l.At }).ToListAsync(ct);
        foreach (var entry in packs.SelectMany(p => JournalLines.Read(p.Data, p.At)))
        {
            if (entry.Kind is not JournalKind.Completed || !byPath.TryGetValue(entry.NodePath, out var node)) continue;
            done.Add(node.Place);
            last = node;
        }

        if (done.Count > 0)
        {
            var behind = stopped.Node.Flowchart!.Connections.Where(c => done.Contains(c.Source)).Select(c => c.Target).ToHashSet();
            children.RemoveAll(n => !done.Contains(n.Place) && !behind.Contains(n.Place));
        }

        return ([.. children.Select(FlowPlace.Of)], last?.Path);
    }

    private ValueTask<CompiledFlow?> FlowOfAsync(FlowInstanceRow row, CancellationToken ct) =>
        _host.Library.GetAsync(row.DefinitionVersionId, InstanceState.ReadPins(row.State), _store, ct);

    private static FlowInstance Copy(FlowInstanceRow row) => new()
    {
        Id = row.Id, DefinitionId = row.DefinitionId, DefinitionVersionId = row.DefinitionVersionId, DefinitionVersion = row.DefinitionVersion,
        CorrelationId = row.CorrelationId, Status = row.Status, SubStatus = row.SubStatus, CreatedAt = row.CreatedAt, State = row.State,
    };

    private static List<FlowVariable> VariablesOf(Execution from)
    {
        var found = new List<FlowVariable>();
        for (var at = from; at is not null; at = at.Owner)
        {
            var where = at.Owner is null ? null : at.Node.Caption;
            foreach (var variable in at.Dynamic ?? []) Add(variable.Name, "Object", variable.Value);
            for (var i = 0; i < at.Node.Variables.Length; i++)
                Add(at.Node.Variables[i].Name, at.Node.Variables[i].Type.Kind.ToString(), at.Values is { } cells ? cells[i] : at.Node.Variables[i].Default);

            void Add(string name, string type, object? value)
            {
                if (!found.Exists(v => v.Name == name)) found.Add(new FlowVariable(name, type, where, Plain.JsonText(value)));
            }
        }
        return found;
    }
}
