using System.Text.Json;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BanBuCheng.Desk.Deadlines;

/// <summary>
/// 日历改动 — a holiday notice or local days, as somebody proposed it. It counts only after a second person has put it in force, and an
/// undo takes two people again. Rows are never deleted: an old date stays explainable.
/// </summary>
public sealed class CalendarChange
{
    private CalendarChange() { }

    internal static CalendarChange Propose(Guid id, HolidayNotice notice, string source, Actor by, DateTimeOffset at) => new()
    {
        Id = id,
        Kind = notice.Kind,
        Year = notice.Year,
        NoticeNumber = notice.Number,
        Title = notice.Title,
        Content = JsonSerializer.Serialize(notice),
        Source = source,
        ProposedByLogin = by.Login,
        ProposedBy = by.Name,
        ProposedAt = at,
    };

    public Guid Id { get; private set; }
    public NoticeKind Kind { get; private set; }
    public int Year { get; private set; }
    public string NoticeNumber { get; private set; } = "";
    public string Title { get; private set; } = "";

    /// <summary>The reading, JSON of a <see cref="HolidayNotice"/>.</summary>
    public string Content { get; private set; } = "{}";

    /// <summary>The text it was read from, as pasted.</summary>
    public string Source { get; private set; } = "";
    public CalendarChangeState State { get; private set; }
    public string ProposedByLogin { get; private set; } = "";
    public string ProposedBy { get; private set; } = "";
    public DateTimeOffset ProposedAt { get; private set; }

    /// <summary>Who put it in force or declined it.</summary>
    public string? DecidedBy { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public string? UndoAskedByLogin { get; private set; }
    public string? UndoAskedBy { get; private set; }
    public string? UndoReason { get; private set; }
    public string? UndoneBy { get; private set; }
    public DateTimeOffset? UndoneAt { get; private set; }
    public int Version { get; private set; }

    public HolidayNotice Notice => JsonSerializer.Deserialize<HolidayNotice>(Content) ?? throw new InvalidOperationException($"Expected a reading in calendar change {Id}.");

    /// <exception cref="RefusedException"><c>calendar.not-proposed</c>, <c>calendar.four-eyes</c></exception>
    internal void PutInForce(Actor by, DateTimeOffset at)
    {
        Guard(CalendarChangeState.Proposed, "calendar.not-proposed");
        if (by.Login == ProposedByLogin) throw new RefusedException("calendar.four-eyes");
        (State, DecidedBy, DecidedAt) = (CalendarChangeState.InForce, by.Name, at);
    }

    internal void Decline(Actor by, DateTimeOffset at)
    {
        Guard(CalendarChangeState.Proposed, "calendar.not-proposed");
        (State, DecidedBy, DecidedAt) = (CalendarChangeState.Declined, by.Name, at);
    }

    internal void AskUndo(string reason, Actor by)
    {
        Guard(CalendarChangeState.InForce, "calendar.not-in-force");
        (State, UndoReason, UndoAskedByLogin, UndoAskedBy) = (CalendarChangeState.UndoAsked, reason, by.Login, by.Name);
    }

    /// <exception cref="RefusedException"><c>calendar.no-undo-asked</c>, <c>calendar.four-eyes</c></exception>
    internal void Undo(Actor by, DateTimeOffset at)
    {
        Guard(CalendarChangeState.UndoAsked, "calendar.no-undo-asked");
        if (by.Login == UndoAskedByLogin) throw new RefusedException("calendar.four-eyes");
        (State, UndoneBy, UndoneAt) = (CalendarChangeState.Undone, by.Name, at);
    }

    internal void Keep()
    {
        Guard(CalendarChangeState.UndoAsked, "calendar.no-undo-asked");
        (State, UndoReason, UndoAskedByLogin, UndoAskedBy) = (CalendarChangeState.InForce, null, null, null);
    }

    private void Guard(CalendarChangeState expected, string refusal)
    {
        if (State != expected) throw new RefusedException(refusal);
    }
}

/// <summary>Where a calendar change stands; <see cref="UndoAsked"/> is still in force.</summary>
public enum CalendarChangeState { Proposed, InForce, Declined, UndoAsked, Undone }

/// <summary>日历版本 — one decision that changed the calendar: a change came in, or was taken out again.</summary>
public sealed class CalendarVersion
{
    private CalendarVersion() { }

    internal static CalendarVersion Of(int number, Guid changeId, bool adds, Actor by, DateTimeOffset at) =>
        new() { Number = number, ChangeId = changeId, Adds = adds, DecidedBy = by.Name, At = at };

    /// <summary>1, 2, 3 …; 0 is the calendar that ships. Two decisions at once: the key lets one through, the other is tried again.</summary>
    public int Number { get; private set; }
    public Guid ChangeId { get; private set; }

    /// <summary>True when the change came in, false when it was undone.</summary>
    public bool Adds { get; private set; }
    public string DecidedBy { get; private set; } = "";
    public DateTimeOffset At { get; private set; }
}

internal sealed class CalendarChangeTable : IEntityTypeConfiguration<CalendarChange>
{
    public void Configure(EntityTypeBuilder<CalendarChange> builder)
    {
        builder.ToTable("calendar_changes");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.Property(c => c.NoticeNumber).HasMaxLength(60);
        builder.Property(c => c.Title).HasMaxLength(200);
        builder.Property(c => c.ProposedByLogin).HasMaxLength(40);
        builder.Property(c => c.ProposedBy).HasMaxLength(40);
        builder.Property(c => c.DecidedBy).HasMaxLength(40);
        builder.Property(c => c.UndoAskedByLogin).HasMaxLength(40);
        builder.Property(c => c.UndoAskedBy).HasMaxLength(40);
        builder.Property(c => c.UndoReason).HasMaxLength(300);
        builder.Property(c => c.UndoneBy).HasMaxLength(40);
        builder.Ignore(c => c.Notice);
    }
}

internal sealed class CalendarVersionTable : IEntityTypeConfiguration<CalendarVersion>
{
    public void Configure(EntityTypeBuilder<CalendarVersion> builder)
    {
        builder.ToTable("calendar_versions");
        builder.HasKey(v => v.Number);
        builder.Property(v => v.Number).ValueGeneratedNever();
        builder.Property(v => v.DecidedBy).HasMaxLength(40);
    }
}
