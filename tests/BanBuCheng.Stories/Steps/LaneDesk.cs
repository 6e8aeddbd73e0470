using BanBuCheng.Desk.Database.Sqlite;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Steps;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Steps;

/// <summary>A lane over a file with one table, without the desk: a step writes its number, and whatever else it is told.</summary>
internal sealed class LaneDesk : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lane-").FullName;

    public LaneDesk()
    {
        File = Path.Combine(_folder, "desk.db");
        Lane = new WriterLane($"Data Source={File}");
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL; CREATE TABLE numbers (n INTEGER PRIMARY KEY)";
        command.ExecuteNonQuery();
    }

    public string File { get; }
    public WriterLane Lane { get; }

    public async Task StepAsync(int number, Func<Writer, Task> work, bool alone = false, Pace pace = Pace.Person, CancellationToken? ct = null)
    {
        await using var turn = await Lane.EnterAsync(pace, alone, ct ?? TestContext.Current.CancellationToken);
        var options = new DbContextOptionsBuilder<SqliteDeskDb>();
        DatabaseSetup.ConfigureLane(options, Lane.Connection);
        await using var db = new SqliteDeskDb(options.Options);
        await turn.BeginAsync(db, CancellationToken.None);
        var writer = new Writer(db);
        await writer.ExecuteAsync($"INSERT INTO numbers (n) VALUES ({number})");
        await work(writer);
        await turn.CommitAsync();
    }

    public Task<List<int>> NumbersAsync() => NumbersAsync(_folder);

    public static async Task<List<int>> NumbersAsync(string folder)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "desk.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT n FROM numbers ORDER BY n";
        await using var rows = await command.ExecuteReaderAsync();
        var numbers = new List<int>();
        while (await rows.ReadAsync()) numbers.Add(rows.GetInt32(0));
        return numbers;
    }

    /// <summary>What a power cut would leave behind at this instant.</summary>
    public string Copy()
    {
        var folder = Path.Combine(_folder, $"cut-{Directory.GetDirectories(_folder).Length}");
        Directory.CreateDirectory(folder);
        foreach (var file in new[] { File, File + "-wal" })
            if (System.IO.File.Exists(file)) System.IO.File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        return folder;
    }

    public ValueTask DisposeAsync()
    {
        Lane.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    internal sealed class Writer(SqliteDeskDb db)
    {
#pragma warning disable EF1002 // Constants of the tests.
        public Task ExecuteAsync(string sql) => db.Database.ExecuteSqlRawAsync(sql);
#pragma warning restore EF1002
    }
}
