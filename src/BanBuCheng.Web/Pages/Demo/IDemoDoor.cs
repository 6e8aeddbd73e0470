using BanBuCheng.Web.Pages.Shared.Parts;

namespace BanBuCheng.Web.Pages.Demo;

/// <summary>Registered only in a demo hall; then the front page lets one choose a role.</summary>
public interface IDemoDoor
{
    Task<RolePicker?> PickerAsync(CancellationToken ct);
}
