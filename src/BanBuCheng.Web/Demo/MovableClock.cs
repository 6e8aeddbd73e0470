using System.Globalization;
using BanBuCheng.Desk.Deadlines;

namespace BanBuCheng.Web.Demo;

/// <summary>Real time plus an offset that the demo may change; every rule of the desk sees only this clock.</summary>
internal sealed class MovableClock : TimeProvider
{
    private long _offsetTicks;

    /// <summary>A demo hall may open at another hour than now (<c>Demo:StartAt</c>, the hall's own time), so that a killed one goes on where its clock stood.</summary>
    /// <exception cref="FormatException">It is no date and time.</exception>
    public static MovableClock Opening(string? startAt)
    {
        var clock = new MovableClock();
        if (string.IsNullOrWhiteSpace(startAt)) return clock;
        var time = DateTime.Parse(startAt, CultureInfo.InvariantCulture, DateTimeStyles.None);
        clock.MoveTo(new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Unspecified), ShanghaiTime.Zone.GetUtcOffset(time)));
        return clock;
    }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _offsetTicks));

    public void MoveTo(DateTimeOffset instant) => Interlocked.Exchange(ref _offsetTicks, (instant - System.GetUtcNow()).Ticks);
}
