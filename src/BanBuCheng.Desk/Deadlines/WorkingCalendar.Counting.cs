namespace BanBuCheng.Desk.Deadlines;

/// <content>Counting: the day of the event is not counted, every later day that the calendar counts is.</content>
public sealed partial class WorkingCalendar
{
    /// <summary>The longest period anybody may ask for, ten years of days: beyond it there is a typing error, not a promise.</summary>
    public const int LongestPeriod = 3660;

    /// <summary>The last day of a period of working days that starts the day after <paramref name="start"/>.</summary>
    public DueDate Due(DateOnly start, int workingDays) => Due(start, workingDays, []);

    /// <summary>The same with pauses: a day that a pause touches is not counted, so what was left stays left.</summary>
    /// <param name="asOf">Where a pause that is still open is taken to end, usually today.</param>
    public DueDate Due(DateOnly start, int workingDays, IReadOnlyList<Pause> pauses, DateOnly? asOf = null)
    {
        Check(workingDays, 0);
        var stops = pauses.Select(pause => pause.ClosedBy(asOf)).ToArray();
        var derivation = new List<CountedDay> { CountedDay.Start(Day(start)) };
        var number = 0;
        for (var date = start; number < workingDays;)
        {
            date = date.AddDays(1);
            var day = Day(date);
            var pause = day.Counts ? Array.Find(stops, stop => stop.Covers(date)) : null;
            if (pause is not null) derivation.Add(CountedDay.Paused(day, pause.Reason));
            else if (day.Counts) derivation.Add(CountedDay.Counted(day, ++number));
            else derivation.Add(CountedDay.Rest(day));
        }

        return new(start, workingDays, derivation);
    }

    /// <summary>The due day alone, without the derivation; a negative number counts backwards.</summary>
    public DateOnly AddWorkingDays(DateOnly start, int workingDays)
    {
        Check(workingDays, -LongestPeriod);
        var date = start;
        for (var left = Math.Abs(workingDays); left > 0; left--)
        {
            date = workingDays > 0 ? NextWorkingDay(date) : PreviousWorkingDay(date);
        }

        return date;
    }

    /// <summary>The first day after this one that counts.</summary>
    public DateOnly NextWorkingDay(DateOnly day)
    {
        do day = day.AddDays(1);
        while (!Counts(day));
        return day;
    }

    /// <summary>The last day before this one that counts.</summary>
    public DateOnly PreviousWorkingDay(DateOnly day)
    {
        do day = day.AddDays(-1);
        while (!Counts(day));
        return day;
    }

    /// <summary>Working days after <paramref name="from"/> up to and with <paramref name="to"/>; negative when the second day is earlier.</summary>
    public int WorkingDaysBetween(DateOnly from, DateOnly to)
    {
        if (to < from) return -WorkingDaysBetween(to, from);
        var count = 0;
        for (var date = from; date < to;)
        {
            date = date.AddDays(1);
            if (Counts(date)) count++;
        }

        return count;
    }

    /// <summary>Working days used up to and with <paramref name="today"/>, pauses left out.</summary>
    public int Elapsed(DateOnly start, DateOnly today, IReadOnlyList<Pause> pauses)
    {
        var stops = pauses.Select(pause => pause.ClosedBy(today)).ToArray();
        var count = 0;
        for (var date = start; date < today;)
        {
            date = date.AddDays(1);
            if (Counts(date) && !Array.Exists(stops, stop => stop.Covers(date))) count++;
        }

        return count;
    }

    /// <summary>Working days left after <paramref name="today"/>; it stands still while paused and turns negative when overdue.</summary>
    public int Remaining(DateOnly start, int workingDays, DateOnly today, IReadOnlyList<Pause> pauses) =>
        workingDays - Elapsed(start, today, pauses);

    private static void Check(int workingDays, int least)
    {
        if (workingDays < least || workingDays > LongestPeriod)
        {
            throw new ArgumentOutOfRangeException(
                nameof(workingDays), workingDays, $"工作日数要在{least}到{LongestPeriod}之间，现在是{workingDays}。");
        }
    }
}
