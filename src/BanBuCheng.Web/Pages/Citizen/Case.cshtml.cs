using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.Pages.Shared.Frame;
using BanBuCheng.Web.Pages.Shared.Parts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace BanBuCheng.Web.Pages.Citizen;

/// <summary>您的事办到哪一步 — the answer, or with <c>/q/why</c> only why the date is the date.</summary>
internal class CaseModel(DeskDb db, DeadlineBook deadlines, FieldCipher cipher, QueryTicket ticket, TimeProvider clock, IOptions<HallOptions> hall) : PageModel
{
    public CitizenAnswer Answer { get; private set; } = null!;
    public bool Elder => Look.IsElder(Request);

    /// <summary>In large type only the beginning, where it stands, and the reply: three lines that fit on one screen.</summary>
    public StepMap Map => Elder ? new StepMap([.. Answer.Map.Steps.Where((step, n) => n == 0 || step.Place is MapPlace.Here || step.Title == CitizenWords.ReplyStep)]) : Answer.Map;

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        Response.Headers.CacheControl = "no-store";
        if (ticket.Read(HttpContext) is not { } kept) return RedirectToPage("Ask");
        var now = clock.GetUtcNow();
        if (await CitizenLookUp.FindAsync(db, deadlines, cipher, kept.Number, kept.Code, now, ct) is not { } view)
        {
            QueryTicket.TakeBack(HttpContext);
            return RedirectToPage("Ask", new { no = kept.Number });
        }

        Answer = await CitizenAnswer.OfAsync(view, db, deadlines.Calendar, hall.Value, ShanghaiTime.DayOf(now), ct);
        return Page();
    }

    /// <summary>看完了 — on a shared phone or the hall's screen nothing stays behind.</summary>
    public IActionResult OnPostLeave()
    {
        QueryTicket.TakeBack(HttpContext);
        return RedirectToPage("Ask");
    }
}
