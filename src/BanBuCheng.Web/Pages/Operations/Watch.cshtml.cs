using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Web.Clockwork;
using BanBuCheng.Web.Health;
using BanBuCheng.Web.Pages.Cases;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BanBuCheng.Web.Pages.Operations;

/// <summary>值守 — for the system administrator: whether the work gets done, and what the night's check found.</summary>
internal sealed class WatchModel(WorkWatch watch, IServiceProvider services, TimeProvider clock) : PageModel
{
    public WorkState Work { get; private set; } = null!;
    public IReadOnlyList<WatchLine> Lines { get; private set; } = [];
    public bool HasAlarm => services.GetService<SweepWatch>() is not null;

    public async Task OnGetAsync(CancellationToken ct)
    {
        Work = await watch.LookAsync(ct);
        Lines = [.. Work.Checks.Select(WatchWords.Of).OfType<WatchLine>()];
    }

    public string When(DateTimeOffset at) => CaseParts.Moment(at, clock.Today());
}
