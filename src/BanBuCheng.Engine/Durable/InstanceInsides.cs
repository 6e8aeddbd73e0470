using System.Text.Json.Nodes;
using BanBuCheng.Engine.Expressions;
using BanBuCheng.Engine.Running;

namespace BanBuCheng.Engine.Durable;

/// <summary>What is going on inside an instance right now: its active executions and the values it holds.</summary>
/// <param name="Executions">Owner before owned; empty when the instance has ended.</param>
public sealed record InstanceInside(IReadOnlyList<ActiveExecution> Executions, IReadOnlyList<HeldValue> Variables, JsonObject Inputs)
{
    public static InstanceInside Empty { get; } = new([], [], []);
}

/// <param name="Number">As the journal writes it.</param>
/// <param name="Owner">Number of the container's execution; 0 for the outermost.</param>
/// <param name="NodePath">Ids from the root down, joined by <c>/</c>; empty for the workflow itself.</param>
public sealed record ActiveExecution(int Number, int Owner, string NodePath, string ActivityId, string ActivityType, bool IsFaulted);

/// <param name="Id">The variable's id in the document.</param>
public sealed record HeldValue(string Id, string Name, JsonNode? Value);

/// <summary>A stored version of a flow that is used as an activity.</summary>
public sealed record PartVersion(string VersionId, int Version);

/// <summary>Reads an instance's own text, for those who look at it; changes nothing.</summary>
public sealed class InstanceInsides(FlowHost host, DbFlowStore store)
{
    /// <summary>Empty when it has ended, or its version cannot be read any more.</summary>
    public async ValueTask<InstanceInside> OfAsync(FlowInstanceRow row, CancellationToken ct)
    {
        if (await host.Library.GetAsync(row.DefinitionVersionId, InstanceState.ReadPins(row.State), store, ct) is not { } flow) return InstanceInside.Empty;
        InstanceState state;
        try
        {
            state = InstanceState.Read(row.State, flow);
        }
        catch (InvalidOperationException)
        {
            // Written by another format or over another document: the engine refuses it too, and the operators' page says so.
            return InstanceInside.Empty;
        }
        var executions = state.Executions().OrderBy(e => e.Number).ToList();
        var inputs = new JsonObject();
        foreach (var (name, value) in state.Inputs) inputs[name] = Plain.ToJson(value);
        return new InstanceInside(
            [.. executions.Select(e => new ActiveExecution(e.Number, e.Owner?.Number ?? 0, e.Node.Path, e.Node.Id, e.Node.Type, e.Status == ExecutionStatus.Faulted))],
            [.. executions.SelectMany(ValuesOf)], inputs);
    }

    /// <summary>Which version of its flow lies inside a box, as this instance runs it (null: as a new one of that version would). Null: no such box, or nothing of its own inside.</summary>
    public async ValueTask<PartVersion?> PartAsync(string versionId, FlowInstanceRow? row, string nodePath, CancellationToken ct)
    {
        var pins = row is null ? null : InstanceState.ReadPins(row.State);
        var flow = await host.Library.GetAsync(versionId, pins, store, ct);
        return flow is not null && Array.Find(flow.Nodes, n => n.Path == nodePath) is { Parent: not null, Workflow: { } part } ? new PartVersion(part.Id, part.Version) : null;
    }

    private static IEnumerable<HeldValue> ValuesOf(Execution execution)
    {
        for (var i = 0; i < execution.Node.Variables.Length; i++)
        {
            var slot = execution.Node.Variables[i];
            yield return new HeldValue(slot.Id, slot.Name, Plain.ToJson(execution.Values is { } values ? values[i] : slot.Default));
        }
        foreach (var dynamic in execution.Dynamic ?? []) yield return new HeldValue($"{execution.Node.Id}:{dynamic.Name}", dynamic.Name, Plain.ToJson(dynamic.Value));
    }
}
