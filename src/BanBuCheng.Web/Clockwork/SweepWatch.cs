namespace BanBuCheng.Web.Clockwork;

/// <summary>When this node last swept, on a clock that nobody can move.</summary>
internal sealed class SweepWatch
{
    private long _last = TimeProvider.System.GetTimestamp();

    public TimeSpan Since => TimeProvider.System.GetElapsedTime(Interlocked.Read(ref _last));

    public void Swept() => Interlocked.Exchange(ref _last, TimeProvider.System.GetTimestamp());
}
