using System.ComponentModel.DataAnnotations;

namespace BanBuCheng.Web.Clockwork;

/// <summary>How the alarm clock runs. Nothing here changes what happens, only how soon after it is due.</summary>
public sealed class ClockworkOptions
{
    public const string Section = "Clockwork";

    /// <summary>Hangfire's workers of this node: few, because a job drains everything that is due.</summary>
    [Range(1, 16)]
    public int Workers { get; init; } = 2;

    /// <summary>Off only in a test that must see the bells alone.</summary>
    public bool Sweep { get; init; } = true;

    /// <summary>How often everything due is looked for, bell or no bell.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan SweepEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How far ahead bells are kept in Hangfire; what is due later is rung when its day comes.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan Horizon { get; init; } = TimeSpan.FromHours(24);
}
