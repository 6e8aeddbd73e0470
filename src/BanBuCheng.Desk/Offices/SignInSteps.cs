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

/// <summary>
/// The slow half of everything about passwords, before the step: to check or make a hash takes tens of milliseconds on purpose, and on
/// SQLite nobody else could write meanwhile. The step then only believes it if the hash is still the one that was looked at.
/// </summary>
public sealed class PasswordDesk(DeskDb db, IPasswordCheck passwords, StepDoor door)
{
    private const int Shortest = 12, Longest = 128;

    /// <summary>登录 with a password. Null when it does not fit: unknown person, wrong password and locked account look the same.</summary>
    public async Task<SignedInPerson?> SignInAsync(string login, string password, CancellationToken ct)
    {
        var name = login.Trim();
        var hash = await db.Staff.AsNoTracking().Where(s => s.Login == name && s.Active).Select(s => s.PasswordHash).FirstOrDefaultAsync(ct);
        return await door.SendAsync(new RecordSignIn(name, hash, passwords.Fits(hash, password)), Actor.Clock, ct);
    }

    /// <summary>改密码 — by the person, with the old one: the step that does it, or says beside which field it cannot.</summary>
    public async Task<ChangePassword> ChangingAsync(Actor actor, string oldPassword, string newPassword, CancellationToken ct)
    {
        var id = actor.RequirePerson();
        var hash = await db.Staff.AsNoTracking().Where(s => s.Id == id).Select(s => s.PasswordHash).FirstOrDefaultAsync(ct);
        var (field, fault) = !passwords.Fits(hash, oldPassword) ? ("old", "现在的密码不对。")
            : newPassword.Length is < Shortest or > Longest ? ("new", $"新密码要 {Shortest} 到 {Longest} 个字符。")
            : newPassword == oldPassword ? ("new", "新密码和现在的一样，请换一个。") : ("", "");
        return new ChangePassword(hash, field.Length == 0 ? passwords.Hash(newPassword) : null, field, fault);
    }
}

/// <param name="Hash">What the password was held against; null for an unknown person.</param>
internal sealed record RecordSignIn(string Login, string? Hash, bool Fits) : IStep<SignedInPerson?>;

/// <param name="Stamp">Goes into the cookie; a change of roles or password makes older cookies worthless.</param>
public sealed record SignedInPerson(Actor Actor, int Stamp, bool MustChangePassword);

internal sealed class RecordSignInHandler(DeskDb db, StepScope step) : IRequestHandler<RecordSignIn, SignedInPerson?>
{
    public async Task<SignedInPerson?> Handle(RecordSignIn request, CancellationToken cancellationToken)
    {
        step.Actor.Require();
        var person = await db.Staff.FirstOrDefaultAsync(s => s.Login == request.Login && s.Active, cancellationToken);
        // A password that was changed in this very moment: neither in nor a failure, they try again.
        if (person is null || person.IsLocked(step.Now) || person.PasswordHash != request.Hash) return null;
        if (!request.Fits)
        {
            person.SignInFailed(step.Now);
            return null;
        }

        person.SignedIn();
        return new SignedInPerson(StaffActors.Of(person), person.SecurityStamp, person.MustChangePassword);
    }
}

/// <summary>改密码. Made by <see cref="PasswordDesk.ChangingAsync"/>.</summary>
public sealed record ChangePassword : IStep
{
    internal ChangePassword(string? was, string? becomes, string field, string fault) => (Was, Becomes, Field, Fault) = (was, becomes, field, fault);

    internal string? Was { get; }

    /// <summary>The new hash; null when there is a fault.</summary>
    internal string? Becomes { get; }
    internal string Field { get; }
    internal string Fault { get; }
}

internal sealed class ChangePasswordHandler(DeskDb db, StepScope step) : IRequestHandler<ChangePassword, Unit>
{
    public async Task<Unit> Handle(ChangePassword request, CancellationToken cancellationToken)
    {
        var id = step.Actor.RequirePerson();
        var person = await db.Staff.SingleAsync(s => s.Id == id, cancellationToken);
        if (request.Becomes is not { } hash) throw new FormRejectedException(new Dictionary<string, string> { [request.Field] = request.Fault });
        if (person.PasswordHash != request.Was) throw new FormRejectedException(new Dictionary<string, string> { ["old"] = "密码刚在别处改过，这次没有改。" });
        person.SetPassword(hash, mustChange: false);
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
