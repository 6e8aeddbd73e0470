using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;

namespace BanBuCheng.Desk.Database.Sqlite.Migrations;

/// <summary>
/// Turns the ids and instants that lie in the file as text into bytes and whole numbers, as the columns now say. Written by hand: SQLite keeps
/// a value as it was when only its column's type changes, and EF knows nothing of that. Which columns, the two models around it say themselves.
/// </summary>
/// <remarks>
/// What is no id or no instant becomes NULL, which the column refuses: then nothing is changed, and the file opens with the program it was
/// written by. The room that is set free is used again by new rows.
/// </remarks>
[DbContext(typeof(SqliteDeskDb))]
[Migration("20261125180001_CompactValues")]
internal sealed class CompactValues : Migration
{
    // 62135596800 s lie between the first day of the year 1 and 1970; the fraction is written without its trailing zeros.
    private const string Ticks = "(strftime('%s', substr({0}, 1, 19)) + 62135596800) * 10000000 + CAST(substr(substr({0}, 21) || '0000000', 1, 7) AS INTEGER)";
    private const string Bytes = "unhex(replace({0}, '-', ''))";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var (table, columns) in Changed())
            migrationBuilder.Sql($"UPDATE \"{table}\" SET {string.Join(", ", columns.Select(c => $"\"{c.Name}\" = {string.Format(null, c.IsId ? Bytes : Ticks, $"\"{c.Name}\"")}"))};");
    }

    protected override void Down(MigrationBuilder migrationBuilder) => throw new NotSupportedException("Text took more room for the same. To go back, restore a backup.");

    /// <summary>Each table with the columns that were text before and are not any more.</summary>
    internal static IEnumerable<(string Table, IReadOnlyList<(string Name, bool IsId)> Columns)> Changed()
    {
        var before = new DeskGrown().TargetModel.GetEntityTypes().ToDictionary(t => t.GetTableName()!, Columns);
        foreach (var type in Beside("DeskSettled").TargetModel.GetEntityTypes())
        {
            if (!before.TryGetValue(type.GetTableName()!, out var was)) continue;
            var changed = Columns(type).Where(c => was.TryGetValue(c.Key, out var old) && old == "TEXT" && c.Value is ("BLOB" or "INTEGER")).Select(c => (c.Key, c.Value == "BLOB")).ToList();
            if (changed.Count > 0) yield return (type.GetTableName()!, changed);
        }

        // By its name: that one is generated, and made anew by a program in which it is not there.
        static Migration Beside(string name) => (Migration)Activator.CreateInstance(typeof(CompactValues).Assembly.GetType($"{typeof(CompactValues).Namespace}.{name}", throwOnError: true)!)!;

        static Dictionary<string, string> Columns(IReadOnlyEntityType type) => type.GetProperties().ToDictionary(p => p.GetColumnName(), p => p.GetColumnType());
    }
}
