using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BanBuCheng.Desk.Cases;

internal sealed class CaseTable : IEntityTypeConfiguration<ServiceCase>
{
    public void Configure(EntityTypeBuilder<ServiceCase> builder)
    {
        builder.ToTable("cases");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.Property(c => c.Number).HasMaxLength(CaseNumber.Length);
        builder.HasIndex(c => c.Number).IsUnique();
        builder.HasIndex(c => c.SubmissionKey).IsUnique();
        builder.HasIndex(c => c.PhoneIndex);
        builder.HasIndex(c => c.IdNumberIndex);
        builder.HasIndex(c => new { c.State, c.DueOn, c.Id });
        builder.HasIndex(c => new { c.FirstContact, c.State, c.DueOn, c.Id });
        // With the subject, so that a search for words of it reads this index and not a hundred thousand cases.
        builder.HasIndex(c => new { c.AcceptedAt, c.Id, c.Subject });
        builder.HasIndex(c => new { c.State, c.CalendarVersion });
        builder.HasIndex(c => c.PausedUntil).HasFilter("paused_until IS NOT NULL");
        builder.HasIndex(c => new { c.OpenPartOn, c.Id }).HasFilter("open_part_on IS NOT NULL");
        builder.Property(c => c.OpenPart).HasMaxLength(CaseLimits.LongText);
        builder.Property(c => c.OpenPartOwner).HasMaxLength(40);
        builder.Property(c => c.Subject).HasMaxLength(CaseLimits.Subject);
        builder.Property(c => c.Story).HasMaxLength(CaseLimits.Story);
        builder.Property(c => c.OriginalItem).HasMaxLength(CaseLimits.ShortText);
        builder.Property(c => c.OriginalWindow).HasMaxLength(CaseLimits.ShortText);
        builder.Property(c => c.NeededByReason).HasMaxLength(CaseLimits.ShortText);
        builder.Property(c => c.MaskedName).HasMaxLength(40);
        builder.Property(c => c.MaskedPhone).HasMaxLength(20);
        builder.Property(c => c.PauseReason).HasMaxLength(CaseLimits.ShortText);
        builder.Property(c => c.PolicyAttribute).HasMaxLength(40);
        builder.Property(c => c.BackdateReason).HasMaxLength(CaseLimits.ShortText);
        builder.Property(c => c.LegalFinding).HasMaxLength(20);
        builder.Property(c => c.LegalClauses).HasMaxLength(CaseLimits.LongText);
        builder.Property(c => c.RiskText).HasMaxLength(CaseLimits.LongText);
        builder.Ignore(c => c.IsBackdated);
        builder.Property(c => c.LeadUnit).HasMaxLength(40);
        builder.Property(c => c.WindowUnitCode).HasMaxLength(40);
        builder.Property(c => c.FirstContactName).HasMaxLength(40);
        builder.Property(c => c.FirstContactPhone).HasMaxLength(40);

        // 事事有着落: the database itself refuses a closed case that still owes a reply.
        builder.ToTable(t => t.HasCheckConstraint("ck_cases_closed_has_reply",
            "state <> 'Closed' OR (replied_at IS NOT NULL AND outcome IS NOT NULL)"));
    }
}

internal sealed class CaseJournalTable : IEntityTypeConfiguration<CaseJournalEntry>
{
    public void Configure(EntityTypeBuilder<CaseJournalEntry> builder)
    {
        builder.ToTable("case_journal");
        builder.HasKey(e => e.Id);
        builder.HasIndex(e => new { e.CaseId, e.Sequence }).IsUnique();
        builder.Property(e => e.Kind).HasMaxLength(40);
        builder.Property(e => e.ActorKind).HasMaxLength(20);
        builder.Property(e => e.ActorLogin).HasMaxLength(40);
    }
}

internal sealed class SolutionAttemptTable : IEntityTypeConfiguration<SolutionAttempt>
{
    public void Configure(EntityTypeBuilder<SolutionAttempt> builder)
    {
        builder.ToTable("solution_attempts");
        builder.HasKey(a => a.Id);
        builder.HasIndex(a => new { a.CaseId, a.Number }).IsUnique();
        builder.Property(a => a.Text).HasMaxLength(CaseLimits.LongText);
        builder.Property(a => a.Objection).HasMaxLength(CaseLimits.LongText);
        builder.Property(a => a.ObjectionBasis).HasMaxLength(CaseLimits.ShortText);
        builder.Property(a => a.ProposedBy).HasMaxLength(40);
        builder.Property(a => a.ProposedByUnit).HasMaxLength(40);
        builder.Property(a => a.Objector).HasMaxLength(60);
    }
}

internal sealed class CaseDocumentTable : IEntityTypeConfiguration<CaseDocument>
{
    public void Configure(EntityTypeBuilder<CaseDocument> builder)
    {
        builder.ToTable("case_documents");
        builder.HasKey(d => d.Id);
        builder.HasIndex(d => d.CaseId);
        builder.Property(d => d.Title).HasMaxLength(CaseLimits.ShortText);
        builder.Property(d => d.DocumentNumber).HasMaxLength(60);
        builder.Property(d => d.IssuingUnit).HasMaxLength(60);
        builder.Property(d => d.FiledWith).HasMaxLength(60);
        builder.Property(d => d.ReceiptNumber).HasMaxLength(60);
        builder.Property(d => d.AddedBy).HasMaxLength(40);
    }
}

internal sealed class CaseNoteTable : IEntityTypeConfiguration<CaseNote>
{
    public void Configure(EntityTypeBuilder<CaseNote> builder)
    {
        builder.ToTable("case_notes");
        builder.HasKey(n => n.Id);
        builder.HasIndex(n => n.CaseId);
        builder.Property(n => n.Text).HasMaxLength(CaseLimits.LongText);
        builder.Property(n => n.Author).HasMaxLength(40);
    }
}

internal sealed class CaseSerialTable : IEntityTypeConfiguration<CaseSerial>
{
    public void Configure(EntityTypeBuilder<CaseSerial> builder)
    {
        builder.ToTable("case_serials");
        builder.HasKey(s => s.Day);
        builder.Property(s => s.Last).IsConcurrencyToken();
    }
}

internal sealed class JournalCheckpointTable : IEntityTypeConfiguration<JournalCheckpoint>
{
    public void Configure(EntityTypeBuilder<JournalCheckpoint> builder)
    {
        builder.ToTable("journal_checkpoints");
        builder.HasKey(c => c.Id);
    }
}
