namespace BanBuCheng.Web.Demo;

/// <summary>Seeds the demo hall's cases in the background.</summary>
internal sealed class DemoHall;
