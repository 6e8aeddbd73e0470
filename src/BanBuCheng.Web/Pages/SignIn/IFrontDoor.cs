namespace BanBuCheng.Web.Pages.SignIn;

/// <summary>What the door says to somebody who gave a name and a password.</summary>
public abstract record Entry
{
    private Entry() { }

    /// <summary>Come in; the cookie is set.</summary>
    public sealed record Welcome : Entry;

    /// <summary>Name or password is wrong; never said which.</summary>
    public sealed record Wrong(int TriesLeft) : Entry;

    /// <summary>Too many tries.</summary>
    public sealed record Locked(int Minutes) : Entry;
}

/// <summary>The sign-in page's only question. The sign-in room answers it.</summary>
public interface IFrontDoor
{
    Task<Entry> EnterAsync(HttpContext http, string login, string password, CancellationToken ct);
}
