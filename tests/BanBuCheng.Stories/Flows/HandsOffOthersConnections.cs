using BanBuCheng.Desk.Database;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Stories.Given;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BanBuCheng.Stories.Flows;

/// <summary>两个请求各用各的数据库连接，谁也不会跑到别人的事务里去。</summary>
public sealed class HandsOffOthersConnections
{
    [Theory(DisplayName = "别人没提交的删改，这边看不见，也不会替别人做")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task What_another_has_not_committed_is_not_seen(Database database)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var hall = await Hall.OpenAsync(database, "2026-03-02 09:00");
        await hall.AnswersSimpleAsync();
        var later = hall.Clock.GetUtcNow().AddDays(30);
        await using var mine = hall.Services.CreateAsyncScope();
        var here = mine.ServiceProvider.GetRequiredService<DeskDb>();
        var timers = (await FlowTimers.DueTimersAsync(here, later, null, 100, ct)).Count;
        Assert.True(timers > 0);
        for (var i = 0; i < 3; i++) Assert.Equal(timers, (await FlowTimers.DueTimersAsync(here, later, null, 100, ct)).Count);

        await hall.TamperAsync(async there =>
        {
            await using var transaction = await there.Database.BeginTransactionAsync(ct);
            Assert.True(await there.Database.ExecuteSqlRawAsync("DELETE FROM flow_waits", ct) > 0);
            Assert.Equal(timers, (await FlowTimers.DueTimersAsync(here, later, null, 100, ct)).Count);
            await transaction.RollbackAsync(ct);
            return 0;
        });
    }
}
