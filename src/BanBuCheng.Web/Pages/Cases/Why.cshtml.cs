using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Web.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BanBuCheng.Web.Pages.Cases;

/// <summary>为什么是这一天 — the count day by day, on a page of its own.</summary>
public sealed class WhyModel(DeskDb db, DeadlineBook deadlines, TimeProvider clock) : PageModel
{
    public CaseView Dossier { get; private set; } = null!;
    public DateOnly Today { get; private set; }

    public async Task<IActionResult> OnGetAsync(string number, CancellationToken ct)
    {
        Today = clock.Today();
        if (CaseNumber.Normalise(number) is not { } clean || await CaseView.FindAsync(db, deadlines, clean, HttpContext.Actor(), clock.GetUtcNow(), ct) is not { } file) return NotFound();
        Dossier = file;
        return Page();
    }
}
