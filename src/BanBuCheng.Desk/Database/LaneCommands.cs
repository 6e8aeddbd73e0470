using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Update;

namespace BanBuCheng.Desk.Database;

/// <summary>
/// The prepared commands of one connection: for each table and each set of columns that was ever written. Not for several threads; the
/// lane lets one in at a time.
/// </summary>
internal sealed class LaneCommands(SqliteConnection connection)
{
    /// <summary>Whoever changes yet another set of columns pays for its text each time, and nothing grows without end.</summary>
    private const int MostOfATable = 64;

    private static readonly ConditionalWeakTable<DbConnection, LaneCommands> Lanes = [];

    private readonly Dictionary<string, List<LaneCommand>> _tables = [];

    /// <summary>From now on rows on this connection are written by prepared commands.</summary>
    public static void Serve(SqliteConnection connection) => Lanes.AddOrUpdate(connection, new LaneCommands(connection));

    public static LaneCommands? Of(DbConnection connection) => Lanes.TryGetValue(connection, out var commands) ? commands : null;

    /// <summary>Null for what is better left to EF: values that the database makes, except a row's number; conditions on nothing.</summary>
    public LaneCommand? Find(IReadOnlyModificationCommand row)
    {
        if (!_tables.TryGetValue(row.TableName, out var commands)) _tables[row.TableName] = commands = [];
        foreach (var command in commands)
            if (command.Fits(row)) return command;
        if (commands.Count >= MostOfATable || !LaneCommand.Covers(row)) return null;
        var made = LaneCommand.Make(connection, row);
        commands.Add(made);
        return made;
    }
}

/// <summary>INSERT, UPDATE or DELETE of one row with a fixed set of columns.</summary>
internal sealed class LaneCommand
{
    private readonly EntityState _state;
    private readonly (string Name, bool IsWrite, bool IsCondition, bool IsRead)[] _columns;
    private readonly SqliteCommand _command;

    private LaneCommand(EntityState state, (string, bool, bool, bool)[] columns, SqliteCommand command) => (_state, _columns, _command) = (state, columns, command);

    public static bool Covers(IReadOnlyModificationCommand row)
    {
        if (row.StoreStoredProcedure is not null || row.EntityState is not (EntityState.Added or EntityState.Modified or EntityState.Deleted)) return false;
        var reads = 0;
        foreach (var column in row.ColumnModifications)
        {
            if (column.TypeMapping is null || column.JsonPath is not null) return false;
            if (column.IsCondition && column.OriginalValue is null) return false;
            if (column.IsRead && (row.EntityState is not EntityState.Added || !column.IsKey || column.Property?.ClrType != typeof(long) || ++reads > 1)) return false;
        }

        return true;
    }

    public static LaneCommand Make(SqliteConnection connection, IReadOnlyModificationCommand row)
    {
        var command = connection.CreateCommand();
        var (set, where) = (new List<string>(), new List<string>());
        foreach (var column in row.ColumnModifications)
            if (column.IsWrite) set.Add(row.EntityState is EntityState.Added ? Parameter(column, column.Value) : $"{Quoted(column.ColumnName)} = {Parameter(column, column.Value)}");
        foreach (var column in row.ColumnModifications)
            if (column.IsCondition) where.Add($"{Quoted(column.ColumnName)} = {Parameter(column, column.OriginalValue)}");
        var text = new StringBuilder();
        if (row.EntityState is EntityState.Added)
            text.Append("INSERT INTO ").Append(Quoted(row.TableName)).Append(" (").AppendJoin(", ", row.ColumnModifications.Where(c => c.IsWrite).Select(c => Quoted(c.ColumnName)))
                .Append(") VALUES (").AppendJoin(", ", set).Append(')');
        else if (row.EntityState is EntityState.Modified) text.Append("UPDATE ").Append(Quoted(row.TableName)).Append(" SET ").AppendJoin(", ", set);
        else text.Append("DELETE FROM ").Append(Quoted(row.TableName));
        if (row.EntityState is not EntityState.Added) text.Append(" WHERE ").AppendJoin(" AND ", where);
#pragma warning disable CA2100 // Names of the model's tables and columns; every value is a parameter.
        command.CommandText = text.ToString();
#pragma warning restore CA2100
        return new LaneCommand(row.EntityState, [.. row.ColumnModifications.Select(c => (c.ColumnName, c.IsWrite, c.IsCondition, c.IsRead))], command);

        string Parameter(IColumnModification column, object? value)
        {
            // The mapping says once how its values are bound; from then on only the value changes.
            var parameter = column.TypeMapping!.CreateParameter(command, $"@p{command.Parameters.Count}", value, column.IsNullable);
            command.Parameters.Add(parameter);
            return parameter.ParameterName;
        }
    }

    public bool Fits(IReadOnlyModificationCommand row)
    {
        var columns = row.ColumnModifications;
        if (row.EntityState != _state || columns.Count != _columns.Length) return false;
        for (var i = 0; i < _columns.Length; i++)
        {
            var (column, known) = (columns[i], _columns[i]);
            if (column.IsWrite != known.IsWrite || column.IsCondition != known.IsCondition || column.IsRead != known.IsRead || column.ColumnName != known.Name) return false;
            if (known.IsCondition && column.OriginalValue is null) return false;
        }

        return true;
    }

    /// <returns>How many rows were touched.</returns>
    public int Run(IReadOnlyModificationCommand row, SqliteTransaction transaction)
    {
        var (columns, parameters, at) = (row.ColumnModifications, _command.Parameters, 0);
        for (var i = 0; i < columns.Count; i++)
            if (columns[i].IsWrite) parameters[at++].Value = ToProvider(columns[i], columns[i].Value);
        for (var i = 0; i < columns.Count; i++)
            if (columns[i].IsCondition) parameters[at++].Value = ToProvider(columns[i], columns[i].OriginalValue);
        _command.Transaction = transaction;
        var affected = _command.ExecuteNonQuery();
        if (_state is EntityState.Added)
            for (var i = 0; i < columns.Count; i++)
                if (columns[i].IsRead) columns[i].Value = SQLitePCL.raw.sqlite3_last_insert_rowid(transaction.Connection!.Handle);
        return affected;
    }

    private static object ToProvider(IColumnModification column, object? value) =>
        (column.TypeMapping!.Converter is { } converter ? converter.ConvertToProvider(value) : value) ?? DBNull.Value;

    private static string Quoted(string name) => $"\"{name}\"";
}
