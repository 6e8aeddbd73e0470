using BanBuCheng.Desk.Deadlines;
using CsCheck;
using Xunit;

namespace BanBuCheng.Stories.Deadlines;

/// <summary>数日子的规矩 — what holds for every start, every length and every pause.</summary>
public sealed class CountingHolds
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.BuiltIn;
    private static readonly DateOnly First = new(2015, 1, 1);

    // Ends early enough that sixty working days and two pauses stay inside the years that have a notice.
    private static readonly Gen<DateOnly> AnyStart = Gen.Int[0, new DateOnly(2026, 4, 30).DayNumber - First.DayNumber].Select(First.AddDays);
    private static readonly Gen<int> AnyLength = Gen.Int[0, 60];

    private static readonly Gen<Pause> AnyPause = Gen.Select(
        AnyStart, Gen.Int[0, 20], (from, days) => new Pause(from, from.AddDays(days), "等您补材料"));

    [Fact(DisplayName = "和一天一天慢慢数的结果一样")]
    public void It_agrees_with_counting_slowly() => Gen.Select(AnyStart, AnyLength).Sample((start, length) =>
        Calendar.Due(start, length).Date == SlowCount.Due(start, length) && Calendar.AddWorkingDays(start, length) == SlowCount.Due(start, length));

    [Fact(DisplayName = "十二年里的每一天都和慢慢数的一样")]
    public void Every_day_of_twelve_years_agrees()
    {
        for (var day = First; day <= new DateOnly(2026, 12, 31); day = day.AddDays(1)) Assert.Equal(SlowCount.Works(day), Calendar.Counts(day));
    }

    [Fact(DisplayName = "到期那天正好用完，最后一天一定是工作日")]
    public void On_the_due_day_exactly_the_period_is_used() => Gen.Select(AnyStart, AnyLength).Sample((start, length) =>
    {
        var due = Calendar.Due(start, length);
        return Calendar.WorkingDaysBetween(start, due.Date) == length
            && (length == 0 ? due.Date == start : Calendar.Counts(due.Date))
            && due.Derivation.Count(day => day.Counts) == length;
    });

    [Fact(DisplayName = "晚受理不会早到期，多一天只会更晚")]
    public void Later_starts_and_longer_periods_never_end_earlier() => Gen.Select(AnyStart, AnyLength, Gen.Int[0, 30]).Sample((start, length, later) =>
        Calendar.AddWorkingDays(start.AddDays(later), length) >= Calendar.AddWorkingDays(start, length)
        && Calendar.AddWorkingDays(start, length + 1) > Calendar.AddWorkingDays(start, length));

    [Fact(DisplayName = "数过去再数回来，回到同一个工作日")]
    public void Counting_back_undoes_counting_forward() => Gen.Select(AnyStart, Gen.Int[1, 60]).Sample((start, length) =>
    {
        var from = Calendar.NextWorkingDay(start);
        return Calendar.AddWorkingDays(Calendar.AddWorkingDays(from, length), -length) == from;
    });

    [Fact(DisplayName = "推导从第一天到最后一天，一天不漏")]
    public void The_derivation_has_every_day_once() => Gen.Select(AnyStart, AnyLength, AnyPause).Sample((start, length, pause) =>
    {
        var due = Calendar.Due(start, length, [pause]);
        return due.Derivation.Select((day, i) => day.Date == start.AddDays(i)).All(same => same)
            && due.Derivation.Where(day => day.Counts).Select(day => day.Number).SequenceEqual(Enumerable.Range(1, length).Cast<int?>());
    });

    [Fact(DisplayName = "一次暂停拆成两次，结果不变；重叠的暂停不重复算")]
    public void Splitting_a_pause_changes_nothing() => Gen.Select(AnyStart, AnyLength, Gen.Int[-10, 40], Gen.Int[1, 20], Gen.Int[0, 19]).Sample((start, length, offset, days, cut) =>
    {
        var from = start.AddDays(offset);
        var until = from.AddDays(days);
        var middle = from.AddDays(cut % days);
        Pause whole = new(from, until, "");
        var due = Calendar.Due(start, length, [whole]).Date;
        return due == Calendar.Due(start, length, [new(from, middle, ""), new(middle.AddDays(1), until, "")]).Date
            && due == Calendar.Due(start, length, [whole, new(middle, until, "")]).Date;
    });

    [Fact(DisplayName = "暂停期间剩下的工作日不动，恢复后接着数")]
    public void What_is_left_stands_still_while_paused() => Gen.Select(AnyStart, Gen.Int[1, 30], Gen.Int[1, 20], Gen.Int[0, 20]).Sample((start, length, after, days) =>
    {
        var from = start.AddDays(after);
        Pause open = new(from, null, "");
        var until = from.AddDays(days);
        var left = Calendar.Remaining(start, length, from, [open]);
        if (left <= 0) return true;
        var closed = open with { Until = until };
        return Calendar.Remaining(start, length, until, [open]) == left
            && Calendar.Due(start, length, [closed]).Date == Calendar.AddWorkingDays(until, left);
    });

    [Fact(DisplayName = "补材料暂停四个工作日：10月9日顺延到10月14日")]
    public void The_example_on_the_look_up_page()
    {
        DateOnly start = new(2026, 9, 19);
        Assert.Equal(new DateOnly(2026, 10, 9), Calendar.Due(start, 10).Date);

        var due = Calendar.Due(start, 10, [new(new(2026, 9, 28), new(2026, 10, 8), "等您补材料")]);
        Assert.Equal(new DateOnly(2026, 10, 14), due.Date);
        Assert.Equal(4, due.PausedWorkingDays);
        Assert.Equal("从第二天起数10个工作日。周末和节假日不数，调休上班的周末照数；暂停的4个工作日也不数。", due.Sentence());
        string Reason(int month, int day) => due.Derivation.Single(line => line.Date == new DateOnly(2026, month, day)).Reason;
        Assert.Equal("当天不算", Reason(9, 19));
        Assert.Equal("调休上班，第1天", Reason(9, 20));
        Assert.Equal("中秋节放假", Reason(9, 25));
        Assert.Equal("暂停，等您补材料", Reason(9, 28));
        Assert.Equal("国庆节放假", Reason(10, 3));
        Assert.Equal("工作日，第6天", Reason(10, 9));
        Assert.Equal("周末", Reason(10, 11));
    }

    [Fact(DisplayName = "暂停没结束又没说算到哪天，不猜")]
    public void An_open_pause_has_no_due_date_by_itself()
    {
        Pause open = new(new(2026, 9, 28), null, "");
        Assert.Throws<ArgumentException>(() => Calendar.Due(new(2026, 9, 19), 10, [open]));
        Assert.Equal(new DateOnly(2026, 10, 14), Calendar.Due(new(2026, 9, 19), 10, [open], asOf: new(2026, 10, 8)).Date);
    }

    [Theory(DisplayName = "天数太离谱就说清楚")]
    [InlineData(-1)]
    [InlineData(3661)]
    public void Unreasonable_lengths_are_refused(int workingDays)
    {
        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => Calendar.Due(new(2026, 1, 5), workingDays));
        Assert.Contains("工作日数要在0到3660之间", refusal.Message, StringComparison.Ordinal);
    }
}
