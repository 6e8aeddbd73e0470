using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.Texts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BanBuCheng.Web.Pages.Citizen;

/// <summary>查我的事 — asks for number and query code. A wrong code, an unknown number and a mistyped one get the same answer.</summary>
internal sealed class AskModel(DeskDb db, DeadlineBook deadlines, FieldCipher cipher, QueryGuard guard, QueryTicket ticket, TimeProvider clock) : PageModel
{
    [BindProperty]
    public string? No { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    public string? Problem { get; private set; }
    public bool Shut { get; private set; }

    public void OnGet(string? no)
    {
        Response.Headers.CacheControl = "no-store";
        No = no is { Length: < 60 } ? CaseNumber.Normalise(no) ?? no : null;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        Response.Headers.CacheControl = "no-store";
        if (string.IsNullOrWhiteSpace(No) || string.IsNullOrWhiteSpace(Code))
        {
            Problem = string.IsNullOrWhiteSpace(No) ? "还没写编号。" : "还没写查询码。";
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        if (guard.ShutUntil(No) is { } shut) return Refuse(shut);
        if (await CitizenLookUp.FindAsync(db, deadlines, cipher, No, Code, clock.GetUtcNow(), ct) is null)
        {
            if (guard.Wrong(No) is { } until) return Refuse(until);
            Problem = "编号和查询码对不上。请照着短信再输一遍：编号B开头，一共12位；查询码是6个数字。";
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        guard.Right(No);
        ticket.Give(HttpContext, No, Code);
        return RedirectToPage("Case");
    }

    private PageResult Refuse(DateTimeOffset until)
    {
        Shut = true;
        Problem = $"这个编号连着输错了{QueryGuard.MostTries}次。为了防别人乱试，先停一停，{Say.Time(TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(until, ShanghaiTime.Zone).DateTime.AddMinutes(1)))}以后再查。着急就打电话，报编号就行。";
        Response.StatusCode = StatusCodes.Status429TooManyRequests;
        return Page();
    }
}
