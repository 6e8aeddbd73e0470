using BanBuCheng.Engine.Durable;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Engine.Tests.Durable;

/// <summary>A host's context: one table of its own beside the engine's.</summary>
public sealed class FlowTestDb(DbContextOptions<FlowTestDb> options) : DbContext(options)
{
    public DbSet<HostNote> Notes => Set<HostNote>();
    internal DbSet<FlowInstanceRow> Instances => Set<FlowInstanceRow>();
    internal DbSet<FlowWaitRow> Waits => Set<FlowWaitRow>();
    internal DbSet<FlowLogRow> Log => Set<FlowLogRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddFlowTables();

    // What a host is likely to agree on for itself must not change the engine's tables.
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<string>();
        configurationBuilder.Properties<Enum>().HaveConversion<int>();
        configurationBuilder.Properties<string>().HaveMaxLength(77);
    }
}

public sealed class HostNote
{
    public Guid Id { get; init; }
    public required string Text { get; init; }
}
