using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace BanBuCheng.Engine.Durable;

/// <summary>The engine's tables, to be added to the host's own model: they live in its database and change in its transactions.</summary>
public static class FlowTables
{
    /// <summary>Adds the tables with fixed names and formats, whatever the host's conventions: prepared commands name them.</summary>
    public static ModelBuilder AddFlowTables(this ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfiguration(new FlowDefinitionTable());
        modelBuilder.ApplyConfiguration(new FlowSourceTable());
        modelBuilder.ApplyConfiguration(new FlowInstanceTable());
        modelBuilder.ApplyConfiguration(new FlowWaitTable());
        modelBuilder.ApplyConfiguration(new FlowTriggerTable());
        modelBuilder.ApplyConfiguration(new FlowInboxTable());
        modelBuilder.ApplyConfiguration(new FlowIncidentTable());
        modelBuilder.ApplyConfiguration(new FlowLogTable());
        return modelBuilder;
    }

    /// <summary>Longest text that SQL Server can index.</summary>
    internal const int Indexable = 450;

    /// <summary>Names every column, and fixes how instants and enumerations are written.</summary>
    internal static void Fix<TRow>(EntityTypeBuilder<TRow> table, string name) where TRow : class
    {
        table.ToTable(name);
        foreach (var property in table.Metadata.GetProperties())
        {
            property.SetColumnName(Snake(property.Name));
            // Whatever the host agreed on for its own properties is taken back first.
            property.SetProviderClrType(null);
            property.SetValueConverter((Type?)null);
            property.SetMaxLength(property.ClrType.IsEnum ? 30 : null);
            if (property.ClrType == typeof(DateTimeOffset) || property.ClrType == typeof(DateTimeOffset?)) property.SetValueConverter(new UtcConverter());
            if (property.ClrType.IsEnum) property.SetProviderClrType(typeof(string));
        }
    }

    private static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(letter));
        }
        return text.ToString();
    }

    // SQLite can neither compare nor order a DateTimeOffset; UTC DateTime text it can. PostgreSQL: timestamp with time zone.
    private sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTime>(
        at => at.UtcDateTime, at => new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)));
}
