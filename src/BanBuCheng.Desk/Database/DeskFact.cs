using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BanBuCheng.Desk.Database;

/// <summary>A single fact about this data folder: whether it is the demo hall or a real one, how far the seeding has come.</summary>
public sealed class DeskFact
{
    private DeskFact() { }
    public static DeskFact Of(string name, string value) => new() { Name = name, Value = value };

    public string Name { get; private set; } = "";
    public string Value { get; private set; } = "";
    public void Become(string value) => Value = value;
}

/// <summary>Names of the facts.</summary>
public static class DeskFacts
{
    /// <summary><c>demo</c> or <c>real</c>, for ever.</summary>
    public const string Hall = "hall";

    /// <summary><c>done/total</c> of the demo seeding.</summary>
    public const string Seeding = "seeding";

    /// <summary>What the key file leaves of itself in the database, so that a key of another hall is noticed before it seals anything.</summary>
    public const string KeyMark = "key-mark";

    /// <summary>When the journal's checkpoint was last thought of; its row lock keeps two nodes from making two.</summary>
    public const string Checkpoint = "journal-checkpoint";
}

internal sealed class DeskFactTable : IEntityTypeConfiguration<DeskFact>
{
    public void Configure(EntityTypeBuilder<DeskFact> builder)
    {
        builder.ToTable("desk_facts");
        builder.HasKey(f => f.Name);
        builder.Property(f => f.Name).HasMaxLength(40);
        builder.Property(f => f.Value).HasMaxLength(200);
    }
}
