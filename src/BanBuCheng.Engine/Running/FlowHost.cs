using BanBuCheng.Engine.Documents;

namespace BanBuCheng.Engine.Running;

/// <summary>What all steps of a process share: the dictionary of activities, the clock, the options and the compiled documents.</summary>
public sealed class FlowHost
{
    public FlowHost(ActivityCatalogue catalogue, TimeProvider clock, FlowOptions options, IReadOnlyList<IHostValues>? values = null)
    {
        Catalogue = catalogue;
        Clock = clock;
        Options = options;
        Values = values ?? [];
        HostNames = Values.SelectMany(v => v.Names).ToHashSet(StringComparer.Ordinal);
        Library = new FlowLibrary(catalogue, HostNames, options);
    }

    private FlowHost(FlowHost other, TimeProvider clock, Func<Guid> ids)
    {
        (Catalogue, Clock, Options, Values, HostNames, Library) = (other.Catalogue, clock, other.Options, other.Values, other.HostNames, other.Library);
        _ids = ids;
    }

    private readonly Func<Guid>? _ids;

    /// <summary>The same host, with what it has compiled, on another clock and with ids of one's own: for many runs side by side that must be alike.</summary>
    public FlowHost At(TimeProvider clock, Func<Guid> ids) => new(this, clock, ids);

    public ActivityCatalogue Catalogue { get; }
    public TimeProvider Clock { get; }
    public FlowOptions Options { get; }
    public IReadOnlyList<IHostValues> Values { get; }
    internal IReadOnlySet<string> HostNames { get; }
    internal FlowLibrary Library { get; }

    internal Guid NewId() => _ids?.Invoke() ?? Guid.CreateVersion7(Clock.GetUtcNow());

    /// <summary>The compiled form of a stored version, sub-flows included; null when there is no such version or it cannot be read.</summary>
    public ValueTask<CompiledFlow?> CompileAsync(string versionId, IFlowStore store, CancellationToken ct) => Library.GetAsync(versionId, null, store, ct);

    /// <summary>Compiles a document that is not stored, for checks; sub-flows are asked from the caller.</summary>
    public CompiledFlow Compile(FlowDocument document, Func<string, string?, FlowDocument?> part) =>
        new FlowCompiler(Catalogue, HostNames, a => part(a.WorkflowDefinitionId!, a.WorkflowDefinitionVersionId) is { } found ? new ResolvedPart(found, found.Id, true) : null)
            .Compile(document, document.Id, document.Version);
}
