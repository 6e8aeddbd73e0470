using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Stories.Given;
using Xunit;

namespace BanBuCheng.Stories.Inbox;

/// <summary>收件箱：剩得最少的在最前，一页页翻，不漏一件，不重一件。</summary>
public sealed class PagesOfTheInbox
{
    [Theory(DisplayName = "四十五件待办翻三页：剩得最少的在前，每件正好一次，办完的另成一页")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Forty_five_tasks_each_once_in_order(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var numbers = new List<string>();
        foreach (var day in new[] { "2026-03-03 09:00", "2026-03-02 09:00", "2026-03-04 09:00" })
        {
            // Accepted on three days, not in the order of their limits.
            hall.Clock.AdjustTime(Hall.Local(day));
            for (var i = 0; i < 15; i++) numbers.Add((await hall.AcceptsAsync()).Number);
        }

        var head = await hall.PersonAsync("温敬之");
        var pages = await PagesAsync(hall, after => db => InboxQuery.GroupAsync(db, head, after, TestContext.Current.CancellationToken));

        Assert.Equal([20, 20, 5], pages.Select(p => p.Count));
        var rows = pages.SelectMany(p => p).ToList();
        Assert.Equal(numbers.Order(StringComparer.Ordinal), rows.Select(r => r.CaseNumber).Order(StringComparer.Ordinal));
        Assert.Equal(rows.Select(r => r.TaskDueOn).Order(), rows.Select(r => r.TaskDueOn));
        Assert.Equal([new DateOnly(2026, 3, 3), new DateOnly(2026, 3, 4), new DateOnly(2026, 3, 5)], rows.Select(r => r.TaskDueOn!.Value).Distinct());

        // 接了三件，办完其中一件
        foreach (var row in rows.Take(3)) await hall.DoAsync("温敬之", new ClaimTask(row.TaskId));
        await hall.JudgesDoneAsync(rows[1].TaskId);
        var counts = await hall.ReadAsync(db => InboxQuery.CountsAsync(db, head, TestContext.Current.CancellationToken));
        Assert.Equal((2, 42), (counts.Mine, counts.Group));
        Assert.Equal([rows[0].TaskId, rows[2].TaskId], (await hall.ReadAsync(db => InboxQuery.MineAsync(db, head, null, TestContext.Current.CancellationToken))).Rows.Select(r => r.TaskId));
        Assert.Equal([rows[1].TaskId], (await hall.ReadAsync(db => InboxQuery.DoneAsync(db, head, null, TestContext.Current.CancellationToken))).Rows.Select(r => r.TaskId));
    }

    [Theory(DisplayName = "办完的四十五件，最近的在前，翻三页每件一次")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task The_done_list_pages_too(Database database)
    {
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        var done = new List<string>();
        for (var i = 0; i < 45; i++)
        {
            if (i % 3 == 0) hall.Clock.Advance(TimeSpan.FromMinutes(1)); // three share each minute
            var accepted = await hall.AcceptsSimpleAsync();
            await hall.DoesAsync("段小禾", accepted.Number, "窗口办理", "转服务站研判", ("why", "窗口定不了。"));
            done.Add(accepted.Number);
        }

        var officer = await hall.PersonAsync("段小禾");
        var rows = (await PagesAsync(hall, after => db => InboxQuery.DoneAsync(db, officer, after, TestContext.Current.CancellationToken))).SelectMany(p => p).ToList();

        Assert.Equal(done.Order(StringComparer.Ordinal), rows.Select(r => r.CaseNumber).Order(StringComparer.Ordinal));
        Assert.Equal(rows.Select(r => r.EndedAt).OrderDescending(), rows.Select(r => r.EndedAt));
    }

    private static async Task<List<IReadOnlyList<InboxRow>>> PagesAsync(Hall hall, Func<InboxKey?, Func<Desk.Database.DeskDb, Task<InboxPage>>> read)
    {
        var pages = new List<IReadOnlyList<InboxRow>>();
        InboxKey? after = null;
        do
        {
            var page = await hall.ReadAsync(read(after));
            pages.Add(page.Rows);

            // As the link of the next page carries it.
            after = page.Next is { } next ? InboxKey.Parse(next.ToString()) ?? throw new InvalidOperationException("Expected the key to read itself.") : null;
        }
        while (after is not null && pages.Count < 10);

        return pages;
    }
}

file static class Judging
{
    public static Task<Desk.Steps.CaseId> JudgesDoneAsync(this Hall hall, Desk.Steps.TaskId task) => hall.DoAsync("温敬之", HallWork.Completing(task, "部门协同",
        ("lawful", "YES"), ("legalBasis", "无"), ("difficulty", nameof(Difficulty.Complex)), ("policyAttribute", "NO_BARRIER"), ("causeCodes", "SERVICE"), ("lead", "MARKET")));
}
