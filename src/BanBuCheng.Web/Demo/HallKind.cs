namespace BanBuCheng.Web.Demo;

/// <summary>Whether this data folder is the demo hall (invented people, one click to sign in) or a real one; for ever. Known after the start.</summary>
internal sealed class HallKind
{
    public bool IsDemo { get; set; }

    /// <summary>The demo's clock may be moved (<c>--clock-control</c>).</summary>
    public bool ClockControl { get; init; }
}
