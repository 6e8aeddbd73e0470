using System.Collections.Immutable;

namespace BanBuCheng.Desk.Steps;

/// <summary>Who is asking: a person of the hall, the clock, the gateway or a citizen. Journalled with every step.</summary>
public sealed record Actor(ActorKind Kind, StaffId? StaffId, string Login, string Name, string UnitCode, ImmutableHashSet<string> Roles)
{
    /// <summary>The alarm clock and the start-up: acts for nobody, may do what no person may.</summary>
    public static Actor Clock { get; } = new(ActorKind.Clock, null, "clock", "系统", "", []);

    /// <summary>Whoever runs a verb on the server: may propose like the clock, but is no person who could approve.</summary>
    public static Actor Console { get; } = new(ActorKind.Clock, null, "console", "命令行", "", []);

    /// <summary>The SMS gateway's report.</summary>
    public static Actor Gateway { get; } = new(ActorKind.Gateway, null, "gateway", "短信网关", "", []);

    /// <summary>A citizen who proved number and query code.</summary>
    public static Actor Citizen { get; } = new(ActorKind.Citizen, null, "citizen", "群众", "", []);

    public bool Is(string role) => Roles.Contains(role);

    /// <exception cref="RefusedException"><c>who.role-needed</c> when a person has none of the roles.</exception>
    public void Require(params ReadOnlySpan<string> roles)
    {
        if (Kind is ActorKind.Clock) return;
        foreach (var role in roles)
        {
            if (Roles.Contains(role)) return;
        }

        throw new RefusedException("who.role-needed") { Facts = [("roles", string.Join(",", roles.ToArray()))] };
    }

    /// <summary>The person, for acts only a person of the hall can do.</summary>
    /// <exception cref="RefusedException"><c>who.person-needed</c></exception>
    public StaffId RequirePerson() => StaffId ?? throw new RefusedException("who.person-needed");

    public override string ToString() => Login;
}

public enum ActorKind { Staff, Clock, Gateway, Citizen }
