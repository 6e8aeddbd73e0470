using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.Pages.Shared.Frame;
using BanBuCheng.Web.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Web.Pages.Me;

/// <summary>我的设置 — who one is here, the letter keys, the password, the way out.</summary>
internal sealed class IndexModel(StepDoor door, DeskDb db, PasswordDesk passwords) : StepPage(door)
{
    public StaffMember Person { get; private set; } = null!;
    public string Unit { get; private set; } = "";
    public bool Letters => Look.LettersOn(Request);
    public bool HasPassword => Person.PasswordHash is not null;

    [TempData]
    public string? Said { get; set; }

    public async Task OnGetAsync(CancellationToken ct) => await LoadAsync(ct);

    public IActionResult OnPostKeys(bool on)
    {
        Response.Cookies.Append(Look.KeysCookie, on ? "on" : "off", new CookieOptions
        {
            HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, Secure = Request.IsHttps, MaxAge = TimeSpan.FromDays(365),
        });
        Said = on ? "单个字母的快捷键打开了。" : "单个字母的快捷键关掉了，每一步都有按钮。";
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostPasswordAsync(string? old, string? @new, string? again, CancellationToken ct)
    {
        await LoadAsync(ct);
        if (!HasPassword) return NotFound();
        if (string.IsNullOrEmpty(old)) ModelState.AddModelError("old", "还没写现在的密码。");
        if (string.IsNullOrEmpty(@new)) ModelState.AddModelError("new", "还没写新密码。");
        else if (@new != again) ModelState.AddModelError("again", "两次写的新密码不一样。");
        if (!ModelState.IsValid)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return Page();
        }

        var (done, _) = await TryAsync(await passwords.ChangingAsync(Actor, old!, @new!, ct), "", ct);
        if (!done) return Page();

        // The change made every cookie of this account worthless, this one too; whoever just proved the old password stays in.
        await LoadAsync(ct);
        await SignInSetup.SignInAsync(HttpContext, new SignedInPerson(StaffActors.Of(Person), Person.SecurityStamp, Person.MustChangePassword));
        Said = "密码改好了。别的电脑上要重新登录。";
        return RedirectToPage();
    }

    public string? ErrorOf(string field) => ModelState.TryGetValue(field, out var entry) && entry.Errors.Count > 0 ? entry.Errors[0].ErrorMessage : null;

    private async Task LoadAsync(CancellationToken ct)
    {
        var id = Actor.StaffId;
        Person = await db.Staff.AsNoTracking().SingleAsync(s => s.Id == id, ct);
        Unit = await db.OfficeUnits.AsNoTracking().Where(u => u.Code == Person.UnitCode).Select(u => u.Name).FirstOrDefaultAsync(ct) ?? Person.UnitCode;
    }
}
