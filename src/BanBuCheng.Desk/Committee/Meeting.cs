using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BanBuCheng.Desk.Committee;

/// <summary>议题 — a case that the station brought before the joint committee, from the escalation until a meeting has decided on it.</summary>
public sealed class AgendaItem
{
    private AgendaItem() { }

    /// <summary>The outcome of a case that needed no meeting any more when it came to it.</summary>
    public const string SettledBefore = "会前已经办过，没有议";

    internal static AgendaItem Raise(Guid id, CaseId caseId, string reason, DateTimeOffset at) => new() { Id = id, CaseId = caseId, Reason = reason, RaisedAt = at };

    public Guid Id { get; private set; }
    public CaseId CaseId { get; private set; }
    public string Reason { get; private set; } = "";
    public DateTimeOffset RaisedAt { get; private set; }

    /// <summary>Null until it was put on a meeting's agenda.</summary>
    public Guid? MeetingId { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public string? Outcome { get; private set; }

    internal void PutOn(Guid meeting)
    {
        if (DecidedAt is not null) throw new RefusedException("meeting.item-decided");
        MeetingId = meeting;
    }

    internal void Decide(string outcome, DateTimeOffset at) => (Outcome, DecidedAt) = (outcome, at);
}

/// <summary>会商 — one meeting of the joint committee: its day, its minutes. It co-ordinates; papers are issued by the competent organ.</summary>
public sealed class CommitteeMeeting
{
    private CommitteeMeeting() { }

    internal static CommitteeMeeting Call(Guid id, string number, DateOnly on, string place, Actor by, DateTimeOffset at) =>
        new() { Id = id, Number = number, On = on, Place = place, CalledBy = by.Name, CalledAt = at };

    public Guid Id { get; private set; }

    /// <summary>HS2026-07.</summary>
    public string Number { get; private set; } = "";
    public DateOnly On { get; private set; }
    public string Place { get; private set; } = "";
    public string CalledBy { get; private set; } = "";
    public DateTimeOffset CalledAt { get; private set; }

    /// <summary>到会的人.</summary>
    public string Present { get; private set; } = "";
    public DateTimeOffset? ClosedAt { get; private set; }
    public string? ClosedBy { get; private set; }
    public int Version { get; private set; }

    internal void Close(string present, Actor by, DateTimeOffset at)
    {
        if (ClosedAt is not null) throw new RefusedException("meeting.closed");
        (Present, ClosedBy, ClosedAt) = (present, by.Name, at);
    }
}

/// <summary>议定事项 — what one department does by a day. Never a permit: the paper is the department's, in its own name.</summary>
public sealed class DecisionItem
{
    private DecisionItem() { }

    internal static DecisionItem Resolve(Guid id, Guid meetingId, CaseId caseId, string code, string text, string unit, DateOnly dueOn) =>
        new() { Id = id, MeetingId = meetingId, CaseId = caseId, Code = code, Text = text, UnitCode = unit, DueOn = dueOn };

    public Guid Id { get; private set; }
    public Guid MeetingId { get; private set; }
    public CaseId CaseId { get; private set; }

    /// <summary>HS2026-07-2; the tracked task bears it in its title.</summary>
    public string Code { get; private set; } = "";
    public string Text { get; private set; } = "";
    public string UnitCode { get; private set; } = "";
    public DateOnly DueOn { get; private set; }

    /// <summary>The title of the task that carries it out: whether it is done, is the task's to say.</summary>
    public string TaskTitle => TitleOf(Code);

    public static string TitleOf(string code) => TaskTitles.DecisionItem + code;
}

internal sealed class AgendaItemTable : IEntityTypeConfiguration<AgendaItem>
{
    public void Configure(EntityTypeBuilder<AgendaItem> builder)
    {
        builder.ToTable("agenda_items");
        builder.HasKey(a => a.Id);
        builder.HasIndex(a => a.CaseId);
        builder.HasIndex(a => a.MeetingId);
        builder.Property(a => a.Reason).HasMaxLength(CaseLimits.LongText);
        builder.Property(a => a.Outcome).HasMaxLength(40);
    }
}

internal sealed class CommitteeMeetingTable : IEntityTypeConfiguration<CommitteeMeeting>
{
    public void Configure(EntityTypeBuilder<CommitteeMeeting> builder)
    {
        builder.ToTable("committee_meetings");
        builder.HasKey(m => m.Id);
        builder.HasIndex(m => m.Number).IsUnique();
        builder.HasIndex(m => m.On);
        builder.Property(m => m.Version).IsConcurrencyToken();
        builder.Property(m => m.Number).HasMaxLength(20);
        builder.Property(m => m.Place).HasMaxLength(60);
        builder.Property(m => m.CalledBy).HasMaxLength(40);
        builder.Property(m => m.Present).HasMaxLength(300);
        builder.Property(m => m.ClosedBy).HasMaxLength(40);
    }
}

internal sealed class DecisionItemTable : IEntityTypeConfiguration<DecisionItem>
{
    public void Configure(EntityTypeBuilder<DecisionItem> builder)
    {
        builder.ToTable("decision_items");
        builder.HasKey(d => d.Id);
        builder.HasIndex(d => d.MeetingId);
        builder.HasIndex(d => d.CaseId);
        builder.HasIndex(d => d.Code).IsUnique();
        builder.Property(d => d.Code).HasMaxLength(30);
        builder.Property(d => d.Text).HasMaxLength(CaseLimits.ShortText * 2);
        builder.Property(d => d.UnitCode).HasMaxLength(40);
        builder.Ignore(d => d.TaskTitle);
    }
}
