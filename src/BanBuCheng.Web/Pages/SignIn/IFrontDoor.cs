namespace BanBuCheng.Web.Pages.SignIn;

/// <summary>What the door says to somebody who gave a name and a password.</summary>
public abstract record Entry
{
    private Entry() { }

    /// <summary>Come in; the cookie is set.</summary>
    public sealed record Welcome : Entry;

    /// <summary>Unknown name, wrong password or a locked account: never said which.</summary>
    public sealed record Wrong : Entry;
}

/// <summary>The sign-in page's only question. The sign-in room answers it.</summary>
public interface IFrontDoor
{
    Task<Entry> EnterAsync(HttpContext http, string login, string password, CancellationToken ct);
}
