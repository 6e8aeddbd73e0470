using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Desk.Offices;

/// <summary>Checks a password; how it is hashed is the host's business.</summary>
public interface IPasswordCheck
{
    /// <summary>True when it fits. Takes as long for an unknown person (null hash) as for a known one.</summary>
    bool Fits(string? hash, string password);

    string Hash(string password);
}

/// <summary>登录 with a password. Null when it does not fit: unknown person, wrong password and locked account look the same.</summary>
public sealed record SignInWithPassword(string Login, string Password) : IStep<SignedInPerson?>;

/// <param name="Stamp">Goes into the cookie; a change of roles or password makes older cookies worthless.</param>
public sealed record SignedInPerson(Actor Actor, int Stamp, bool MustChangePassword);

internal sealed class SignInHandler(DeskDb db, IPasswordCheck passwords, StepScope step) : IRequestHandler<SignInWithPassword, SignedInPerson?>
{
    public async Task<SignedInPerson?> Handle(SignInWithPassword request, CancellationToken cancellationToken)
    {
        var login = request.Login.Trim();
        var person = await db.Staff.FirstOrDefaultAsync(s => s.Login == login && s.Active, cancellationToken);
        var fits = passwords.Fits(person?.PasswordHash, request.Password);
        if (person is null || person.IsLocked(step.Now)) return null;
        if (!fits)
        {
            person.SignInFailed(step.Now);
            return null;
        }

        person.SignedIn();
        return new SignedInPerson(StaffActors.Of(person), person.SecurityStamp, person.MustChangePassword);
    }
}

/// <summary>改密码 — by the person, with the old one.</summary>
public sealed record ChangePassword(string OldPassword, string NewPassword) : IStep;

internal sealed class ChangePasswordHandler(DeskDb db, IPasswordCheck passwords, StepScope step) : IRequestHandler<ChangePassword, Unit>
{
    private const int Shortest = 12, Longest = 128;

    public async Task<Unit> Handle(ChangePassword request, CancellationToken cancellationToken)
    {
        var id = step.Actor.RequirePerson();
        var person = await db.Staff.SingleAsync(s => s.Id == id, cancellationToken);
        if (!passwords.Fits(person.PasswordHash, request.OldPassword)) throw new FormRejectedException(new Dictionary<string, string> { ["old"] = "现在的密码不对。" });
        if (request.NewPassword.Length is < Shortest or > Longest) throw new FormRejectedException(new Dictionary<string, string> { ["new"] = $"新密码要 {Shortest} 到 {Longest} 个字符。" });
        if (request.NewPassword == request.OldPassword) throw new FormRejectedException(new Dictionary<string, string> { ["new"] = "新密码和现在的一样。" });
        person.SetPassword(passwords.Hash(request.NewPassword), mustChange: false);
        return Unit.Value;
    }
}

/// <summary>From a person of the directory to an actor.</summary>
public static class StaffActors
{
    public static Actor Of(StaffMember person) =>
        new(ActorKind.Staff, person.Id, person.Login, person.Name, person.UnitCode, [.. person.Roles]);

    /// <summary>The person behind a cookie, if still active and unchanged; for each request.</summary>
    public static async Task<SignedInPerson?> FindAsync(DeskDb db, StaffId id, int stamp, CancellationToken ct)
    {
        var person = await db.Staff.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id && s.Active, ct);
        return person?.SecurityStamp == stamp ? new SignedInPerson(Of(person), stamp, person.MustChangePassword) : null;
    }
}
