using Hangfire.Dashboard;

namespace BanBuCheng.Web.Clockwork;

/// <summary>Who may look at Hangfire's dashboard. Without a filter of one's own it lets every local request in, behind a proxy that is everybody.</summary>
internal sealed class DashboardDoor(Func<HttpContext, bool> mayEnter) : IDashboardAuthorizationFilter
{
    public bool Authorize(DashboardContext context) => mayEnter(context.GetHttpContext());
}
