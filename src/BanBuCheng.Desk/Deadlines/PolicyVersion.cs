using System.Text.Json;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BanBuCheng.Desk.Deadlines;

/// <summary>时限政策 — one version of the numbers and their legal bases. Versions are added, never edited: an old case's date stays explainable.</summary>
public sealed class PolicyVersion
{
    private PolicyVersion() { }

    internal static PolicyVersion Of(int number, DeadlinePolicy policy, Actor by, DateTimeOffset at) => new()
    {
        Number = number,
        Content = JsonSerializer.Serialize(policy),
        ChangedBy = by.Name,
        ChangedAt = at,
    };

    /// <summary>1, 2, 3 …; the highest is in force.</summary>
    public int Number { get; private set; }
    public string Content { get; private set; } = "";
    public string ChangedBy { get; private set; } = "";
    public DateTimeOffset ChangedAt { get; private set; }

    public DeadlinePolicy Policy => JsonSerializer.Deserialize<DeadlinePolicy>(Content) ?? DeadlinePolicy.Default;
}

internal sealed class PolicyVersionTable : IEntityTypeConfiguration<PolicyVersion>
{
    public void Configure(EntityTypeBuilder<PolicyVersion> builder)
    {
        builder.ToTable("policy_versions");
        builder.HasKey(p => p.Number);
        builder.Property(p => p.Number).ValueGeneratedNever();
        builder.Property(p => p.ChangedBy).HasMaxLength(40);
        builder.Ignore(p => p.Policy);
    }
}
