using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Desk.Offices;

/// <summary>工作人员 — one person of the hall with an account of their own; accounts are never shared.</summary>
public sealed class StaffMember
{
    private const int MaxFailures = 5;
    private static readonly TimeSpan LockTime = TimeSpan.FromMinutes(15);

    private StaffMember() { }

    public static StaffMember Join(StaffId id, string login, string name, string unitCode, string phone, IEnumerable<string> roles) =>
        new() { Id = id, Login = login, Name = name, UnitCode = unitCode, Phone = phone, Roles = [.. roles] };

    public StaffId Id { get; private set; }
    public string Login { get; private set; } = "";
    public string Name { get; private set; } = "";
    public string UnitCode { get; private set; } = "";

    /// <summary>Office telephone, told to citizens.</summary>
    public string Phone { get; private set; } = "";
    public List<string> Roles { get; private set; } = [];
    public bool Active { get; private set; } = true;

    /// <summary>Salted hash by ASP.NET Core's password hasher; null for demo people, who have no password at all.</summary>
    public string? PasswordHash { get; private set; }
    public bool MustChangePassword { get; private set; }
    public int FailedSignIns { get; private set; }
    public DateTimeOffset? LockedUntil { get; private set; }

    /// <summary>Changes when roles or password change: older cookies are no longer accepted.</summary>
    public int SecurityStamp { get; private set; }

    public bool IsLocked(DateTimeOffset now) => LockedUntil > now;

    public void SetPassword(string hash, bool mustChange)
    {
        PasswordHash = hash;
        MustChangePassword = mustChange;
        FailedSignIns = 0;
        LockedUntil = null;
        SecurityStamp++;
    }

    public void SignInFailed(DateTimeOffset now)
    {
        FailedSignIns++;
        if (FailedSignIns < MaxFailures) return;
        LockedUntil = now + LockTime;
        FailedSignIns = 0;
    }

    public void SignedIn()
    {
        FailedSignIns = 0;
        LockedUntil = null;
    }
}
