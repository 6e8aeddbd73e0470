using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace BanBuCheng.Engine.Durable;

/// <summary>A timer that is due: of a wait or of a trigger, both are fired by <see cref="IFlows.FireTimerAsync"/>.</summary>
public readonly record struct DueTimer(Guid Id, DateTimeOffset DueAt);

/// <summary>
/// Which timers are due, and when the next will be. To be asked outside a step; nothing here decides: a timer takes effect once because
/// the step that fires it deletes its row.
/// </summary>
public static class FlowTimers
{
    /// <summary>Due timers in the order they fell due, read ahead without claiming them.</summary>
    /// <param name="after">The last one seen: timers that cannot be fired do not bar the way to those behind them.</param>
    public static async ValueTask<IReadOnlyList<DueTimer>> DueTimersAsync(DbContext db, DateTimeOffset now, DueTimer? after, int take, CancellationToken ct)
    {
        var commands = new FlowCommands(db);
        object?[] values = [now.UtcDateTime, (after?.DueAt ?? DateTimeOffset.MinValue).UtcDateTime, after?.Id ?? Guid.Empty, take];
        return Earliest(
            await commands.ReadAsync(commands.Sql.DueWaits, values, Read, ct), await commands.ReadAsync(commands.Sql.DueTriggers, values, Read, ct), take);
    }

    /// <summary>
    /// Takes a batch of due timers up for this node, so that several nodes do not work on the same ones; lets go by itself after
    /// <paramref name="leaseFor"/>. SQLite has one node, which only reads ahead.
    /// </summary>
    /// <param name="afterDue">A bound below which nothing is due any more: passes over the dead index entries of what was just fired.</param>
    public static async ValueTask<IReadOnlyList<DueTimer>> LeaseAsync(
        DbContext db, DateTimeOffset now, TimeSpan leaseFor, DateTimeOffset? afterDue, int take, CancellationToken ct)
    {
        var commands = new FlowCommands(db);
        var after = (afterDue ?? DateTimeOffset.MinValue).UtcDateTime;
        object?[] values = commands.Sql.HasManyWriters ? [(now + leaseFor).UtcDateTime, now.UtcDateTime, after, take] : [now.UtcDateTime, after, take];
        return Earliest(
            await commands.ReadAsync(commands.Sql.LeaseWaits, values, Read, ct), await commands.ReadAsync(commands.Sql.LeaseTriggers, values, Read, ct), int.MaxValue);
    }

    /// <summary>The first due instant of every minute in which something falls due, after <paramref name="after"/> and until the horizon: one bell each.</summary>
    public static async ValueTask<IReadOnlyList<DateTimeOffset>> UpcomingMinutesAsync(
        DbContext db, DateTimeOffset after, DateTimeOffset horizon, CancellationToken ct)
    {
        // One index seek per minute found: a million timers at five o'clock are one minute.
        var minutes = new List<DateTimeOffset>();
        while (await EarliestAsync(db, after, ct) is { } due && due <= horizon)
        {
            var minute = new DateTimeOffset(due.Ticks - due.Ticks % TimeSpan.TicksPerMinute, TimeSpan.Zero);
            minutes.Add(due);
            after = minute.AddMinutes(1).AddTicks(-1);
        }
        return minutes;
    }

    /// <summary>When the first timer after that instant falls due; null when none does.</summary>
    public static async ValueTask<DateTimeOffset?> EarliestAsync(DbContext db, DateTimeOffset after, CancellationToken ct)
    {
        var commands = new FlowCommands(db);
        object?[] values = [after.UtcDateTime];
        var waits = await commands.ReadAsync(commands.Sql.NextWait, values, r => Instant(r, 0), ct);
        var triggers = await commands.ReadAsync(commands.Sql.NextTrigger, values, r => Instant(r, 0), ct);
        waits.AddRange(triggers);
        return waits.Count == 0 ? null : waits.Min();
    }

    private static List<DueTimer> Earliest(List<DueTimer> waits, List<DueTimer> triggers, int take)
    {
        waits.AddRange(triggers);
        return [.. waits.OrderBy(t => t.DueAt).ThenBy(t => t.Id).Take(take)];
    }

    private static DueTimer Read(DbDataReader reader) => new(reader.GetGuid(0), Instant(reader, 1));

    private static DateTimeOffset Instant(DbDataReader reader, int column) => new(DateTime.SpecifyKind(reader.GetDateTime(column), DateTimeKind.Utc));
}
