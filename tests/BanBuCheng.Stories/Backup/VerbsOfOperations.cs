using System.Text.Json;
using BanBuCheng.Desk.Backup;
using BanBuCheng.Stories.Given;
using Microsoft.Data.Sqlite;
using Xunit;
using Database = BanBuCheng.Stories.Given.Database;

namespace BanBuCheng.Stories.Backup;

/// <summary>The verbs as a script calls them: the real program, one JSON document, the exit code.</summary>
public sealed class VerbsOfOperations
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(DisplayName = "网站开着就备份；恢复要先停网站；恢复以后核对流水，谁改了一条都报出来")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Backup_restore_and_audit_speak_the_contract(Database database)
    {
        await using var here = new Elsewhere();
        await using var away = new Elsewhere();
        var place = await here.PlaceAsync(database);

        // Nothing there yet, and nothing is made by looking.
        var (code, answer) = await Verb.RunAsync(place, "audit", "verify");
        Assert.Equal((1, "unreadable-input"), (code, Error(answer)));
        Assert.False(Directory.Exists(place.DataFolder));

        await using (var site = await ServedHall.StartAsync(place, here.Log, null, "--no-demo"))
        {
            (code, answer) = await Verb.RunAsync(place, "backup", here.Archive);
            Assert.True(code == 0, answer.ToString());
            Assert.Equal(0, answer.GetProperty("cases").GetInt32());

            (code, answer) = await Verb.RunAsync(place, "restore", here.Archive, "--force");
            Assert.Equal((2, "server-running"), (code, Error(answer)));
            Assert.Equal(0, (await Verb.RunAsync(place, "audit", "verify")).ExitCode);
        }

        // The same data as a story's hall, so that there is a journal; then the verbs again.
        await using (var hall = await Hall.OverAsync(place, "2026-03-02 09:00"))
        {
            await hall.Door.SendAsync(new Desk.Offices.OpenOffices(Web.Demo.DemoPeople.Units, Web.Demo.DemoPeople.People), Desk.Steps.Actor.Clock, Ct);
            await hall.JudgesAsync((await hall.AcceptsAsync()).Number);
            await hall.ItIsAsync("2026-03-02 10:10");
            Assert.Equal(0, (await Verb.RunAsync(place, "backup", here.Archive)).ExitCode);
        }

        var there = await away.PlaceAsync(database);
        (code, answer) = await Verb.RunAsync(there, "restore", here.Archive);
        Assert.True(code == 0, answer.ToString());
        Assert.True(answer.GetProperty("audit").GetProperty("ok").GetBoolean());
        Assert.Equal(1, answer.GetProperty("cases").GetInt32());
        if (database is Database.PostgreSql) return; // the rest is the same code; each call is a process of its own

        (code, answer) = await Verb.RunAsync(there, "restore", here.Archive);
        Assert.Equal((2, "target-not-empty"), (code, Error(answer)));
        (code, answer) = await Verb.RunAsync(there, "audit", "verify");
        Assert.Equal((0, true, 1, 0), (code, answer.GetProperty("ok").GetBoolean(), answer.GetProperty("cases").GetInt32(), answer.GetProperty("findings").GetArrayLength()));
        Assert.True(answer.GetProperty("rows").GetInt64() > 3);

        await TamperAsync(there, "UPDATE case_journal SET facts = '{}' WHERE sequence = 2");
        (code, answer) = await Verb.RunAsync(there, "audit", "verify");
        Assert.Equal((1, false), (code, answer.GetProperty("ok").GetBoolean()));
        var finding = answer.GetProperty("findings").EnumerateArray().First();
        Assert.Equal(("Edited", 2), (finding.GetProperty("what").GetString(), finding.GetProperty("row").GetInt32()));
        Assert.StartsWith("B260302", finding.GetProperty("caseNumber").GetString(), StringComparison.Ordinal);

        (code, answer) = await Verb.RunAsync(there, "restore", here.Archive + ".none");
        Assert.Equal((1, "unreadable-input"), (code, Error(answer)));
        await File.WriteAllBytesAsync(away.Other, (await File.ReadAllBytesAsync(here.Archive, Ct))[..2000], Ct);
        (code, answer) = await Verb.RunAsync(there, "restore", away.Other, "--force");
        Assert.Equal((1, "damaged-archive"), (code, Error(answer)));
        (code, answer) = await Verb.RunAsync(there, "restore", here.Archive, "--force");
        Assert.True(code == 0, answer.ToString());
        Assert.Contains("before-restore-", answer.GetProperty("kept").GetString(), StringComparison.Ordinal);
    }

    private static string? Error(JsonElement answer)
    {
        var error = answer.GetProperty("error");
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        return error.GetProperty("code").GetString();
    }

    private static async Task TamperAsync(HallPlace place, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={place.Database};Pooling=False");
        await connection.OpenAsync(Ct);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A constant of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        Assert.True(await command.ExecuteNonQueryAsync(Ct) > 0);
    }
}
