using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.Pages.SignIn;

namespace BanBuCheng.Web.SignIn;

/// <summary>Lets somebody in who knows their password.</summary>
internal sealed class FrontDoor(StepDoor door) : IFrontDoor
{
    public async Task<Entry> EnterAsync(HttpContext http, string login, string password, CancellationToken ct)
    {
        if (await door.SendAsync(new SignInWithPassword(login, password), Actor.Clock, ct) is not { } person) return new Entry.Wrong();
        await SignInSetup.SignInAsync(http, person);
        return new Entry.Welcome();
    }
}
