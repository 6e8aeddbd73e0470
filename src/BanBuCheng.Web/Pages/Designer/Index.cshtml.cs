using BanBuCheng.Desk.Offices;
using BanBuCheng.Web.Designer;
using BanBuCheng.Web.Pages.Shared.Frame;
using BanBuCheng.Web.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BanBuCheng.Web.Pages.Designer;

/// <summary>The page around Elsa Studio: our header, our sign-in, Studio's element below. It has a policy of its own and none of our style sheets.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class IndexModel(IPageFrames frames, StudioFiles studio) : PageModel
{
    public DesignerPlace Place { get; private set; } = null!;
    public PageFrame Frame { get; private set; } = null!;
    public bool MayDraw { get; private set; }
    public bool MayOperate { get; private set; }
    public bool IsThere => studio.AreThere;

    public async Task<IActionResult> OnGetAsync(string? path)
    {
        if (DesignerPlace.Of(path) is not { } place) return NotFound();
        Place = place;
        Frame = await frames.ForAsync(HttpContext);
        MayDraw = HttpContext.Actor().MayDraw();
        MayOperate = HttpContext.Actor().Roles.Overlaps(Roles.Operators);
        DesignerPolicy.Apply(Response);
        return Page();
    }
}
