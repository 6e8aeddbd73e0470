using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BanBuCheng.Desk.Sms;

internal sealed class OutgoingSmsTable : IEntityTypeConfiguration<OutgoingSms>
{
    public void Configure(EntityTypeBuilder<OutgoingSms> builder)
    {
        builder.ToTable("outgoing_sms");
        builder.HasKey(s => s.Id);
        builder.Property(s => s.Template).HasMaxLength(40);
        builder.Property(s => s.MaskedPhone).HasMaxLength(20);
        builder.Property(s => s.GatewayReference).HasMaxLength(80);
        builder.Property(s => s.FailureCode).HasMaxLength(80);
        builder.Property(s => s.Attempts).IsConcurrencyToken();
        builder.HasIndex(s => new { s.State, s.NextAttemptAt, s.Id });
        builder.HasIndex(s => new { s.QueuedAt, s.Id });
        builder.HasIndex(s => s.CaseId);
    }
}
