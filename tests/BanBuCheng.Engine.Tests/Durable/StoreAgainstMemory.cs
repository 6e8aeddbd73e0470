using BanBuCheng.Engine.Durable;
using BanBuCheng.Engine.Running;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BanBuCheng.Engine.Tests.Durable;

/// <summary>The store over a database answers like the store in memory, whatever was collected, written and forgotten before.</summary>
public sealed class StoreAgainstMemory
{
    private static int _sample;

    [Theory, InlineData(Provider.Sqlite, 150), InlineData(Provider.Postgres, 15)]
    public async Task Whatever_happens_in_whatever_steps_both_stores_answer_the_same(Provider provider, int times)
    {
        await using var database = await FlowDatabase.CreateAsync(provider);
        await Gen.Select(Gen.Int[0, 11], Gen.Int[0, 5], Gen.Int[0, 2]).List[1, 50].SampleAsync(
            async deeds => await new Twins(database, Interlocked.Increment(ref _sample)).PlayAsync(deeds), iter: times, threads: 1);
    }

    private sealed class Twins(FlowDatabase database, int sample)
    {
        private readonly MemoryFlowStore _memory = new();
        private readonly List<Guid> _instances = [];
        private readonly List<Guid> _waits = [];
        private readonly List<Guid> _kept = [];
        private readonly DateTimeOffset _now = database.Clock.GetUtcNow();
        private int _tick;

        public async Task<bool> PlayAsync(List<(int Kind, int Which, int Word)> deeds)
        {
            for (var next = 0; next < deeds.Count;)
                next = await database.StepAsync(async services =>
                {
                    var store = services.GetRequiredService<DbFlowStore>();
                    var at = next;
                    while (at < deeds.Count)
                    {
                        var (kind, which, word) = deeds[at++];
                        if (kind == 0) break; // the step ends and another begins
                        await DoAsync(store, kind, which, word);
                        await CompareAsync(store);
                    }
                    return at;
                });
            await database.StepAsync(async services =>
            {
                await CompareAsync(services.GetRequiredService<DbFlowStore>());
                return 0;
            });
            return true;
        }

        private async ValueTask DoAsync(DbFlowStore store, int kind, int which, int word)
        {
            var instance = _instances.Count == 0 ? (Guid?)null : _instances[which % _instances.Count];
            switch (kind)
            {
                case 1 or 2:
                    var id = NewId();
                    var created = Tick();
                    _instances.Add(id);
                    store.Add(Instance(id, word, created));
                    _memory.Add(Instance(id, word, created));
                    break;
                case 3 or 4 or 5 when instance is { } waiting && (await _memory.LoadAsync(waiting, default))!.Status == FlowStatus.Running:
                    var wait = new FlowWait(NewId(), waiting, "n", Hash(word), null, "a", "main/a", 1, which == 0 ? null : Tick(), null, null, Tick());
                    _waits.Add(wait.Id);
                    // As the engine does: only an instance that was loaded begins to wait.
                    await store.LoadAsync(waiting, default);
                    store.Add(wait);
                    _memory.Add(wait);
                    break;
                case 6 when _waits.Count > 0:
                    store.RemoveWait(_waits[which % _waits.Count]);
                    _memory.RemoveWait(_waits[which % _waits.Count]);
                    break;
                case 7 when _waits.Count > 0 && await _memory.WaitAsync(_waits[which % _waits.Count], default) is { } moved:
                    var due = Tick();
                    store.Reschedule(moved.Id, due);
                    _memory.Reschedule(moved.Id, due);
                    break;
                case 8 when instance is { } ending:
                    store.RemoveWaitsOf(ending);
                    _memory.RemoveWaitsOf(ending);
                    await ChangeAsync(store, ending, i => (i.Status, i.SubStatus) = (FlowStatus.Finished, FlowSubStatus.Finished));
                    break;
                case 9 when instance is { } joining:
                    await ChangeAsync(store, joining, i => i.CorrelationId = Correlation(word));
                    break;
                case 10:
                    var stimulus = new KeptStimulus(NewId(), "n", Hash(word), which % 2 == 0 ? null : Correlation(which % 3), null, null, Tick(), _now.AddHours(which == 5 ? -1 : 1));
                    _kept.Add(stimulus.Id);
                    store.Add(stimulus);
                    _memory.Add(stimulus);
                    break;
                case 11 when _kept.Count > 0:
                    var taken = _kept[which % _kept.Count];
                    _kept.Remove(taken);
                    store.RemoveKept(taken);
                    _memory.RemoveKept(taken);
                    break;
            }
        }

        private async ValueTask CompareAsync(DbFlowStore store)
        {
            for (var word = 0; word < 3; word++)
            {
                Assert.Equal(Oldest(await _memory.WaitsAsync(Hash(word), null, null, default)), await store.WaitsAsync(Hash(word), null, null, default));
                Assert.Equal(await _memory.RunningOfCorrelationAsync(Correlation(word), default), await store.RunningOfCorrelationAsync(Correlation(word), default));
                Assert.Equal(await _memory.AnyRunningAsync(Definition, Correlation(word), default), await store.AnyRunningAsync(Definition, Correlation(word), default));
                for (var other = 0; other < 3; other++)
                    Assert.Equal(Oldest(await _memory.WaitsAsync(Hash(word), Correlation(other), null, default)), await store.WaitsAsync(Hash(word), Correlation(other), null, default));
                if (_instances.Count == 0) continue;
                Assert.Equal(
                    Oldest(await _memory.WaitsAsync(Hash(word), null, _instances[0], default)), await store.WaitsAsync(Hash(word), null, _instances[0], default));
                Assert.Equal(
                    await _memory.KeptAsync(Hash(word), Correlation(word), _instances[0], _now, default),
                    await store.KeptAsync(Hash(word), Correlation(word), _instances[0], _now, default));
            }
            Assert.Equal(await _memory.AnyRunningAsync(Definition, null, default), await store.AnyRunningAsync(Definition, null, default));
            foreach (var wait in _waits) Assert.Equal(await _memory.WaitAsync(wait, default), await store.WaitAsync(wait, default));
        }

        // The store in memory puts a rescheduled wait last; the rule is: who waits longest comes first.
        private static IEnumerable<FlowWait> Oldest(IReadOnlyList<FlowWait> waits) => waits.OrderBy(w => w.CreatedAt).ThenBy(w => w.Id);

        private async ValueTask ChangeAsync(DbFlowStore store, Guid id, Action<FlowInstance> change)
        {
            foreach (var one in new[] { (IFlowStore)store, _memory })
            {
                var instance = (await one.LoadAsync(id, default))!;
                change(instance);
                one.Save(instance);
            }
        }

        private FlowInstance Instance(Guid id, int word, DateTimeOffset created) => new()
        {
            Id = id, DefinitionId = Definition, DefinitionVersionId = "v", DefinitionVersion = 1, CorrelationId = Correlation(word), CreatedAt = created, UpdatedAt = created,
        };

        private string Definition => $"d{sample}";
        private string Correlation(int word) => $"c{sample}-{word}";
        private string Hash(int word) => $"h{sample}-{word}";
        private DateTimeOffset Tick() => _now.AddMilliseconds(++_tick);
        private Guid NewId() => Guid.CreateVersion7(Tick());
    }
}
