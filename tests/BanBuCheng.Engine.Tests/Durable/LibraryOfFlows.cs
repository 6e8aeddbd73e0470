using BanBuCheng.Engine.Durable;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BanBuCheng.Engine.Tests.Durable;

public sealed class LibraryOfFlows
{
    private static readonly string Inside = Drawn.Flow("inside", Drawn.Sequence("main", Drawn.Line("l", "inside 1")),
        options: "\"usableAsActivity\": true, \"autoUpdateConsumingWorkflows\": true");
    private static readonly string Outside = Drawn.Flow("outside", Drawn.Sequence("main", Drawn.Part("p", "inside"), Drawn.Event("e", "go")));

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task Files_are_published_once_and_a_restart_changes_nothing(Provider provider)
    {
        await using var database = await FlowDatabase.CreateAsync(provider);
        // The consumer comes first by name, and still its part is published before it.
        FlowFile[] files = [new("a-outside.json", Outside), new("b-inside.json", Inside)];

        var first = await ImportAsync(database, files);
        Assert.All(first, f => Assert.Equal((FileOutcome.Published, 1), (f.Outcome, f.Version)));
        await database.StartAsync("outside");
        Assert.Equal(["inside 1"], database.Lines);
        var before = await RowsAsync(database);

        await database.RestartAsync();
        Assert.All(await ImportAsync(database, files), f => Assert.Equal(FileOutcome.Unchanged, f.Outcome));
        Assert.Equal(before, await RowsAsync(database));
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task A_changed_file_replaces_a_flow_nobody_edited_and_carries_its_consumers_along(Provider provider)
    {
        await using var database = await FlowDatabase.CreateAsync(provider);
        await ImportAsync(database, new("inside.json", Inside), new("outside.json", Outside));
        var changed = Inside.Replace("inside 1", "inside 2", StringComparison.Ordinal);

        var report = await ImportAsync(database, new("inside.json", changed), new("outside.json", Outside));

        Assert.Equal([("inside.json", FileOutcome.Published, 2), ("outside.json", FileOutcome.Unchanged, 0)], report.Select(f => (f.FileName, f.Outcome, f.Version)).Order());
        await database.StartAsync("outside");
        Assert.Equal(["inside 2"], database.Lines);
        var consumer = await database.LookAsync(db => db.Set<FlowDefinitionRow>().AsNoTracking().SingleAsync(d => d.DefinitionId == "outside" && d.IsPublished));
        Assert.Equal((2, FlowOrigin.Carried, true), (consumer.Version, consumer.Origin, consumer.IsLatest));
        // Being carried along is no edit: the consumer's own file may still replace it.
        var outside = await ImportAsync(database, new FlowFile("outside.json", Outside + "\n"));
        Assert.Equal((FileOutcome.Published, 3), (outside[0].Outcome, outside[0].Version));
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task An_edited_flow_keeps_what_the_person_drew_and_gets_the_products_as_a_draft(Provider provider)
    {
        await using var database = await FlowDatabase.CreateAsync(provider);
        await ImportAsync(database, new FlowFile("inside.json", Inside));
        await database.PublishAsync(Inside.Replace("inside 1", "mine", StringComparison.Ordinal));
        await database.LibraryAsync(l => l.ImportDraftAsync(Inside.Replace("inside 1", "my draft", StringComparison.Ordinal), default));

        var report = await ImportAsync(database, new FlowFile("inside.json", Inside.Replace("inside 1", "inside 2", StringComparison.Ordinal)));

        Assert.Equal((FileOutcome.KeptAsDraft, 4), (report[0].Outcome, report[0].Version));
        await database.StartAsync("inside");
        Assert.Equal(["mine"], database.Lines);
        var rows = await database.LookAsync(db => db.Set<FlowDefinitionRow>().AsNoTracking().OrderBy(d => d.Version).ToListAsync());
        Assert.Equal([false, true, false, false], rows.Select(r => r.IsPublished));
        Assert.Contains("my draft", rows[2].Document, StringComparison.Ordinal);
        Assert.Contains("随产品更新", rows[3].Name, StringComparison.Ordinal);
        Assert.True(rows[3].IsLatest);

        // The person takes the product's draft over; from then on the product may replace it again.
        Assert.NotNull((await database.LibraryAsync(l => l.PublishAsync("inside", default))).Published);
        var next = await ImportAsync(database, new FlowFile("inside.json", Inside.Replace("inside 1", "inside 3", StringComparison.Ordinal)));
        Assert.Equal(FileOutcome.Published, next[0].Outcome);
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task A_damaged_file_is_named_and_the_others_are_imported(Provider provider)
    {
        await using var database = await FlowDatabase.CreateAsync(provider);
        FlowFile[] files = [new("bad.json", "{ \"id\": \"x\", "), new("inside.json", Inside), new("twice.json", Inside)];
        for (var start = 0; start < 2; start++)
        {
            var report = (await ImportAsync(database, files)).ToDictionary(f => f.FileName);
            Assert.Equal(FileOutcome.Damaged, report["bad.json"].Outcome);
            Assert.StartsWith("bad.json：", Assert.Single(report["bad.json"].Findings, f => f.IsError).Message, StringComparison.Ordinal);
            Assert.Equal(start == 0 ? FileOutcome.Published : FileOutcome.Unchanged, report["inside.json"].Outcome);
        }
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task The_gate_refuses_files_and_people_and_sees_consumers_with_the_new_inside(Provider provider)
    {
        var gate = new NoWordGate();
        await using var database = await FlowDatabase.CreateAsync(provider, services => services.AddSingleton<IFlowGate>(gate));
        await ImportAsync(database, new("inside.json", Inside), new("outside.json", Outside));

        gate.Word = "forbidden";
        var refused = await ImportAsync(database, new FlowFile("inside.json", Inside.Replace("inside 1", "forbidden", StringComparison.Ordinal)));
        Assert.Equal(FileOutcome.Refused, refused[0].Outcome);
        Assert.Contains(refused[0].Findings, f => f is { Code: "T001", IsError: true });

        await database.LibraryAsync(l => l.ImportDraftAsync(Inside.Replace("inside 1", "forbidden", StringComparison.Ordinal), default));
        Assert.Null((await database.LibraryAsync(l => l.PublishAsync("inside", default))).Published);
        // The consumer alone shows the fault: it is asked about with the part as it would be.
        Assert.Contains("outside", gate.SeenConsumers);
        await database.StartAsync("outside");
        Assert.Equal(["inside 1"], database.Lines);
    }

    [Theory, InlineData(Provider.Sqlite), InlineData(Provider.Postgres)]
    public async Task What_is_retracted_starts_no_more_and_its_event_wakes_nobody(Provider provider)
    {
        await using var database = await FlowDatabase.CreateAsync(provider);
        await database.PublishAsync(Drawn.Flow("listener", Drawn.Sequence("main", Drawn.Event("e", "go", starts: true), Drawn.Line("l", "heard"))));
        Assert.Equal(1, await database.StepAsync(flows => flows.PublishEventAsync("go", null, null, null, default)));

        Assert.True(await database.LibraryAsync(l => l.RetractAsync("listener", default)));

        Assert.Equal(0, await database.StepAsync(flows => flows.PublishEventAsync("go", null, null, null, default)));
        await Assert.ThrowsAsync<FlowNotFoundException>(() => database.StartAsync("listener"));
        Assert.False(await database.LibraryAsync(l => l.RetractAsync("listener", default)));
        Assert.Single(await database.LibraryAsync(l => l.VersionsAsync("listener", default)));
    }

    private static Task<IReadOnlyList<FileImport>> ImportAsync(FlowDatabase database, params FlowFile[] files) =>
        database.LibraryAsync(library => library.ImportFilesAsync(files, default));

    private static Task<List<string>> RowsAsync(FlowDatabase database) => database.LookAsync(async db =>
    {
        var definitions = await db.Set<FlowDefinitionRow>().AsNoTracking().OrderBy(d => d.VersionId).ToListAsync();
        var sources = await db.Set<FlowSourceRow>().AsNoTracking().OrderBy(s => s.FileName).ToListAsync();
        return definitions.Select(d => $"{d.VersionId} {d.Version} {d.Hash} {d.IsLatest} {d.IsPublished} {d.Origin} {d.CreatedAt:O}")
            .Concat(sources.Select(s => $"{s.FileName} {s.Hash} {s.Outcome} {s.ImportedAt:O}")).ToList();
    });

    /// <summary>A gate that wants a word nowhere, neither in the candidate's parts nor in its consumers' parts.</summary>
    private sealed class NoWordGate : IFlowGate
    {
        public string? Word { get; set; }
        public HashSet<string> SeenConsumers { get; } = [];

        public ValueTask<IReadOnlyList<FlowFinding>> CheckAsync(GateQuestion question, CancellationToken ct)
        {
            foreach (var consumer in question.Consumers)
            {
                var part = consumer.Root.WithDescendants().First(a => a.WorkflowDefinitionId is not null);
                if (Word is not null && question.Part(part.WorkflowDefinitionId!, part.WorkflowDefinitionVersionId)!.Json.ToJsonString().Contains(Word, StringComparison.Ordinal))
                {
                    SeenConsumers.Add(consumer.DefinitionId);
                    return new([new FlowFinding("T001", true, "the word")]);
                }
            }
            return new([]);
        }
    }
}
