using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Web.Clockwork;

/// <summary>For verbs that do not serve and for stories that ring the sweep themselves.</summary>
internal sealed class SilentBell : IBell
{
    public void Ring(DateTimeOffset dueAt)
    {
        // Nobody to wake: the due row stands in the database and the next sweep finds it.
    }
}
