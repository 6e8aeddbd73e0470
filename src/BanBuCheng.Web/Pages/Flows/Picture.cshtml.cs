using BanBuCheng.Web.Pages.Shared.Parts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BanBuCheng.Web.Pages.Flows;

/// <summary>One flow as it is drawn, to look at: the version in force, or <c>?version=</c> another one.</summary>
internal sealed class PictureModel(FlowVersions versions) : PageModel
{
    public FlowVersion Shown { get; private set; } = null!;
    public FlowPicture Picture { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string id, int? version, CancellationToken ct)
    {
        var all = await versions.AllOfAsync(id, ct);
        var shown = version is { } one ? all.FirstOrDefault(v => v.Row.Version == one) : all.FirstOrDefault(v => v.Row.IsPublished) ?? (all.Count > 0 ? all[0] : null);
        if (shown is null) return NotFound();
        Shown = shown;
        Picture = FlowPicture.Of("flow", shown.Document) with
        {
            Links = shown.Document.Root.Children.Where(c => c.Activity.WorkflowDefinitionId is not null)
                .ToDictionary(c => c.Activity.Id, c => $"/flows/{Uri.EscapeDataString(c.Activity.WorkflowDefinitionId!)}/picture"),
        };
        return Page();
    }
}
