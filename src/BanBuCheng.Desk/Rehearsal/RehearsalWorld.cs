using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Desk.Rehearsal;

/// <summary>What a rehearsal takes from the hall: which days count, the numbers of the policy, who is there. Nothing in it changes.</summary>
public sealed record RehearsalWorld
{
    public WorkingCalendar Calendar { get; init; } = WorkingCalendar.BuiltIn;
    public DeadlinePolicy Policy { get; init; } = DeadlinePolicy.Default;
    public required IReadOnlyList<OfficeUnit> Units { get; init; }
    public required IReadOnlyList<RehearsalPerson> People { get; init; }
    public HallOptions Hall { get; init; } = new();

    /// <summary>The departments, in the order of the directory.</summary>
    public IEnumerable<OfficeUnit> Departments => Units.Where(u => u is { Kind: UnitKind.Department, Active: true }).OrderBy(u => u.Order).ThenBy(u => u.Code, StringComparer.Ordinal);

    /// <summary>Forms with the lists of this hall, by their text as drawn.</summary>
    internal System.Collections.Concurrent.ConcurrentDictionary<string, string> Forms { get; } = new(StringComparer.Ordinal);

    internal string Filled(string form) => FormChoices.Fill(form, [.. Departments.Select(u => (u.Code, u.Name))]);

    /// <summary>Numbers and days that the rehearsed steps count with, under which a working day is how many minutes.</summary>
    public int MinutesOfADay => (int)(Policy.Hours.MorningCloses - Policy.Hours.MorningOpens + (Policy.Hours.AfternoonCloses - Policy.Hours.AfternoonOpens)).TotalMinutes;
}

/// <summary>Somebody of the hall by login, with what decides which tasks are theirs.</summary>
public sealed record RehearsalPerson(string Login, string Name, string UnitCode, IReadOnlyList<string> Roles)
{
    internal Actor AsActor { get; } = new(ActorKind.Staff, new StaffId(Numbered(Login)), Login, Name, UnitCode, [.. Roles]);

    /// <summary>The same id in every run: a rehearsal told twice is told alike.</summary>
    private static Guid Numbered(string login) => new(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(login)).AsSpan(0, 16));
}
