using BanBuCheng.Desk.Intake;
using BanBuCheng.Stories.Given;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Intake;

/// <summary>网不好，“受理”点了好几下；窗口排长队，大家同时受理。</summary>
public sealed class SameFormTwice
{
    private static readonly Guid Key = Guid.Parse("01980000-0000-7000-8000-00000000aaaa");

    [Theory(DisplayName = "同一张单子提交两次，还是一件，编号一样")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Twice_is_once(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");

        var first = await hall.DoAsync("贺文静", new AcceptCase(Key, HallWork.Form));
        var second = await hall.DoAsync("贺文静", new AcceptCase(Key, HallWork.Form));

        Assert.False(first.WasThere);
        Assert.True(second.WasThere);
        Assert.Equal((first.Id, first.Number, first.DueOn), (second.Id, second.Number, second.DueOn));
        await OnlyOneCaseAsync(hall, first);
    }

    [Theory(DisplayName = "同一张单子同时提交八次，还是一件、一个编号、一个流程")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Eight_at_once_are_one(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => hall.DoAsync("贺文静", new AcceptCase(Key, HallWork.Form)))));

        Assert.Single(answers.Select(a => a.Number).Distinct());
        Assert.Single(answers, a => !a.WasThere);
        await OnlyOneCaseAsync(hall, answers[0]);
    }

    [Theory(DisplayName = "二十个窗口同时受理：编号从1到20，不跳号，不重号")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Twenty_counters_count_to_twenty(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => hall.AcceptsAsync())));

        Assert.Equal(Enumerable.Range(1, 20), answers.Select(a => int.Parse(a.Number[7..11], System.Globalization.CultureInfo.InvariantCulture)).Order());
        Assert.Equal(20, await hall.RowsAsync("cases"));
    }

    private static async Task OnlyOneCaseAsync(Hall hall, AcceptedCase accepted)
    {
        Assert.Equal(1, await hall.RowsAsync("cases"));
        Assert.Equal(1, await hall.RowsAsync("flow_instances WHERE definition_id = 'case-handling'"));
        Assert.Single(await hall.MessagesAsync(accepted.Number));
        Assert.Equal(1, await hall.ReadAsync(db => db.CaseSerials.Select(s => s.Last).SingleAsync(TestContext.Current.CancellationToken)));
    }
}
