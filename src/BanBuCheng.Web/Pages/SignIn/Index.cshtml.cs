using System.Diagnostics;
using BanBuCheng.Desk.Steps;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BanBuCheng.Web.Pages.SignIn;

/// <summary>工作人员登录. Whoever comes from a page goes back to it.</summary>
internal sealed class SignInModel : PageModel
{
    [BindProperty]
    public SignInForm Form { get; set; } = new();

    public string? Problem { get; private set; }

    public async Task<IActionResult> OnPostAsync(string? returnUrl, [FromServices] IFrontDoor door, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(Form.Login) || string.IsNullOrEmpty(Form.Password))
        {
            Problem = string.IsNullOrWhiteSpace(Form.Login) ? "还没写工号。" : "还没写密码。";
            return Page();
        }

        if (TypedText.Unreadable(Form.Login) is { } unreadable)
        {
            Problem = unreadable;
            return Page();
        }

        switch (await door.EnterAsync(HttpContext, Form.Login.Trim(), Form.Password, ct))
        {
            case Entry.Welcome:
                return LocalRedirect(Url.IsLocalUrl(returnUrl) ? returnUrl : "/inbox");
            case Entry.Wrong:
                Problem = "工号或密码不对。连错5次要等15分钟；忘了密码，找系统管理员当面重设。";
                return Page();
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>What is asked at the door.</summary>
    internal sealed class SignInForm
    {
        public string? Login { get; set; }
        public string? Password { get; set; }
    }
}
