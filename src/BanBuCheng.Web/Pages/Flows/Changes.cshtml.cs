using BanBuCheng.Desk.Flows;
using BanBuCheng.Web.Pages.Shared.Parts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BanBuCheng.Web.Pages.Flows;

/// <summary>改了什么 — two versions of a flow in sentences that somebody can sign, and by colour on its picture. Without a choice: the newest against the one in force.</summary>
internal sealed class ChangesModel(FlowVersions versions) : PageModel
{
    public IReadOnlyList<FlowVersion> All { get; private set; } = [];
    public FlowVersion Before { get; private set; } = null!;
    public FlowVersion After { get; private set; } = null!;
    public IReadOnlyList<FlowChange> Changes { get; private set; } = [];
    public FlowPicture Picture { get; private set; } = null!;

    /// <summary>Flows that this one uses as boxes.</summary>
    public IReadOnlyList<(string Id, string Name)> Inside { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string id, int? before, int? after, CancellationToken ct)
    {
        All = await versions.AllOfAsync(id, ct);
        if (All.Count == 0) return NotFound();
        After = All.FirstOrDefault(v => v.Row.Version == after) ?? All[0];
        Before = All.FirstOrDefault(v => v.Row.Version == before)
            ?? All.FirstOrDefault(v => v.Row.IsPublished && v.Row.Version != After.Row.Version) ?? All.FirstOrDefault(v => v.Row.Version < After.Row.Version) ?? After;
        Changes = FlowChanges.Between(Before.Document, After.Document, await versions.NamesAsync(ct));
        Picture = ChangedPicture.Of(Before.Document, After.Document, Changes);
        Inside = [.. After.Document.Root.WithDescendants().Where(a => a.WorkflowDefinitionId is not null).Select(a => (a.WorkflowDefinitionId!, a.Type)).Distinct()];
        return Page();
    }
}
