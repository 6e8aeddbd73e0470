using System.Collections.Concurrent;
using System.Threading.Channels;
using BanBuCheng.Desk.Steps;

namespace BanBuCheng.Web.Clockwork;

/// <summary>
/// 闹钟 — hangs bells in Hangfire, after the caller has gone on: a step that is committed must neither wait for Hangfire's storage nor fail
/// by it. A minute that this node knows to be hung costs one look into memory.
/// </summary>
internal sealed partial class HangfireBells(BellBook book, TimeProvider clock, ILogger<HangfireBells> log) : BackgroundService, IBell
{
    private readonly ConcurrentDictionary<DateTimeOffset, DateTimeOffset> _hung = new();
    private readonly Channel<DateTimeOffset> _wanted =
        Channel.CreateBounded<DateTimeOffset>(new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Ring(DateTimeOffset dueAt)
    {
        var now = clock.GetUtcNow();
        var at = BellBook.NextSecond(dueAt > now ? dueAt : now);
        // A bell that has not rung yet and comes no later will find this too: its job asks the rows, and they are committed.
        if (_hung.TryGetValue(BellBook.MinuteOf(at), out var hung) && hung > now && hung <= at) return;
        _hung[BellBook.MinuteOf(at)] = at;
        _wanted.Writer.TryWrite(at);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var wanted = new List<DateTimeOffset>();
        while (await WaitAsync(stoppingToken))
        {
            wanted.Clear();
            while (_wanted.Reader.TryRead(out var at)) wanted.Add(at);
            try
            {
                book.Hang(wanted);
            }
#pragma warning disable CA1031 // a storage may fail in any way; the sweep finds what no bell rang for
            catch (Exception failure)
#pragma warning restore CA1031
            {
                foreach (var at in wanted) _hung.TryRemove(BellBook.MinuteOf(at), out _);
                NotHung(log, wanted.Count, failure);
            }

            var now = clock.GetUtcNow();
            foreach (var (minute, at) in _hung)
            {
                if (at <= now) _hung.TryRemove(minute, out _);
            }
        }
    }

    private async ValueTask<bool> WaitAsync(CancellationToken stoppingToken)
    {
        try
        {
            return await _wanted.Reader.WaitToReadAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(EventId = 9003, Level = LogLevel.Warning, Message = "{Count} bells could not be hung; the sweep will find what they were for")]
    private static partial void NotHung(ILogger log, int count, Exception failure);
}
