namespace BanBuCheng.Desk.Deadlines;

/// <summary>办公时间 — when the hall is open on a working day. The last day of a period ends when business stops (Civil Code, article 203).</summary>
public sealed record HallHours(TimeOnly MorningOpens, TimeOnly MorningCloses, TimeOnly AfternoonOpens, TimeOnly AfternoonCloses)
{
    public static HallHours Default { get; } = new(new(9, 0), new(12, 0), new(13, 0), new(17, 0));

    /// <summary>A hall that stays open at noon closes and opens in the same minute.</summary>
    public bool InOrder => MorningOpens < MorningCloses && MorningCloses <= AfternoonOpens && AfternoonOpens < AfternoonCloses;

    public DateTimeOffset OpeningOf(DateOnly day) => ShanghaiTime.At(day, MorningOpens);

    /// <summary>Close of a day, in UTC: the moment at which a timer for that day fires.</summary>
    public DateTimeOffset CloseOf(DateOnly day) => ShanghaiTime.At(day, AfternoonCloses);

    /// <summary>When the red light comes on: at opening of the first working day after the due day.</summary>
    public DateTimeOffset RedFrom(DateOnly due, WorkingCalendar calendar) => OpeningOf(calendar.NextWorkingDay(due));

    /// <summary>A reply that reaches the citizen before midnight of the due day is in time, though the hall is closed.</summary>
    public static bool InTime(DateOnly due, DateTimeOffset deliveredAt) => ShanghaiTime.DayOf(deliveredAt) <= due;

    /// <summary>How much of the time between two instants the hall was open: nobody has the ball while it is shut.</summary>
    public TimeSpan WorkingTime(DateTimeOffset from, DateTimeOffset to, WorkingCalendar calendar)
    {
        if (to < from) throw new ArgumentException($"Expected the end not before the start, but {to:O} is before {from:O}.", nameof(to));

        var open = TimeSpan.Zero;
        var last = ShanghaiTime.DayOf(to);
        for (var day = ShanghaiTime.DayOf(from); day <= last; day = day.AddDays(1))
        {
            if (!calendar.Counts(day)) continue;
            open += Overlap(day, MorningOpens, MorningCloses) + Overlap(day, AfternoonOpens, AfternoonCloses);
        }

        return open;

        TimeSpan Overlap(DateOnly day, TimeOnly opens, TimeOnly closes)
        {
            var start = ShanghaiTime.At(day, opens);
            var end = ShanghaiTime.At(day, closes);
            var overlap = (end < to ? end : to) - (start > from ? start : from);
            return overlap > TimeSpan.Zero ? overlap : TimeSpan.Zero;
        }
    }

    /// <summary>When so much open time has gone by from an instant: over noon, nights and rest days.</summary>
    public DateTimeOffset After(DateTimeOffset from, TimeSpan workingTime, WorkingCalendar calendar)
    {
        var left = workingTime;
        for (var (day, days) = (ShanghaiTime.DayOf(from), 0); days < WorkingCalendar.LongestPeriod; day = day.AddDays(1), days++)
        {
            if (!calendar.Counts(day)) continue;
            foreach (var (opens, closes) in new[] { (MorningOpens, MorningCloses), (AfternoonOpens, AfternoonCloses) })
            {
                var (opening, close) = (ShanghaiTime.At(day, opens), ShanghaiTime.At(day, closes));
                var start = opening > from ? opening : from;
                if (start >= close) continue;
                if (start + left <= close) return start + left;
                left -= close - start;
            }
        }

        return from + workingTime;
    }

    /// <summary>The same in whole minutes.</summary>
    public int WorkingMinutes(DateTimeOffset from, DateTimeOffset to, WorkingCalendar calendar) =>
        (int)WorkingTime(from, to, calendar).TotalMinutes;
}
