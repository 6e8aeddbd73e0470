using BanBuCheng.Desk.Flows;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Engine.Running;
using BanBuCheng.Stories.Given;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BanBuCheng.Stories.Flows;

/// <summary>一大批定时同时到点、两台机器一起办、办到一半有一台没了、钟跳一天：每个定时正好生效一次，不早。</summary>
public sealed class ManyTimersAtOnce
{
    private const string Waiting = """
        { "id": "wait-v1", "definitionId": "wait-a-while", "name": "等一等", "version": 1,
          "inputs": [{ "name": "Span", "type": "String" }],
          "root": { "id": "main", "type": "Elsa.Sequence", "activities": [
            { "id": "d", "type": "Elsa.Delay", "timeSpan": { "typeName": "TimeSpan", "expression": { "type": "JavaScript", "value": "getInput('Span')" } } },
            { "id": "l", "type": "Elsa.WriteLine", "text": { "typeName": "String", "expression": { "type": "Literal", "value": "到点" } } } ] } }
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory(DisplayName = "三百个定时同时到点，两个闹钟一起响：各做一次；有人来办事，不用等它们做完")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task A_flood_is_fired_once_and_people_get_through(Database database)
    {
        await using var hall = await OpenAsync(database);
        await StartAsync(hall, 300, "01:00:00");
        hall.Clock.Advance(TimeSpan.FromHours(1));

        var due = hall.Services.GetRequiredService<IDueWork>();
        var drains = Enumerable.Range(0, 2).Select(_ => Task.Run(() => due.DrainAsync(Ct), Ct)).ToList();
        var left = -1;
        var person = Task.Run(async () =>
        {
            await hall.Door.SendAsync(new Desk.Database.SetFact("asked", "yes"), Actor.Clock, Ct);
            left = await WaitingAsync(hall);
        }, Ct);
        Assert.Equal(300, (await Task.WhenAll(drains)).Sum());
        await person;

        Assert.InRange(left, 0, 300);
        await EachOnceAsync(hall, 300);
        Assert.Equal(0, await due.DrainAsync(Ct));
    }

    [Fact(DisplayName = "两台机器一起收：分着做，加起来正好，没有一个做两次")]
    public async Task Two_nodes_share_a_flood()
    {
        await using var one = await OpenAsync(Database.PostgreSql);
        await using var two = one.AnotherNode();
        await StartAsync(one, 600, "01:00:00");
        one.Clock.Advance(TimeSpan.FromHours(1));

        var fired = await Task.WhenAll(new[] { one, two }.Select(node => Task.Run(() => node.Services.GetRequiredService<IDueWork>().DrainAsync(Ct), Ct)));
        Assert.Equal(600, fired.Sum());
        await EachOnceAsync(one, 600);
    }

    [Fact(DisplayName = "一台机器拿着一批定时没了：别的机器最多晚一分钟；钟拨回去过的，不用等")]
    public async Task A_dead_nodes_timers_are_late_by_its_lease_and_no_more()
    {
        await using var hall = await OpenAsync(Database.PostgreSql);
        var due = hall.Services.GetRequiredService<IDueWork>();
        await StartAsync(hall, 5, "01:00:00");
        hall.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(5, (await hall.Door.SendAsync(new LeaseTimers(TimeSpan.FromMinutes(1), null, 256), Actor.Clock, Ct)).Count);
        Assert.Equal(0, await due.DrainAsync(Ct));
        hall.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(5, await due.DrainAsync(Ct));

        // Taken up by a clock that stood a day ahead, and set right since.
        await StartAsync(hall, 5, "01:00:00");
        hall.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal(5, (await hall.Door.SendAsync(new LeaseTimers(TimeSpan.FromMinutes(1), null, 256), Actor.Clock, Ct)).Count);
        hall.Clock.AdjustTime(hall.Clock.GetUtcNow().AddHours(-23));
        Assert.Equal(5, await due.DrainAsync(Ct));
        await EachOnceAsync(hall, 10);
    }

    private enum Happening { Drain, DrainThere, BothDrain, TakenUpAndGone, Minute, Hour, DayOn, DayBack }

    [Theory(DisplayName = "随便怎么乱：每个定时正好生效一次，没有一个早于它的时间")]
    [InlineData(Database.Sqlite)]
    [InlineData(Database.PostgreSql)]
    public async Task Whatever_happens_each_fires_once_and_not_early(Database database)
    {
        await using var hall = await OpenAsync(database);
        // SQLite has one node: "there" is the same one, on another thread.
        await using var node = database is Database.PostgreSql ? hall.AnotherNode() : null;
        var (here, there) = (hall.Services.GetRequiredService<IDueWork>(), (node ?? hall).Services.GetRequiredService<IDueWork>());
        var total = 0;
        await Gen.Select(Gen.Int[1, 4 * 60].Array[1, 6], Gen.Int[0, 7].Select(i => (Happening)i).Array[1, 10]).SampleAsync(async (minutes, happenings) =>
        {
            foreach (var span in minutes) await StartAsync(hall, 1, TimeSpan.FromMinutes(span).ToString("c"), $"{span}");
            total += minutes.Length;
            foreach (var happening in happenings)
            {
                switch (happening)
                {
                    case Happening.Drain: await here.DrainAsync(Ct); break;
                    case Happening.DrainThere: await there.DrainAsync(Ct); break;
                    case Happening.BothDrain: await Task.WhenAll(Task.Run(() => here.DrainAsync(Ct), Ct), Task.Run(() => there.DrainAsync(Ct), Ct)); break;
                    case Happening.TakenUpAndGone when node is not null: await hall.Door.SendAsync(new LeaseTimers(TimeSpan.FromMinutes(1), null, 256), Actor.Clock, Ct); break;
                    case Happening.Minute: hall.Clock.Advance(TimeSpan.FromMinutes(1)); break;
                    case Happening.Hour: hall.Clock.Advance(TimeSpan.FromHours(1)); break;
                    case Happening.DayOn: hall.Clock.Advance(TimeSpan.FromDays(1)); break;
                    case Happening.DayBack: hall.Clock.AdjustTime(hall.Clock.GetUtcNow().AddDays(-1)); break;
                }

                Assert.Empty(await EarlyAsync(hall));
            }

            hall.Clock.Advance(TimeSpan.FromDays(12));
            await here.DrainAsync(Ct);
            hall.Clock.Advance(TimeSpan.FromMinutes(2));
            await there.DrainAsync(Ct);
            await EachOnceAsync(hall, total);
        }, iter: 6, threads: 1);
    }

    private static async Task<Hall> OpenAsync(Database database)
    {
        var empty = Directory.CreateTempSubdirectory("no-flows-").FullName;
        var hall = await Hall.OpenAsync(database, "2026-03-02 09:00", empty);
        Directory.Delete(empty);
        var imported = await hall.Door.SendAsync(new ImportFlowFiles([new FlowFile("wait.json", Waiting)]), Actor.Clock, Ct);
        Assert.Equal(FileOutcome.Published, Assert.Single(imported).Outcome);
        return hall;
    }

    private static async Task StartAsync(Hall hall, int count, string span, string? minutes = null) => await hall.StepAsync(async flows =>
    {
        for (var i = 0; i < count; i++)
            await flows.StartAsync(new FlowStart("wait-a-while") { CorrelationId = minutes, Input = new() { ["Span"] = span } }, Ct);
        return 0;
    });

    private static Task<int> WaitingAsync(Hall hall) => hall.ReadAsync(db => db.Set<FlowWaitRow>().CountAsync(Ct));

    /// <summary>Started once, woken once, over.</summary>
    private static async Task EachOnceAsync(Hall hall, int count)
    {
        Assert.Equal(0, await WaitingAsync(hall));
        Assert.Equal((count, count, 2 * count), await hall.ReadAsync(async db => (
            await db.Set<FlowInstanceRow>().CountAsync(i => i.Status == FlowStatus.Finished, Ct), await db.Set<FlowInstanceRow>().CountAsync(i => i.Version == 2, Ct),
            await db.Set<FlowLogRow>().CountAsync(Ct))));
    }

    /// <summary>Instances that ended before the time they waited for, by the clock they were fired on.</summary>
    private static async Task<List<Guid>> EarlyAsync(Hall hall)
    {
        var ended = await hall.ReadAsync(db => db.Set<FlowInstanceRow>().AsNoTracking().Where(i => i.Status == FlowStatus.Finished && i.CorrelationId != null).ToListAsync(Ct));
        return [.. ended.Where(i => i.FinishedAt < i.CreatedAt.AddMinutes(int.Parse(i.CorrelationId!, System.Globalization.CultureInfo.InvariantCulture))).Select(i => i.Id)];
    }
}
