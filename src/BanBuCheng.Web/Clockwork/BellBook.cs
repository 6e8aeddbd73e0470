using System.Globalization;
using Hangfire;
using Microsoft.Extensions.Options;

namespace BanBuCheng.Web.Clockwork;

/// <summary>
/// Which bells hang in Hangfire: at most one per due minute, over all nodes. A minute's bell is set to its first due second; when that
/// has rung, the job hangs the next. The book itself is a set in Hangfire's storage, so an emptied storage empties the book too.
/// </summary>
internal sealed class BellBook(JobStorage storage, IBackgroundJobClient jobs, TimeProvider clock, IOptions<ClockworkOptions> options)
{
    internal const string Key = "banbucheng:bells";
    private const string Form = "yyyyMMddHHmmss";

    /// <summary>Hangs what is not yet hung, and forgets what is past.</summary>
    public void Hang(IReadOnlyCollection<DateTimeOffset> dueTimes)
    {
        var now = clock.GetUtcNow();
        using var connection = storage.GetConnection();
        using var turn = connection.AcquireDistributedLock(Key, TimeSpan.FromSeconds(5));
        var hung = connection.GetAllItemsFromSet(Key).ToDictionary(item => item, Read);
        using var transaction = connection.CreateWriteTransaction();
        foreach (var (item, at) in hung)
        {
            if (at > now) continue;
            hung.Remove(item);
            transaction.RemoveFromSet(Key, item);
        }

        foreach (var at in dueTimes.Select(due => NextSecond(due > now ? due : now)).Distinct().Order())
        {
            if (at > now + options.Value.Horizon) break;
            if (hung.Values.Any(other => MinuteOf(other) == MinuteOf(at) && other <= at)) continue;
            Schedule(at - now);
            var item = at.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);
            hung[item] = at;
            transaction.AddToSet(Key, item, at.ToUnixTimeSeconds());
        }

        transaction.Commit();
    }

    /// <summary>Hangfire lives on the wall clock and cuts to whole seconds; rounding up keeps it from coming early.</summary>
    private void Schedule(TimeSpan wait) =>
        jobs.Schedule<AlarmJob>(job => job.RingAsync(CancellationToken.None), NextSecond(TimeProvider.System.GetUtcNow() + wait));

    public static DateTimeOffset MinuteOf(DateTimeOffset at) => new(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerMinute, TimeSpan.Zero);

    public static DateTimeOffset NextSecond(DateTimeOffset at) =>
        new((at.UtcTicks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);

    private static DateTimeOffset Read(string item) => DateTimeOffset.ParseExact(item, Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
