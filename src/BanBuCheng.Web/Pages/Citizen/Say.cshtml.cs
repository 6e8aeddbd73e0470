using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Intake;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.Texts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BanBuCheng.Web.Pages.Citizen;

/// <summary>对窗口不满意 — one box; the supervisors look into it, the window and the station do not see it. Only with the slip that number and code gave.</summary>
internal sealed class SayModel(DeskDb db, DeadlineBook deadlines, FieldCipher cipher, QueryTicket ticket, StepDoor door, TimeProvider clock) : PageModel
{
    [BindProperty] public string? Text { get; set; }

    public string Number { get; private set; } = "";
    public string? Problem { get; private set; }

    /// <summary>The number under which it goes on, and by when; set once it was said.</summary>
    public (string Number, string Due)? Said { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct) => await FindAsync(ct) is null ? RedirectToPage("Ask") : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (await FindAsync(ct) is not { } one) return RedirectToPage("Ask");
        try
        {
            var said = await door.SendAsync(new SayAboutWindow(one.Id, Text ?? ""), Actor.Citizen, ct);
            Said = (said.Number, DateWords.Full(said.DueOn, clock.Today(), deadlines.Calendar));
        }
        catch (RefusedException refused)
        {
            (Problem, Response.StatusCode) = (RefusalTexts.For(refused), StatusCodes.Status409Conflict);
        }
        catch (FormRejectedException rejected)
        {
            (Problem, Response.StatusCode) = (rejected.Faults.Values.First(), StatusCodes.Status422UnprocessableEntity);
        }

        return Page();
    }

    private async Task<ServiceCase?> FindAsync(CancellationToken ct)
    {
        Response.Headers.CacheControl = "no-store";
        if (ticket.Read(HttpContext) is not { } kept) return null;
        var file = await CitizenLookUp.FindAsync(db, deadlines, cipher, kept.Number, kept.Code, clock.GetUtcNow(), ct);
        Number = file?.Case.Number ?? "";
        return file?.Case;
    }
}
