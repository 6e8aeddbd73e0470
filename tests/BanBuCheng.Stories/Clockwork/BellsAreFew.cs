using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.Clockwork;
using Hangfire;
using Hangfire.InMemory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace BanBuCheng.Stories.Clockwork;

/// <summary>However many timers there are, Hangfire gets one bell for each minute of the next day, over all nodes.</summary>
public sealed class BellsAreFew : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _clock = new(Now);
    private readonly InMemoryStorage _storage = new();

    [Fact]
    public void A_thousand_timers_of_one_minute_hang_one_bell()
    {
        Book().Hang([.. Enumerable.Range(0, 1000).Select(i => Now.AddMinutes(5).AddMilliseconds(i * 50))]);
        Assert.Equal(1, Scheduled);
    }

    [Fact]
    public void Two_nodes_hang_one_bell_for_the_same_minute()
    {
        Book().Hang([Now.AddMinutes(5)]);
        Book().Hang([Now.AddMinutes(5).AddSeconds(20)]);
        Assert.Equal(1, Scheduled);
    }

    [Fact]
    public void An_earlier_second_of_a_hung_minute_gets_its_own_bell()
    {
        Book().Hang([Now.AddMinutes(5).AddSeconds(50)]);
        Book().Hang([Now.AddMinutes(5).AddSeconds(10)]);
        Assert.Equal(2, Scheduled);
    }

    [Fact]
    public void What_is_due_after_the_next_day_hangs_no_bell_yet()
    {
        Book().Hang([Now.AddHours(23), Now.AddHours(25), Now.AddDays(15)]);
        Assert.Equal(1, Scheduled);
    }

    [Fact]
    public void After_a_bell_has_rung_the_rest_of_its_minute_can_be_hung()
    {
        var book = Book();
        book.Hang([Now.AddSeconds(10), Now.AddSeconds(50)]);
        Assert.Equal(1, Scheduled);

        _clock.Advance(TimeSpan.FromSeconds(10));
        book.Hang([Now.AddSeconds(50)]);

        Assert.Equal(2, Scheduled);
    }

    [Fact]
    public async Task Ringing_never_fails_even_when_the_storage_does()
    {
        var jobs = new BackgroundJobClient(_storage);
        using var bells = new HangfireBells(new BellBook(new BrokenStorage(), jobs, _clock, Options.Create(new ClockworkOptions())), _clock, NullLogger<HangfireBells>.Instance);
        await bells.StartAsync(TestContext.Current.CancellationToken);

        for (var i = 0; i < 20_000; i++) bells.Ring(Now.AddMinutes(i % 100));

        await bells.StopAsync(TestContext.Current.CancellationToken);
        Assert.False(bells.ExecuteTask!.IsFaulted);
    }

    [Fact]
    public async Task Whoever_asks_during_a_drain_is_answered_by_one_more_round()
    {
        var work = new SlowWork();
        await using var services = new ServiceCollection().AddSingleton<IDueWork>(work).BuildServiceProvider();
        var turns = new DueWorkTurns(services.GetRequiredService<IServiceScopeFactory>());

        var first = turns.DrainAsync(TestContext.Current.CancellationToken);
        for (var i = 0; i < 50; i++) await turns.DrainAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, work.Rounds);
        work.Go.SetResult();
        await first;

        Assert.Equal(2, work.Rounds);
    }

    public void Dispose() => _storage.Dispose();

    private long Scheduled => _storage.GetMonitoringApi().ScheduledCount();

    private BellBook Book() => new(_storage, new BackgroundJobClient(_storage), _clock, Options.Create(new ClockworkOptions()));

    private sealed class BrokenStorage : JobStorage
    {
        public override Hangfire.Storage.IMonitoringApi GetMonitoringApi() => throw new IOException("gone");
        public override Hangfire.Storage.IStorageConnection GetConnection() => throw new IOException("gone");
    }

    private sealed class SlowWork : IDueWork
    {
        public TaskCompletionSource Go { get; } = new();
        public int Rounds { get; private set; }

        public async Task<int> DrainAsync(CancellationToken ct)
        {
            Rounds++;
            await Go.Task.WaitAsync(ct);
            return 0;
        }

        public Task<IReadOnlyList<DateTimeOffset>> UpcomingAsync(TimeSpan horizon, CancellationToken ct) => Task.FromResult<IReadOnlyList<DateTimeOffset>>([]);
    }
}
