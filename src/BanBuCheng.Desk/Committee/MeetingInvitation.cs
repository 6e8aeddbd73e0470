using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BanBuCheng.Desk.Committee;

/// <summary>会商请了一家 — whether it comes, who comes or stands in, and who was there in the end.</summary>
public sealed class MeetingInvitation
{
    private MeetingInvitation() { }

    internal static MeetingInvitation Send(Guid id, Guid meetingId, string unit) => new() { Id = id, MeetingId = meetingId, UnitCode = unit };

    public Guid Id { get; private set; }
    public Guid MeetingId { get; private set; }
    public string UnitCode { get; private set; } = "";
    public Attendance Said { get; private set; }

    /// <summary>谁来; with leave: 由谁代.</summary>
    public string? Who { get; private set; }

    /// <summary>为什么请假.</summary>
    public string? Why { get; private set; }
    public string? SaidBy { get; private set; }
    public DateTimeOffset? SaidAt { get; private set; }

    /// <summary>Who was there, as the minutes say; empty for nobody. Null until the minutes are written.</summary>
    public string? Came { get; private set; }
    public int Version { get; private set; }

    internal void Say(Attendance said, string who, string? why, Actor by, DateTimeOffset at) => (Said, Who, Why, SaidBy, SaidAt) = (said, who, why, by.Name, at);

    internal void Record(string came) => Came = came;
}

/// <summary>到会回执.</summary>
public enum Attendance
{
    /// <summary>还没回话.</summary>
    Unanswered,

    /// <summary>到会.</summary>
    Coming,

    /// <summary>请假，由人代.</summary>
    StandIn,
}

internal sealed class MeetingInvitationTable : IEntityTypeConfiguration<MeetingInvitation>
{
    public void Configure(EntityTypeBuilder<MeetingInvitation> builder)
    {
        builder.ToTable("meeting_invitations");
        builder.HasKey(i => i.Id);
        builder.HasIndex(i => new { i.MeetingId, i.UnitCode }).IsUnique();
        builder.Property(i => i.Version).IsConcurrencyToken();
        builder.Property(i => i.UnitCode).HasMaxLength(40);
        builder.Property(i => i.Who).HasMaxLength(CaseLimits.Name);
        builder.Property(i => i.Why).HasMaxLength(CaseLimits.ShortText);
        builder.Property(i => i.SaidBy).HasMaxLength(40);
        builder.Property(i => i.Came).HasMaxLength(CaseLimits.ShortText);
    }
}
