using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BanBuCheng.Web.Pages.Citizen;

/// <summary>The long address of the look-up leads to the short one, which fits on paper and in a small code.</summary>
internal sealed class QueryModel : PageModel
{
    public IActionResult OnGet(string? no) => LocalRedirect(no is { Length: > 0 and < 40 } ? $"/q?no={Uri.EscapeDataString(no)}" : "/q");
}
