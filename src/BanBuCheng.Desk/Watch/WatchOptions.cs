using System.ComponentModel.DataAnnotations;

namespace BanBuCheng.Desk.Watch;

/// <summary>From when on something counts as trouble.</summary>
public sealed class WatchOptions
{
    public const string Section = "Watch";

    /// <summary>A due timer may wait this long for a bell or the sweep.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan LateAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A message may wait this long after its time; the gateway's pauses between tries are longer only in the end.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan UnsentAfter { get; init; } = TimeSpan.FromMinutes(15);
}
