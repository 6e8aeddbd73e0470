using System.Diagnostics.CodeAnalysis;

namespace BanBuCheng.Engine;

/// <summary>The explicit list of activity types this host knows: the engine's own and the host's. Built once, read by many threads.</summary>
public sealed class ActivityCatalogue
{
    private readonly Dictionary<string, ActivityDescriptor> _byType;

    public ActivityCatalogue(IEnumerable<ActivityDescriptor> descriptors) =>
        _byType = descriptors.ToDictionary(d => d.Type, StringComparer.Ordinal);

    public IReadOnlyCollection<ActivityDescriptor> All => _byType.Values;

    public bool TryGet(string type, [NotNullWhen(true)] out ActivityDescriptor? descriptor) => _byType.TryGetValue(type, out descriptor);
}
