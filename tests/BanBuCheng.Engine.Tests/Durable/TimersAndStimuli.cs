using BanBuCheng.Engine.Durable;
using BanBuCheng.Engine.Running;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Engine.Tests.Durable;

public sealed class TimersAndStimuli
{
    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task Timers_of_any_length_fire_once_and_never_early(Provider provider)
    {
        await using var database = await FlowDatabase.CreateAsync(provider);
        var spans = new[] { "00:00:00.0010000", "01:00:00", "29.23:59:59", "3650.00:00:00" };
        foreach (var span in spans) await database.PublishAsync(Drawn.Flow("delay" + span[0] + span[1], Drawn.Sequence("main", Drawn.Delay("d", span))));
        var started = database.Clock.GetUtcNow();
        var ids = new List<Guid>();
        foreach (var span in spans) ids.Add(await database.StartAsync("delay" + span[0] + span[1]));

        for (var i = 0; i < spans.Length; i++)
        {
            var due = started + TimeSpan.Parse(spans[i], System.Globalization.CultureInfo.InvariantCulture);
            var wait = Assert.Single(await database.WaitsAsync(ids[i]));
            Assert.Equal(due, wait.DueAt);

            database.Clock.SetUtcNow(due.AddTicks(-10));
            Assert.False(await database.StepAsync(flows => flows.FireTimerAsync(wait.Id, default)));
            Assert.Empty(await DueAsync(database));
            Assert.Equal(due, await database.LookAsync(async db => await FlowTimers.EarliestAsync(db, due.AddTicks(-10), default)));

            database.Clock.SetUtcNow(due);
            Assert.Equal([new DueTimer(wait.Id, due)], await DueAsync(database));
            Assert.True(await database.StepAsync(flows => flows.FireTimerAsync(wait.Id, default)));
            Assert.False(await database.StepAsync(flows => flows.FireTimerAsync(wait.Id, default)));
            Assert.Equal(FlowStatus.Finished, (await database.InstanceAsync(ids[i])).Status);
        }
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task The_step_that_sets_or_moves_a_timer_tells_when_to_ring(Provider provider)
    {
        await using var database = await FlowDatabase.CreateAsync(provider);
        await database.PublishAsync(Drawn.Flow("delay", Drawn.Sequence("main", Drawn.Delay("d", "01:00:00"))));
        IFlows? door = null;
        var id = await database.StepAsync(async flows => (await (door = flows).StartAsync(new FlowStart("delay"), default))!.Value);
        var due = database.Clock.GetUtcNow().AddHours(1);
        Assert.Equal([due], door!.NewDueTimes);

        var wait = Assert.Single(await database.WaitsAsync(id));
        Assert.True(await database.StepAsync(flows => (door = flows).RescheduleAsync(wait.Id, due.AddDays(2), default)));
        Assert.Equal([due.AddDays(2)], door.NewDueTimes);
        Assert.Equal(due.AddDays(2), Assert.Single(await database.WaitsAsync(id)).DueAt);
        Assert.False(await database.StepAsync(flows => flows.RescheduleAsync(Guid.CreateVersion7(), due, default)));
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task Due_timers_are_listed_in_order_in_pages_and_minutes_are_told_once(Provider provider)
    {
        await using var database = await FlowDatabase.CreateAsync(provider);
        await database.PublishAsync(Drawn.Flow("delay", Drawn.Sequence("main", Drawn.Delay("d", "00:00:10"))));
        await database.PublishAsync(Drawn.Flow("tick", Drawn.Sequence("main", Drawn.Timer("t", "00:05:00"), Drawn.Line("l", "tick"))));
        for (var i = 0; i < 7; i++) await database.StartAsync("delay");
        var now = database.Clock.GetUtcNow();

        Assert.Equal([now.AddSeconds(10), now.AddMinutes(5)], await database.LookAsync(async db => await FlowTimers.UpcomingMinutesAsync(db, now, now.AddHours(24), default)));

        database.Clock.Advance(TimeSpan.FromMinutes(5));
        var all = await DueAsync(database);
        Assert.Equal(8, all.Count);
        Assert.Equal(all.OrderBy(t => t.DueAt).ThenBy(t => t.Id), all);
        var paged = new List<DueTimer>();
        for (DueTimer? after = null; ; after = paged[^1])
        {
            var page = await database.LookAsync(async db => await FlowTimers.DueTimersAsync(db, database.Clock.GetUtcNow(), after, 3, default));
            if (page.Count == 0) break;
            paged.AddRange(page);
        }
        Assert.Equal(all, paged);

        foreach (var timer in all) Assert.True(await database.StepAsync(flows => flows.FireTimerAsync(timer.Id, default)));
        Assert.Empty(await DueAsync(database));
        Assert.Equal(["tick"], database.Lines);
        // The trigger ticks on.
        Assert.Equal(now.AddMinutes(10), await database.LookAsync(async db => await FlowTimers.EarliestAsync(db, now, default)));
    }

    [Fact]
    public async Task Two_nodes_lease_different_timers_and_get_the_others_after_the_lease()
    {
        await using var database = await FlowDatabase.CreateAsync(Provider.Postgres);
        await database.PublishAsync(Drawn.Flow("delay", Drawn.Sequence("main", Drawn.Delay("d", "00:00:10"))));
        for (var i = 0; i < 10; i++) await database.StartAsync("delay");
        database.Clock.Advance(TimeSpan.FromMinutes(1));

        var one = await LeaseAsync(database, 6);
        var two = await LeaseAsync(database, 6);
        Assert.Equal((6, 4), (one.Count, two.Count));
        Assert.Empty(one.Intersect(two));
        Assert.Empty(await LeaseAsync(database, 6));
        database.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(6, (await LeaseAsync(database, 6)).Count);
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task Of_many_who_fire_one_tick_at_once_one_starts_the_flow(Provider provider)
    {
        await using var database = await FlowDatabase.CreateAsync(provider);
        await database.PublishAsync(Drawn.Flow("tick", Drawn.Sequence("main", Drawn.Timer("t", "00:05:00"), Drawn.Line("l", "tick"))));
        database.Clock.Advance(TimeSpan.FromMinutes(6));
        var timer = Assert.Single(await DueAsync(database));

        var fired = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => database.StepWithRetryAsync(flows => flows.FireTimerAsync(timer.Id, default)))));

        Assert.Single(fired, f => f);
        Assert.Equal(1, await database.LookAsync(db => db.Instances.CountAsync()));
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task A_stimulus_that_came_too_early_is_kept_for_its_wait_until_its_deadline(Provider provider)
    {
        await using var database = await FlowDatabase.CreateAsync(provider);
        await database.PublishAsync(Drawn.Flow("waiting", Drawn.Sequence("main", Drawn.Event("e", "go"), Drawn.Line("l", "went"))));
        var now = database.Clock.GetUtcNow();

        Assert.Equal(0, await database.StepAsync(flows => flows.PublishEventAsync("go", "c", null, now.AddHours(1), default)));
        var other = await database.StartAsync("waiting", "d");
        Assert.Equal(FlowStatus.Running, (await database.InstanceAsync(other)).Status);
        var matched = await database.StartAsync("waiting", "c");
        Assert.Equal(FlowStatus.Finished, (await database.InstanceAsync(matched)).Status);
        var second = await database.StartAsync("waiting", "c");
        Assert.Equal(FlowStatus.Running, (await database.InstanceAsync(second)).Status);

        Assert.Equal(0, await database.StepAsync(flows => flows.PublishEventAsync("go", "e", null, now.AddHours(1), default)));
        database.Clock.Advance(TimeSpan.FromHours(1));
        var late = await database.StartAsync("waiting", "e");
        Assert.Equal(FlowStatus.Running, (await database.InstanceAsync(late)).Status);
        Assert.Equal(1, await database.LookAsync(db => FlowHealth.ForgetExpiredAsync(db, database.Clock.GetUtcNow(), default)));
        Assert.Equal(0, await database.LookAsync(db => db.Set<FlowInboxRow>().CountAsync()));
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task Who_publishes_and_who_begins_to_wait_at_once_never_miss_each_other(Provider provider)
    {
        await using var database = await FlowDatabase.CreateAsync(provider);
        await database.PublishAsync(Drawn.Flow("waiting", Drawn.Sequence("main", Drawn.Event("e", "go"), Drawn.Line("l", "went"))));
        const int rounds = 15;
        for (var round = 0; round < rounds; round++)
        {
            var correlation = "c" + round;
            await Task.WhenAll(
                Task.Run(() => database.StartAsync("waiting", correlation)),
                Task.Run(() => database.StepAsync(flows => flows.PublishEventAsync("go", correlation, null, null, default))));
        }
        Assert.Equal(rounds, await database.LookAsync(db => db.Instances.CountAsync(i => i.Status == FlowStatus.Finished)));
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task A_flow_that_may_run_once_is_started_once_by_many_at_once(Provider provider)
    {
        await using var database = await FlowDatabase.CreateAsync(provider);
        for (var round = 0; round < 6; round++)
        {
            var single = "single" + round;
            await database.PublishAsync(Drawn.Flow(single, Drawn.Sequence("main", Drawn.Event("e", "go")),
                options: "\"activationStrategyType\": \"Elsa.Workflows.ActivationStrategies.SingletonStrategy, Elsa.Workflows.Core\""));

            var started = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() =>
                database.StepAsync(async flows => await flows.StartAsync(new FlowStart(single), default) is not null))));

            Assert.Single(started, s => s);
        }
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task Health_sees_running_waiting_broken_and_stuck(Provider provider)
    {
        await using var database = await FlowDatabase.CreateAsync(provider);
        await database.PublishAsync(Drawn.Flow("delay", Drawn.Sequence("main", Drawn.Delay("d", "00:00:10"))));
        await database.PublishAsync(Drawn.Flow("broken", Drawn.Sequence("main", Drawn.Fault("f"))));
        var waiting = await database.StartAsync("delay");
        await database.StartAsync("broken");
        var now = database.Clock.GetUtcNow();

        Assert.Equal(new FlowFigures(2, 1, 0, 1, 0, 0), await database.LookAsync(db => FlowHealth.CountAsync(db, now, default)));
        await database.LookAsync(db => db.Waits.Where(w => w.InstanceId == waiting).ExecuteDeleteAsync());
        Assert.Equal([waiting], await database.LookAsync(db => FlowHealth.Stuck(db).Select(i => i.Id).ToListAsync()));
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task What_ended_long_ago_is_forgotten_with_its_log_and_nothing_else_is(Provider provider)
    {
        await using var database = await FlowDatabase.CreateAsync(provider);
        await database.PublishAsync(Drawn.Flow("line", Drawn.Sequence("main", Drawn.Line("l", "x"))));
        await database.PublishAsync(Drawn.Flow("delay", Drawn.Sequence("main", Drawn.Delay("d", "00:00:10"))));
        for (var i = 0; i < 5; i++) await database.StartAsync("line");
        var running = await database.StartAsync("delay");
        database.Clock.Advance(TimeSpan.FromDays(2));
        var fresh = await database.StartAsync("line");
        var yesterday = database.Clock.GetUtcNow().AddDays(-1);

        Assert.Equal(3, await database.LookAsync(db => FlowHealth.ForgetEndedAsync(db, yesterday, 3, default)));
        Assert.Equal(2, await database.LookAsync(db => FlowHealth.ForgetEndedAsync(db, yesterday, 3, default)));
        Assert.Equal(0, await database.LookAsync(db => FlowHealth.ForgetEndedAsync(db, yesterday, 3, default)));

        Assert.Equal([running, fresh], await database.LookAsync(db => db.Instances.OrderBy(i => i.No).Select(i => i.Id).ToListAsync()));
        Assert.Equal(2, await database.LookAsync(db => db.Log.CountAsync()));
    }

    private static Task<IReadOnlyList<DueTimer>> DueAsync(FlowDatabase database) =>
        database.LookAsync(async db => await FlowTimers.DueTimersAsync(db, database.Clock.GetUtcNow(), null, 100, default));

    private static Task<IReadOnlyList<DueTimer>> LeaseAsync(FlowDatabase database, int take) =>
        database.LookAsync(async db => await FlowTimers.LeaseAsync(db, database.Clock.GetUtcNow(), TimeSpan.FromMinutes(1), null, take, default));
}
