using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BanBuCheng.Engine.Durable;

/// <summary>
/// What one step did to one instance: a pack of JSON lines, readable with any tool. Rows are added, never changed; when a long instance ends,
/// in that same step, its packs become one that takes a tenth of the room.
/// </summary>
public sealed class FlowLogRow
{
    public long Id { get; init; }
    public required long InstanceNo { get; init; }

    /// <summary>Number of the pack's first entry in the instance's history.</summary>
    public required int FirstSeq { get; init; }
    public required int Count { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>See <see cref="JournalLines"/>.</summary>
    public required string Data { get; init; }
}

internal sealed class FlowLogTable : IEntityTypeConfiguration<FlowLogRow>
{
    public void Configure(EntityTypeBuilder<FlowLogRow> builder)
    {
        FlowTables.Fix(builder, "flow_log");
        builder.HasKey(l => l.Id).HasName("pk_flow_log");
        builder.Property(l => l.Id).ValueGeneratedOnAdd();
        builder.HasIndex(l => new { l.InstanceNo, l.FirstSeq }).IsUnique().HasDatabaseName("ux_flow_log_seq");
    }
}
