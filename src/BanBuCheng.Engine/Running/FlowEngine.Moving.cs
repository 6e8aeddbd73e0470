namespace BanBuCheng.Engine.Running;

// Running instances on their way to another version of their flow.
public sealed partial class FlowEngine
{
    /// <summary>What would be wrong if the instance moved; empty when it can. Changes nothing and locks nothing: give it a copy of the row.</summary>
    /// <exception cref="FlowNotFoundException">There is no such version, or it cannot be read.</exception>
    public async ValueTask<IReadOnlyList<MoveFault>> CheckMoveAsync(
        FlowInstance instance, string toVersionId, IReadOnlyDictionary<string, string> pairs, CancellationToken ct) =>
        (await MoveOfAsync(instance, toVersionId, pairs, ct)).Faults;

    /// <summary>The same instance as it would stand in the other version; null when it cannot.</summary>
    public async ValueTask<StandingFlow?> StandAsync(FlowInstance instance, string toVersionId, IReadOnlyDictionary<string, string> pairs, CancellationToken ct) =>
        await MoveOfAsync(instance, toVersionId, pairs, ct) is (_, { } moved, var flow, _) ? new StandingFlow(flow, moved) : null;

    /// <summary>
    /// Moves a running instance to another version, if everything active in it has its place there; else says why not and changes nothing.
    /// Its waits stay what they are, with their ids and due times.
    /// </summary>
    /// <param name="pairs">Node path in the old version → in the new one, where they are not the same.</param>
    /// <param name="remark">Who wants it and why; for the journal.</param>
    public async ValueTask<IReadOnlyList<MoveFault>> MoveAsync(
        Guid instanceId, string fromVersionId, string toVersionId, IReadOnlyDictionary<string, string> pairs, string? remark, CancellationToken ct)
    {
        if (await _store.LoadAsync(instanceId, ct) is not { Status: FlowStatus.Running } instance || instance.DefinitionVersionId != fromVersionId)
            return [new MoveFault(MoveFaultKind.NotThere, "", "")];
        var (faults, moved, flow, version) = await MoveOfAsync(instance, toVersionId, pairs, ct);
        if (moved is null) return faults;
        var before = $"v{instance.DefinitionVersion} → v{version}";
        (instance.DefinitionVersionId, instance.DefinitionVersion, instance.UpdatedAt) = (toVersionId, version, _host.Clock.GetUtcNow());
        instance.State = moved.Write(flow);
        _store.Save(instance);
        foreach (var e in moved.Executions())
        {
            foreach (var wait in e.Waits ?? []) _store.Relocate(wait, e.Node.Id, e.Node.Path);
            if (e.Status == ExecutionStatus.Faulted) _store.RelocateIncidents(instance.Id, e.Number, e.Node.Id, e.Node.Path);
        }
        _store.Log(instance, instance.JournalLength++,
            [new JournalEntry(JournalKind.Migrated, "", "", "", 0, remark is null ? before : $"{before}: {remark}", instance.UpdatedAt)]);
        return [];
    }

    private async ValueTask<(IReadOnlyList<MoveFault> Faults, InstanceState? Moved, CompiledFlow Flow, int Version)> MoveOfAsync(
        FlowInstance instance, string toVersionId, IReadOnlyDictionary<string, string> pairs, CancellationToken ct)
    {
        var to = await _host.Library.GetAsync(toVersionId, null, _store, ct);
        if (to is null || to.Document.DefinitionId != instance.DefinitionId) throw new FlowNotFoundException(toVersionId);
        var from = await FlowOfAsync(instance, ct)
            ?? throw new InvalidOperationException($"Expected version '{instance.DefinitionVersionId}' of instance {instance.Id}, but it is gone.");
        var move = new FlowMove(from, to, pairs);
        var moved = move.Move(InstanceState.Read(instance.State, from));
        return (move.Faults, moved, to, to.Version);
    }
}
