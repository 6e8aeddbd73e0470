namespace BanBuCheng.Engine.Running;

/// <summary>What all steps of a process share: the dictionary of activities, the clock, the options and the compiled documents.</summary>
public sealed class FlowHost(ActivityCatalogue catalogue, TimeProvider clock, FlowOptions options, IReadOnlyList<IHostValues>? values = null)
{
    public ActivityCatalogue Catalogue { get; } = catalogue;
    public TimeProvider Clock { get; } = clock;
    public FlowOptions Options { get; } = options;
    public IReadOnlyList<IHostValues> Values { get; } = values ?? [];
}
