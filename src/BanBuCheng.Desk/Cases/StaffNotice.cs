using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BanBuCheng.Desk.Cases;

/// <summary>
/// 提醒 — something a colleague should know and need not do: the first contact hears of every change, a hand-over that nobody
/// confirmed is told to both sides. Never the only thing that moves a case: that is a task.
/// </summary>
public sealed class StaffNotice
{
    private StaffNotice() { }

    internal static StaffNotice Tell(Guid id, CaseId caseId, StaffId to, string kind, string text, DateTimeOffset now) =>
        new() { Id = id, CaseId = caseId, To = to, Kind = kind, Text = text, At = now };

    public Guid Id { get; private set; }
    public CaseId CaseId { get; private set; }
    public StaffId To { get; private set; }

    /// <summary>The journal's kind for a change, <see cref="Alarm"/> for an alarm.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>One sentence; no personal data.</summary>
    public string Text { get; private set; } = "";
    public DateTimeOffset At { get; private set; }
    public DateTimeOffset? SeenAt { get; private set; }

    internal void See(DateTimeOffset now) => SeenAt ??= now;

    public const string Alarm = "alarm";
}

internal sealed class StaffNoticeTable : IEntityTypeConfiguration<StaffNotice>
{
    public void Configure(EntityTypeBuilder<StaffNotice> builder)
    {
        builder.ToTable("staff_notices");
        builder.HasKey(n => n.Id);
        builder.HasIndex(n => new { n.To, n.SeenAt, n.At });
        builder.HasIndex(n => n.CaseId);
        builder.Property(n => n.Kind).HasMaxLength(40);
        builder.Property(n => n.Text).HasMaxLength(CaseLimits.ShortText);
    }
}
