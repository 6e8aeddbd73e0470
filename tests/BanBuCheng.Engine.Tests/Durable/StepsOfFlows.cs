using Xunit;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Engine.Running;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BanBuCheng.Engine.Tests.Durable;

public sealed class StepsOfFlows
{
    private static readonly string Waiting = Drawn.Flow("waiting", Drawn.Sequence("main", Drawn.Line("a", "before"), Drawn.Event("e", "go"), Drawn.Line("b", "after")));

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task A_flow_waits_in_the_database_and_goes_on_in_another_step(Provider provider)
    {
        await using var database = await FlowDatabase.CreateAsync(provider);
        await database.PublishAsync(Waiting);

        var id = await database.StartAsync("waiting", "case-1");

        var waiting = await database.InstanceAsync(id);
        Assert.Equal((FlowStatus.Running, FlowSubStatus.Suspended, "case-1", 1), (waiting.Status, waiting.SubStatus, waiting.CorrelationId, waiting.Version));
        var wait = Assert.Single(await database.WaitsAsync(id));
        Assert.Equal("Elsa.Event", wait.Name);

        Assert.True(await database.StepAsync(flows => flows.WakeAsync(wait.Id, null, default)));

        var ended = await database.InstanceAsync(id);
        Assert.Equal((FlowStatus.Finished, FlowSubStatus.Finished, "{}", 2), (ended.Status, ended.SubStatus, ended.State, ended.Version));
        Assert.Empty(await database.WaitsAsync(id));
        Assert.Equal(["before", "after"], database.Lines);
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task A_step_that_rolls_back_leaves_nothing_of_the_flow_or_the_host(Provider provider)
    {
        await using var database = await FlowDatabase.CreateAsync(provider);
        await database.PublishAsync(Waiting);
        var id = await database.StartAsync("waiting");
        var wait = Assert.Single(await database.WaitsAsync(id));

        await Assert.ThrowsAsync<InvalidOperationException>(() => database.StepAsync<bool>(async (IServiceProvider services) =>
        {
            var flows = services.GetRequiredService<IFlows>();
            services.GetRequiredService<FlowTestDb>().Notes.Add(new HostNote { Id = wait.Id, Text = "half" });
            await flows.WakeAsync(wait.Id, null, default);
            await flows.StartAsync(new FlowStart("waiting"), default);
            await flows.FlushAsync(default);
            throw new InvalidOperationException("the business says no");
        }));

        Assert.Equal(1, (await database.InstanceAsync(id)).Version);
        Assert.Single(await database.WaitsAsync(id));
        Assert.Equal((1, 0, 1), await database.LookAsync(async db => (await db.Instances.CountAsync(), await db.Notes.CountAsync(), await db.Log.CountAsync())));
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task Nothing_is_written_outside_a_transaction(Provider provider)
    {
        await using var database = await FlowDatabase.CreateAsync(provider);
        await database.PublishAsync(Waiting);

        await Assert.ThrowsAsync<InvalidOperationException>(() => database.LookAsync(async db =>
        {
            var store = new DbFlowStore(db, database.Clock, new DefinitionTexts());
            store.Add(new FlowInstance { Id = Guid.CreateVersion7(), DefinitionId = "d", DefinitionVersionId = "v", DefinitionVersion = 1, CreatedAt = database.Clock.GetUtcNow() });
            await store.FlushAsync(default);
            return 0;
        }));

        Assert.Equal(0, await database.LookAsync(db => db.Instances.CountAsync()));
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task Of_many_who_wake_one_wait_at_once_one_does(Provider provider)
    {
        await using var database = await FlowDatabase.CreateAsync(provider);
        await database.PublishAsync(Waiting);
        for (var round = 0; round < 5; round++)
        {
            var id = await database.StartAsync("waiting");
            var wait = Assert.Single(await database.WaitsAsync(id));

            var woken = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ =>
                Task.Run(() => database.StepWithRetryAsync(flows => flows.WakeAsync(wait.Id, null, default)))));

            Assert.Single(woken, w => w);
            Assert.Equal(2, (await database.InstanceAsync(id)).Version);
        }
        Assert.Equal(5, database.Lines.Count(l => l == "after"));
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task Who_saves_an_instance_that_changed_meanwhile_is_told(Provider provider)
    {
        await using var database = await FlowDatabase.CreateAsync(provider);
        await database.PublishAsync(Waiting);
        var id = await database.StartAsync("waiting");

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => database.StepAsync(async services =>
        {
            var store = services.GetRequiredService<DbFlowStore>();
            var instance = (await store.LoadAsync(id, default))!;
            // Another step got in between, as it can on a database that does not lock what is read.
            await services.GetRequiredService<FlowTestDb>().Instances.Where(i => i.Id == id).ExecuteUpdateAsync(s => s.SetProperty(i => i.Version, 7));
            store.Save(instance);
            return true;
        }));
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task One_step_is_one_row_of_the_log_and_the_entries_are_numbered_through(Provider provider)
    {
        await using var database = await FlowDatabase.CreateAsync(provider);
        await database.PublishAsync(Drawn.Flow("two", Drawn.Sequence("main", Drawn.Event("e1", "one"), Drawn.Event("e2", "two"), Drawn.Line("z", "“完”"))));
        var id = await database.StartAsync("two", "c");
        // The second event is kept first, so one step carries the flow over both waits: two bursts, one row.
        Assert.Equal(0, await database.StepAsync(flows => flows.PublishEventAsync("two", "c", null, null, default)));
        Assert.Equal(1, await database.StepAsync(flows => flows.PublishEventAsync("one", "c", null, null, default)));

        var instance = await database.InstanceAsync(id);
        Assert.Equal(FlowStatus.Finished, instance.Status);
        var packs = await database.LogAsync(instance.No);
        Assert.Equal(2, packs.Count);
        Assert.Equal(0, packs[0].FirstSeq);
        Assert.Equal(packs[0].Count, packs[1].FirstSeq);
        Assert.Equal(instance.JournalLength, packs.Sum(p => p.Count));
        var entries = packs.SelectMany(p => JournalLines.Read(p.Data, p.At)).ToList();
        Assert.Equal(instance.JournalLength, entries.Count);
        Assert.Contains(entries, e => e is { Kind: JournalKind.Line, Text: "“完”" });
        Assert.Contains("“完”", packs[1].Data, StringComparison.Ordinal);
        Assert.Equal(JournalKind.InstanceStarted, entries[0].Kind);
        Assert.Equal(JournalKind.InstanceFinished, entries[^1].Kind);
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task A_loop_of_ten_thousand_rounds_does_not_make_the_row_grow(Provider provider)
    {
        await using var database = await FlowDatabase.CreateAsync(provider);
        await database.PublishAsync(Drawn.Flow("loop",
            Drawn.While("w", "getVariable('n') < 10000", Drawn.Sequence("body",
                Drawn.Set("s", "n", "getVariable('n') + 1"), Drawn.If("i", "getVariable('n') % 1000 === 0", Drawn.Delay("d", "00:00:01")))),
            Drawn.Number("n")));
        var id = await database.StartAsync("loop");

        var sizes = new List<int>();
        while ((await database.InstanceAsync(id)) is { Status: FlowStatus.Running } instance)
        {
            sizes.Add(instance.State.Length);
            database.Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.True(await database.StepAsync(async flows => await flows.FireTimerAsync((await database.WaitsAsync(id)).Single().Id, default)));
        }

        Assert.Equal(10, sizes.Count);
        // The numbers in it get longer by digits, nothing else does.
        Assert.InRange(sizes[^1] - sizes[0], 0, 16);
        Assert.Equal(11, (await database.InstanceAsync(id)).Version);
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task After_a_restart_flows_go_on_with_nothing_but_the_database(Provider provider)
    {
        await using var database = await FlowDatabase.CreateAsync(provider);
        await database.PublishAsync(Waiting);
        var id = await database.StartAsync("waiting");
        var wait = Assert.Single(await database.WaitsAsync(id));
        // A newer version in force changes nothing for those who started with the old one.
        await database.PublishAsync(Waiting.Replace("after", "changed", StringComparison.Ordinal));

        await database.RestartAsync();

        Assert.True(await database.StepAsync(flows => flows.WakeAsync(wait.Id, null, default)));
        Assert.Equal(["before", "after"], database.Lines);
        Assert.Equal(FlowStatus.Finished, (await database.InstanceAsync(id)).Status);
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task A_breakdown_is_an_incident_other_branches_go_on_and_an_operator_settles_it(Provider provider)
    {
        await using var database = await FlowDatabase.CreateAsync(provider);
        await database.PublishAsync(Drawn.Flow("broken", Drawn.Parallel("main", Drawn.Fault("f"), Drawn.Sequence("other", Drawn.Event("e", "go"), Drawn.Line("l", "went on")))));
        var id = await database.StartAsync("broken", "c");

        var incident = await database.LookAsync(db => db.Set<FlowIncidentRow>().AsNoTracking().SingleAsync());
        Assert.Equal((id, "f", null), (incident.InstanceId, incident.ActivityId, incident.ResolvedAt));
        Assert.Equal(1, (await database.InstanceAsync(id)).OpenIncidents);
        Assert.Equal(1, await database.StepAsync(flows => flows.PublishEventAsync("go", "c", null, null, default)));
        Assert.Equal(["went on"], database.Lines);
        Assert.Equal(FlowStatus.Running, (await database.InstanceAsync(id)).Status);

        // Tried again it breaks again: the old incident is settled, a new one is open.
        Assert.True(await database.StepAsync(flows => flows.RetryAsync(id, incident.Execution, default)));
        Assert.Equal(1, (await database.InstanceAsync(id)).OpenIncidents);
        var open = await database.LookAsync(db => db.Set<FlowIncidentRow>().AsNoTracking().SingleAsync(i => i.ResolvedAt == null));
        Assert.True(await database.StepAsync(flows => flows.SkipAsync(id, open.Execution, [], default)));

        var ended = await database.InstanceAsync(id);
        Assert.Equal((FlowStatus.Finished, 0), (ended.Status, ended.OpenIncidents));
        Assert.Equal(2, await database.LookAsync(db => db.Set<FlowIncidentRow>().CountAsync(i => i.ResolvedAt != null)));
        Assert.False(await database.StepAsync(flows => flows.RetryAsync(id, open.Execution, default)));
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task Cancelling_a_case_ends_all_its_flows_but_one(Provider provider)
    {
        await using var database = await FlowDatabase.CreateAsync(provider);
        await database.PublishAsync(Waiting);
        var kept = await database.StartAsync("waiting", "c");
        var other = await database.StartAsync("waiting", "c");
        var foreign = await database.StartAsync("waiting", "d");

        Assert.Equal(1, await database.StepAsync(flows => flows.CancelCorrelatedAsync("c", kept, "closed", default)));

        Assert.Equal(FlowSubStatus.Cancelled, (await database.InstanceAsync(other)).SubStatus);
        Assert.Empty(await database.WaitsAsync(other));
        Assert.Equal(FlowStatus.Running, (await database.InstanceAsync(kept)).Status);
        Assert.Equal(FlowStatus.Running, (await database.InstanceAsync(foreign)).Status);
    }
}
