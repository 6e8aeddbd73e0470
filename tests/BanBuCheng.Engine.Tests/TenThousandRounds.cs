using BanBuCheng.Engine.Activities;
using BanBuCheng.Engine.Running;
using BanBuCheng.Engine.Tests.Durable;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace BanBuCheng.Engine.Tests;

/// <summary>What an instance remembers is what is active: the ten-thousandth round costs what the hundredth did.</summary>
public sealed class TenThousandRounds
{
    private const int Rounds = 10_000;

    [Fact]
    public async Task State_journal_and_memory_of_a_round_stay_flat()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.Zero));
        var host = new FlowHost(new ActivityCatalogue(BuiltIn.Descriptors), clock, new FlowOptions());
        var store = new MemoryFlowStore { KeepsJournal = false };
        await new FlowEngine(host, store, NoServices.Instance).ImportDraftAsync(Drawn.Flow("rounds",
            Drawn.Sequence("main", Drawn.While("w", "getVariable('n') < " + Rounds, Drawn.Sequence("body", Drawn.Event("e", "next"), Drawn.Set("s", "n", "getVariable('n') + 1"), Drawn.Line("l", "round")))),
            Drawn.Number("n")), TestContext.Current.CancellationToken);
        await new FlowEngine(host, store, NoServices.Instance).PublishAsync("rounds", TestContext.Current.CancellationToken);
        var instance = (await new FlowEngine(host, store, NoServices.Instance).StartAsync(new StartRequest("rounds"), TestContext.Current.CancellationToken))!;

        var (lengths, lines, memory) = (new int[Rounds], new int[Rounds], new long[Rounds]);
        for (var round = 0; round < Rounds; round++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            var wait = Assert.Single(store.WaitsOf(instance.Id));
            var (before, bytes) = (instance.JournalLength, GC.GetAllocatedBytesForCurrentThread());
            Assert.True(await new FlowEngine(host, store, NoServices.Instance).WakeAsync(wait.Id, null, TestContext.Current.CancellationToken));
            memory[round] = GC.GetAllocatedBytesForCurrentThread() - bytes;
            lengths[round] = instance.State.Length;
            lines[round] = instance.JournalLength - before;
        }

        Assert.Equal(FlowStatus.Finished, instance.Status);
        // Numbers grow by digits, nothing else grows: the round, the executions' numbers.
        Assert.InRange(lengths[^2] - lengths[100], 0, 24);
        Assert.InRange(lengths.Max(), 1, 400);
        Assert.Single(lines[..^1].Distinct());
        Assert.InRange(memory[9_000..9_999].Order().ElementAt(500), 1, memory[500..1_500].Order().ElementAt(500) * 1.1);
    }
}
