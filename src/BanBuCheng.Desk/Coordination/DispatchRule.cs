using System.Text;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BanBuCheng.Desk.Coordination;

/// <summary>
/// 派单目录里的一条 — whose an item is, and by what. At most one stands for an item; it is never rewritten: a newer one ends it, and
/// both can be read.
/// </summary>
public sealed class DispatchRule
{
    private DispatchRule() { }

    internal static DispatchRule Set(Guid id, string item, string unit, string basis, string? caseNumber, Actor by, DateTimeOffset now) =>
        new() { Id = id, Item = item, ItemKey = KeyOf(item), UnitCode = unit, Basis = basis, CaseNumber = caseNumber, SetBy = by.Name, SetAt = now };

    /// <summary>What two spellings of one item have in common: no blanks, one width of letters and brackets.</summary>
    /// <remarks>One width can be longer than what was typed (㎡ becomes m2); what does not fit the column is left off.</remarks>
    public static string KeyOf(string item)
    {
        var key = string.Concat(item.Normalize(NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();
        return key.Length <= CaseLimits.ShortText ? key : key[..CaseLimits.ShortText];
    }

    public Guid Id { get; private set; }

    /// <summary>事项, as the citizen's original item is written in the case.</summary>
    public string Item { get; private set; } = "";
    public string ItemKey { get; private set; } = "";

    /// <summary>主办单位.</summary>
    public string UnitCode { get; private set; } = "";

    /// <summary>依据: the clause of the list of duties, or what the arbiter wrote.</summary>
    public string Basis { get; private set; } = "";

    /// <summary>The case in which it was arbitrated; null when somebody wrote it into the list.</summary>
    public string? CaseNumber { get; private set; }
    public string SetBy { get; private set; } = "";
    public DateTimeOffset SetAt { get; private set; }
    public string? EndedBy { get; private set; }

    /// <summary>Null while it stands.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>为什么不再照它派; null when a newer one took its place.</summary>
    public string? EndedWhy { get; private set; }
    public int Version { get; private set; }

    internal void End(Actor by, DateTimeOffset now, string? why = null) => (EndedBy, EndedAt, EndedWhy) = (by.Name, now, why);
}

internal sealed class DispatchRuleTable : IEntityTypeConfiguration<DispatchRule>
{
    public void Configure(EntityTypeBuilder<DispatchRule> builder)
    {
        builder.ToTable("dispatch_rules");
        builder.HasKey(r => r.Id);
        builder.HasIndex(r => r.ItemKey).IsUnique().HasFilter("ended_at IS NULL");
        builder.HasIndex(r => new { r.ItemKey, r.SetAt });
        builder.HasIndex(r => r.SetAt);
        builder.Property(r => r.Item).HasMaxLength(CaseLimits.ShortText);
        builder.Property(r => r.ItemKey).HasMaxLength(CaseLimits.ShortText);
        builder.Property(r => r.UnitCode).HasMaxLength(40);
        builder.Property(r => r.Basis).HasMaxLength(CaseLimits.LongText);
        builder.Property(r => r.CaseNumber).HasMaxLength(12);
        builder.Property(r => r.SetBy).HasMaxLength(40);
        builder.Property(r => r.EndedBy).HasMaxLength(40);
        builder.Property(r => r.EndedWhy).HasMaxLength(CaseLimits.ShortText);
        builder.Property(r => r.Version).IsConcurrencyToken();
    }
}
