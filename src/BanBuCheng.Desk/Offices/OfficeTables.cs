using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BanBuCheng.Desk.Offices;

internal sealed class OfficeUnitTable : IEntityTypeConfiguration<OfficeUnit>
{
    public void Configure(EntityTypeBuilder<OfficeUnit> builder)
    {
        builder.ToTable("office_units");
        builder.HasKey(u => u.Code);
        builder.Property(u => u.Code).HasMaxLength(40);
        builder.Property(u => u.Name).HasMaxLength(60);
        builder.Property(u => u.Kind).HasMaxLength(20);
        builder.Property(u => u.Phone).HasMaxLength(40);
        builder.Property(u => u.Address).HasMaxLength(200);
    }
}

internal sealed class StaffTable : IEntityTypeConfiguration<StaffMember>
{
    public void Configure(EntityTypeBuilder<StaffMember> builder)
    {
        builder.ToTable("staff");
        builder.HasKey(s => s.Id);
        builder.HasIndex(s => s.Login).IsUnique();
        builder.HasIndex(s => s.UnitCode);
        builder.Property(s => s.Login).HasMaxLength(40);
        builder.Property(s => s.Name).HasMaxLength(40);
        builder.Property(s => s.UnitCode).HasMaxLength(40);
        builder.Property(s => s.Phone).HasMaxLength(40);
        builder.Property(s => s.PasswordHash).HasMaxLength(200);
        builder.Property(s => s.SecurityStamp).IsConcurrencyToken();
        builder.HasOne<OfficeUnit>().WithMany().HasForeignKey(s => s.UnitCode).OnDelete(DeleteBehavior.Restrict);
    }
}
