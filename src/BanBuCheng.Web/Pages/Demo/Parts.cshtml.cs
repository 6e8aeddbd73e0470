using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BanBuCheng.Web.Pages.Demo;

/// <summary>部件 — every part in every state, to look at while building. Not there in a real hall.</summary>
internal sealed class PartsModel(IWebHostEnvironment environment) : PageModel
{
    public string Sheet { get; private set; } = "staff";

    public IActionResult OnGet(string? sheet)
    {
        if (!environment.IsDevelopment()) return NotFound();
        if (sheet == "fail") throw new InvalidOperationException("The page of parts was asked to fail.");
        Sheet = sheet ?? "staff";
        return Sheet is "staff" or "form" or "citizen" or "roles" or "paper" ? Page() : NotFound();
    }

    /// <summary>Fails, so that the page of errors can be looked at with a text to keep.</summary>
    public IActionResult OnPost(string? sheet) =>
        environment.IsDevelopment() ? throw new InvalidOperationException($"The sheet '{sheet}' was asked to fail.") : NotFound();
}
