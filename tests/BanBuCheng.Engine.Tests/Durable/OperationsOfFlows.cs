using System.Text.Json.Nodes;
using BanBuCheng.Engine.Durable;
using BanBuCheng.Engine.Running;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BanBuCheng.Engine.Tests.Durable;

/// <summary>What operators do, in the database: incidents settled, instances moved, versions taken back.</summary>
public sealed class OperationsOfFlows
{
    private static Task<T> ActAsync<T>(FlowDatabase database, Func<FlowOperations, ValueTask<T>> act) =>
        database.StepAsync(async services => await act(services.GetRequiredService<FlowOperations>()));

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task An_operator_looks_repairs_tries_again_and_a_second_one_is_told_it_is_settled(Provider provider)
    {
        await using var database = await FlowDatabase.CreateAsync(provider);
        await database.PublishAsync(Drawn.Flow("f", Drawn.Sequence("main", Drawn.Say("say", "if (getN() < 5) throw 'small'; `n ${getN()}`"), Drawn.Event("e", "go")), Drawn.Number("n")));
        var id = await database.StartAsync("f", "c");
        var row = await database.LookAsync(db => db.Set<FlowIncidentRow>().AsNoTracking().SingleAsync());

        var trouble = await ActAsync(database, o => o.LookAsync(row.Id, default));
        Assert.Equal(("f", "say", "main/say", "Elsa.WriteLine"), (trouble!.FlowName, trouble.Place.Caption, trouble.Place.Path, trouble.Place.Type));
        Assert.Equal(("n", "0", null), trouble.Variables.Where(v => v.Name == "n").Select(v => (v.Name, v.Json, v.Where)).Single());

        Assert.True(await ActAsync(database, o => o.RepairVariableAsync(row, "n", JsonValue.Create(6), "Li: typo", default)));
        Assert.NotNull(await ActAsync(database, o => o.OpenAsync(row.Id, default)));
        Assert.True(await ActAsync(database, o => o.RetryAsync(row, "Li: again", default)));
        Assert.Equal(["n 6"], database.Lines);

        Assert.Null(await ActAsync(database, o => o.OpenAsync(row.Id, default)));
        Assert.False(await ActAsync(database, o => o.RetryAsync(row, "Wang: again", default)));
        Assert.False(await ActAsync(database, o => o.SkipAsync(row, [], "Wang", default)));
        Assert.False(await ActAsync(database, o => o.RepairVariableAsync(row, "n", 1, "Wang", default)));
        var settled = await ActAsync(database, o => o.LookAsync(row.Id, default));
        Assert.Equal("retried", settled!.Incident.Resolution);
        Assert.Empty(settled.Variables);

        var log = string.Join('\n', (await database.LogAsync((await database.InstanceAsync(id)).No)).Select(l => l.Data));
        Assert.Contains("\"k\":\"Repaired\"", log, StringComparison.Ordinal);
        Assert.Contains("Li: again", log, StringComparison.Ordinal);
        Assert.DoesNotContain("Wang", log, StringComparison.Ordinal);
        Assert.True(await ActAsync(database, o => o.CancelAsync(id, "Li: over", default)));
        Assert.False(await ActAsync(database, o => o.CancelAsync(id, "Li: over", default)));
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task A_whole_flow_that_stopped_goes_on_at_a_step_and_does_nothing_twice(Provider provider)
    {
        var lines = new List<string>();
        await using var database = await FlowDatabase.CreateAsync(provider, services => services.AddSingleton(new FlowOptions
        {
            ContinueWithIncidents = true, RaisesStuck = true, TokenMode = true, Line = (_, line) => lines.Add(line),
        }));
        // The join waits for both, and one of them leaves by a way that is not drawn.
        await database.PublishAsync(Drawn.Flow("f", $$"""
            { "id": "main", "type": "Elsa.Flowchart", "version": 1, "activities": [ {{Drawn.Line("a", "a")}}, {{Drawn.Line("b", "b")}},
                { "id": "d", "type": "Elsa.FlowDecision", "version": 1, "condition": { "typeName": "Boolean", "expression": { "type": "Literal", "value": "False" } } },
                { "id": "j", "type": "Elsa.FlowJoin", "version": 1, "mode": { "typeName": "FlowJoinMode", "expression": { "type": "Literal", "value": "WaitAll" } } },
                {{Drawn.Line("l", "on")}} ],
              "connections": [ {{Link("a", "Done", "b")}}, {{Link("a", "Done", "d")}}, {{Link("b", "Done", "j")}}, {{Link("d", "True", "j")}}, {{Link("j", "Done", "l")}} ] }
            """));
        var id = await database.StartAsync("f", "c");
        var row = await database.LookAsync(db => db.Set<FlowIncidentRow>().AsNoTracking().SingleAsync());
        Assert.Equal(("main", typeof(StuckException).FullName), (row.ActivityId, row.Type));

        var trouble = await ActAsync(database, o => o.LookAsync(row.Id, default));
        Assert.Equal(["main/a", "main/b", "main/d", "main/j"], trouble!.Steps.Select(s => s.Path));
        Assert.Contains(trouble.LastDone, (string[])["main/b", "main/d"]);
        Assert.False(await ActAsync(database, o => o.GoOnAtAsync(row, "main/nobody", "Li: on", default)));
        Assert.True(await ActAsync(database, o => o.GoOnAtAsync(row, "main/j", "Li: on", default)));
        Assert.Equal(["a", "b", "on"], lines);
        Assert.Equal(FlowStatus.Finished, (await database.InstanceAsync(id)).Status);
        Assert.False(await ActAsync(database, o => o.GoOnAtAsync(row, "main/j", "Wang: on", default)));
        Assert.Contains("j: Li: on", string.Join('\n', (await database.LogAsync((await database.InstanceAsync(id)).No)).Select(l => l.Data)), StringComparison.Ordinal);
    }

    private static string Link(string source, string port, string target) =>
        $$"""{ "source": { "activity": "{{source}}", "port": "{{port}}" }, "target": { "activity": "{{target}}", "port": "In" } }""";

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task A_long_history_is_one_row_once_it_has_ended_and_says_the_same(Provider provider)
    {
        await using var database = await FlowDatabase.CreateAsync(provider);
        await database.PublishAsync(Drawn.Flow("f", Drawn.While("w", "getN() < 40", Drawn.Sequence("s", Drawn.Event("e", "go"), Drawn.Set("set", "n", "getN() + 1"), Drawn.Line("l", "x"))), Drawn.Number("n")));
        var id = await database.StartAsync("f", "c");
        for (var round = 0; round < 39; round++)
        {
            database.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(1, await database.StepAsync(flows => flows.PublishEventAsync("go", null, null, null, default)));
        }

        var before = await EntriesAsync();
        Assert.Equal(40, before.Rows);
        database.Clock.Advance(TimeSpan.FromMinutes(1));
        await database.StepAsync(flows => flows.PublishEventAsync("go", null, null, null, default));

        var after = await EntriesAsync();
        var instance = await database.InstanceAsync(id);
        Assert.Equal((FlowStatus.Finished, 1, 0, instance.JournalLength), (instance.Status, after.Rows, after.First, after.Count));
        Assert.Equal(before.Entries, after.Entries.Take(before.Entries.Count));
        Assert.Equal(JournalKind.InstanceFinished, after.Entries[^1].Kind);
        Assert.Equal(instance.JournalLength, after.Entries.Count);
        Assert.True(after.Length * 4 < before.Length);

        async Task<(int Rows, int First, int Count, int Length, List<JournalEntry> Entries)> EntriesAsync()
        {
            var packs = await database.LogAsync((await database.InstanceAsync(id)).No);
            return (packs.Count, packs[0].FirstSeq, packs.Sum(p => p.Count), packs.Sum(p => p.Data.Length), [.. packs.SelectMany(p => JournalLines.Read(p.Data, p.At))]);
        }
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task A_dry_run_says_who_can_move_and_only_those_move_with_their_timers(Provider provider)
    {
        await using var database = await FlowDatabase.CreateAsync(provider);
        string Document(string last) => Drawn.Flow("f", Drawn.Sequence("main", Drawn.Delay("d", "1.00:00:00"), Drawn.Event("e", "go"), Drawn.Line("l", last)));
        await database.PublishAsync(Document("old"));
        var ids = new List<Guid>();
        for (var i = 0; i < 3; i++) ids.Add(await database.StartAsync("f", $"c{i}"));
        database.Clock.Advance(TimeSpan.FromHours(6));
        Assert.True(await database.StepAsync(async (IFlows flows) => await flows.WakeAsync((await database.WaitsAsync(ids[2])).Single().Id, null, default)));
        var before = (await database.WaitsAsync(ids[0])).Single();
        var old = (await database.InstanceAsync(ids[0])).DefinitionVersionId;
        // The new version has no delay any more: who waits in it cannot move, who is past it can.
        await database.PublishAsync(Document("new").Replace("\"d\"", "\"d2\"", StringComparison.Ordinal));
        var to = await database.LookAsync(db => db.Set<FlowDefinitionRow>().AsNoTracking().SingleAsync(d => d.IsPublished));
        var plan = new MovePlan("f", old, to.VersionId);

        var first = await ActAsync(database, o => o.SurveyAsync(plan, 0, 2, default));
        var rest = await ActAsync(database, o => o.SurveyAsync(plan, first[^1].No, 2, default));
        Assert.Equal(ids, first.Concat(rest).Select(l => l.InstanceId));
        Assert.Equal([false, false, true], first.Concat(rest).Select(l => l.CanMove));
        Assert.Equal((MoveFaultKind.Missing, "d"), first[0].Faults.Select(f => (f.Kind, f.Caption)).Single());

        Assert.NotEmpty(await ActAsync(database, o => o.MoveAsync(plan, ids[0], "Li", default)));
        Assert.Empty(await ActAsync(database, o => o.MoveAsync(plan, ids[2], "Li: better", default)));
        Assert.Equal(MoveFaultKind.NotThere, Assert.Single(await ActAsync(database, o => o.MoveAsync(plan, ids[2], "Li: twice", default))).Kind);
        var named = plan with { Nodes = new Dictionary<string, string> { ["main/d"] = "main/d2" } };
        Assert.Empty(await ActAsync(database, o => o.MoveAsync(named, ids[0], "Li: better", default)));

        var moved = (await database.WaitsAsync(ids[0])).Single();
        Assert.Equal((before.Id, before.DueAt, before.Hash, "d2", "main/d2"), (moved.Id, moved.DueAt, moved.Hash, moved.ActivityId, moved.NodePath));
        Assert.Equal((2, to.VersionId), ((await database.InstanceAsync(ids[0])).DefinitionVersion, (await database.InstanceAsync(ids[0])).DefinitionVersionId));
        Assert.Equal(1, (await database.InstanceAsync(ids[1])).DefinitionVersion);

        database.Clock.Advance(TimeSpan.FromHours(18));
        Assert.True(await database.StepAsync(flows => flows.FireTimerAsync(moved.Id, default)));
        Assert.Equal(2, await database.StepAsync(flows => flows.PublishEventAsync("go", null, null, null, default)));
        Assert.Equal(["new", "new"], database.Lines);
        Assert.Contains("Li: better", string.Join('\n', (await database.LogAsync((await database.InstanceAsync(ids[0])).No)).Select(l => l.Data)), StringComparison.Ordinal);
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task An_older_version_comes_back_as_the_newest_and_its_consumers_follow(Provider provider)
    {
        await using var database = await FlowDatabase.CreateAsync(provider);
        string Part(string line) => Drawn.Flow("part", Drawn.Line("l", line), options: "\"usableAsActivity\": true, \"autoUpdateConsumingWorkflows\": true");
        await database.PublishAsync(Part("good"));
        await database.PublishAsync(Drawn.Flow("main", Drawn.Sequence("main", Drawn.Part("p", "part"))));
        await database.PublishAsync(Part("bad"));
        await database.StartAsync("main");
        await database.LibraryAsync(l => l.ImportDraftAsync(Part("half drawn"), default));

        var back = await database.LibraryAsync(l => l.RollBackAsync("part", 1, default));

        Assert.Equal(4, back.Published!.Version);
        await database.StartAsync("main");
        Assert.Equal(["bad", "good"], database.Lines);
        var versions = await database.LookAsync(db => db.Set<FlowDefinitionRow>().AsNoTracking().Where(d => d.DefinitionId == "part").OrderBy(d => d.Version).ToListAsync());
        Assert.Equal([(1, false, false), (2, false, false), (3, false, false), (4, false, true), (5, true, false)], versions.Select(v => (v.Version, v.IsLatest, v.IsPublished)));
        Assert.Contains("half drawn", versions[^1].Document, StringComparison.Ordinal);
        Assert.Null((await database.LibraryAsync(l => l.RollBackAsync("part", 99, default))).Published);
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task What_is_stuck_is_found_slice_by_slice(Provider provider)
    {
        await using var database = await FlowDatabase.CreateAsync(provider);
        await database.PublishAsync(Drawn.Flow("f", Drawn.Sequence("main", Drawn.Event("e", "go"), Drawn.Line("l", "x"))));
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++) ids.Add(await database.StartAsync("f"));
        await database.LookAsync(db => db.Waits.Where(w => w.InstanceId == ids[1] || w.InstanceId == ids[4]).ExecuteDeleteAsync());

        var found = new List<Guid>();
        for (long? after = 0; after is not null;)
        {
            var (slice, next) = await database.LookAsync(db => FlowHealth.StuckAsync(db, after.Value, 2, default));
            found.AddRange(slice.Select(i => i.Id));
            after = next;
        }
        Assert.Equal([ids[1], ids[4]], found);
    }
}
