using BanBuCheng.Desk.Offices;
using BanBuCheng.Web.Pages.SignIn;

namespace BanBuCheng.Web.SignIn;

/// <summary>Lets somebody in who knows their password.</summary>
internal sealed class FrontDoor(PasswordDesk passwords) : IFrontDoor
{
    public async Task<Entry> EnterAsync(HttpContext http, string login, string password, CancellationToken ct)
    {
        if (await passwords.SignInAsync(login, password, ct) is not { } person) return new Entry.Wrong();
        await SignInSetup.SignInAsync(http, person);
        return new Entry.Welcome();
    }
}
