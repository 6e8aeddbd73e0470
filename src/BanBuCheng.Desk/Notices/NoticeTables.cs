using BanBuCheng.Desk.Cases;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BanBuCheng.Desk.Notices;

internal sealed class CaseNoticeTable : IEntityTypeConfiguration<CaseNotice>
{
    public void Configure(EntityTypeBuilder<CaseNotice> builder)
    {
        builder.ToTable("case_notices");
        builder.HasKey(n => n.Id);
        builder.Property(n => n.Version).IsConcurrencyToken();
        builder.HasIndex(n => n.CaseId);
        builder.HasIndex(n => n.SmsId);
        builder.Property(n => n.Text).HasMaxLength(CaseLimits.Reply);
        builder.Property(n => n.IssuedBy).HasMaxLength(40);
        builder.Property(n => n.DeliveredByName).HasMaxLength(40);
        builder.Property(n => n.DeliveryNote).HasMaxLength(CaseLimits.LongText);
    }
}
