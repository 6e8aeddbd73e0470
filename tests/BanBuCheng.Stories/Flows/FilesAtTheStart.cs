using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Stories.Given;
using BanBuCheng.Stories.House;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BanBuCheng.Stories.Flows;

/// <summary>流程文件：坏了的点名，好的照收；没改的不动；在办的件不换流程。</summary>
public sealed class FilesAtTheStart : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("flows-").FullName;

    public FilesAtTheStart()
    {
        foreach (var file in Directory.EnumerateFiles(Repository.Path("workflows"), "*.json")) File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
    }

    [Fact(DisplayName = "有一个流程文件坏了：日志里点了名，别的都收下，照样受理办件")]
    public async Task A_damaged_file_is_named_and_the_others_are_taken()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "pause.json"), "{ \"definitionId\": \"pause\", ", TestContext.Current.CancellationToken);
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00", _folder);

        Assert.Contains(hall.Log.Lines, line => line.Contains("pause.json", StringComparison.Ordinal) && line.Contains("Damaged", StringComparison.Ordinal));
        var accepted = await hall.AcceptsAsync();
        await hall.ComesToDraftingAsync(accepted.Number);
        Assert.Equal("flow.nobody-listens", (await HallWork.RefusedAsync(() => hall.AsksAsync(accepted.Id, CaseEvents.PauseRequested, new JsonObject { ["reasonCode"] = "SUPPLEMENT", ["maxWorkingDays"] = 5 }))).Code);

        // 修好再导入，就收下了
        File.Copy(Repository.Path("workflows/pause.json"), Path.Combine(_folder, "pause.json"), overwrite: true);
        var results = await hall.Services.GetRequiredService<FlowShelf>().ImportAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["pause.json"], results.Where(r => r.Outcome is FileOutcome.Published).Select(r => r.FileName));
        await hall.AsksAsync(accepted.Id, CaseEvents.PauseRequested, new JsonObject { ["reasonCode"] = "SUPPLEMENT", ["maxWorkingDays"] = 5 });
    }

    [Theory(DisplayName = "重启导入一样的文件：一个也不重新发布，版本不变")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task A_restart_alone_changes_nothing(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00", _folder);
        var before = await VersionsAsync(hall);

        await hall.RestartAsync();
        var again = await hall.Services.GetRequiredService<FlowShelf>().ImportAsync(TestContext.Current.CancellationToken);

        Assert.All(again, result => Assert.Equal(FileOutcome.Unchanged, result.Outcome));
        Assert.Equal(before, await VersionsAsync(hall));
        Assert.Equal(Directory.GetFiles(_folder, "*.json").Length, before.Count(v => v.Contains("published", StringComparison.Ordinal)));
    }

    [Theory(DisplayName = "研判改了新版：在办的件照老版走完，新受理的照新版走")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Running_cases_keep_what_they_have(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00", _folder);
        var old = await hall.AcceptsAsync();

        var path = Path.Combine(_folder, "reply-and-explain.json");
        var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        Assert.Contains("\"value\": \"拟答复\"", text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, text.Replace("\"value\": \"拟答复\"", "\"value\": \"拟答复（新）\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await hall.RestartAsync();
        hall.Clock.Advance(TimeSpan.FromSeconds(1));
        var fresh = await hall.AcceptsAsync();

        await hall.ComesToDraftingAsync(old.Number);
        await hall.ComesToDraftingAsync(fresh.Number);
        Assert.Equal("拟答复", (await hall.TaskAsync("段小禾", old.Number, "拟答复")).Title);
        Assert.Equal("拟答复（新）", (await hall.TaskAsync("段小禾", fresh.Number, "拟答复")).Title);
        Assert.Equal(0, (await hall.FlowsLeftAsync()).Incidents);
    }

    private static Task<List<string>> VersionsAsync(Hall hall) => hall.ReadAsync(async db =>
        (await db.Set<FlowDefinitionRow>().AsNoTracking().ToListAsync(TestContext.Current.CancellationToken))
            .Select(d => $"{d.DefinitionId} {d.Version} {(d.IsPublished ? "published" : "")} {d.VersionId}").Order(StringComparer.Ordinal).ToList());

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
