using System.Globalization;
using BanBuCheng.Desk.Deadlines;
using Xunit;

namespace BanBuCheng.Stories.Deadlines;

/// <summary>标准例子 — due dates worked out by hand from the notices; each catches one way of counting wrongly.</summary>
public sealed class GoldenVectors
{
    private static readonly RegionalHolidays Prefecture = new("某自治州", [Day("2025-07-16"), Day("2025-07-17"), Day("2025-07-18")]);

    public static TheoryData<int, string, int, string, string?> Vectors => new()
    {
        { 1, "2022-06-25", 3, "2022-06-29", null },
        { 1, "2022-06-25", 10, "2022-07-08", null },
        { 1, "2022-06-25", 15, "2022-07-15", null },
        { 2, "2022-08-23", 10, "2022-09-06", null },
        { 2, "2022-08-23", 15, "2022-09-14", null },
        { 2, "2022-08-23", 25, "2022-09-28", null },
        { 3, "2022-04-01", 1, "2022-04-02", null },
        { 3, "2022-04-01", 3, "2022-04-07", null },
        { 3, "2022-04-01", 15, "2022-04-24", null },
        { 4, "2022-04-06", 10, "2022-04-20", null },
        { 4, "2022-04-06", 15, "2022-04-26", null },
        { 5, "2022-09-29", 3, "2022-10-09", null },
        { 6, "2022-12-30", 1, "2023-01-03", null },
        { 6, "2022-12-30", 15, "2023-01-28", null },
        { 7, "2024-02-08", 1, "2024-02-09", null },
        { 8, "2025-09-26", 3, "2025-09-30", null },
        { 8, "2025-09-26", 10, "2025-10-16", null },
        { 9, "2026-02-13", 1, "2026-02-14", null },
        { 9, "2026-02-13", 3, "2026-02-25", null },
        { 9, "2026-02-13", 10, "2026-03-05", null },
        { 10, "2026-02-14", 5, "2026-02-28", null },
        { 11, "2026-09-18", 1, "2026-09-20", null },
        { 11, "2026-09-18", 10, "2026-10-09", null },
        { 12, "2019-04-22", 5, "2019-04-29", "2019-03-21" },
        { 12, "2019-04-22", 5, "2019-04-28", "2019-03-22" },
        { 13, "2020-01-16", 10, "2020-02-04", "2020-01-26" },
        { 13, "2020-01-16", 10, "2020-02-06", "2020-01-27" },
        { 14, "2015-08-28", 10, "2015-09-11", "2015-05-12" },
        { 14, "2015-08-28", 10, "2015-09-14", "2015-05-13" },
        { 15, "2025-07-11", 10, "2025-07-25", null },
        { 15, "2025-07-11", 10, "2025-07-30", "某自治州" },
    };

    [Theory(DisplayName = "标准例子")]
    [MemberData(nameof(Vectors))]
    public void Vector(int vector, string start, int workingDays, string due, string? knownOn)
    {
        var calendar = knownOn is null ? WorkingCalendar.BuiltIn
            : knownOn == Prefecture.Region ? WorkingCalendar.BuiltIn.In(Prefecture)
            : WorkingCalendar.BuiltIn.AsKnownOn(Date(knownOn));
        var counted = calendar.Due(Date(start), workingDays);
        Assert.True(Date(due) == counted.Date, $"Vector {vector}: expected {due}, but {counted.Date:yyyy-MM-dd}.");
        Assert.False(counted.Provisional);
        Assert.Equal(Date(due), calendar.AddWorkingDays(Date(start), workingDays));
    }

    [Fact(DisplayName = "标准例子 16：2027年通知没出，答暂定，也不落在元旦")]
    public void Vector_16_a_year_without_a_notice_is_provisional_and_never_its_new_year()
    {
        var due = WorkingCalendar.BuiltIn.Due(new(2026, 12, 18), 10);
        Assert.True(due.Provisional);
        Assert.Equal(new DateOnly(2027, 1, 4), due.Date);
        Assert.Contains(due.Derivation, day => day.Date == new DateOnly(2027, 1, 1) && !day.Counts && day.Reason.Contains("元旦放假（暂定", StringComparison.Ordinal));
        Assert.Contains("2027年的放假通知还没出", due.Sentence(), StringComparison.Ordinal);
    }

    [Fact(DisplayName = "周六受理的口腔诊所：7月5日用了7个工作日，7月8日到期")]
    public void The_clinic_used_seven_of_ten_working_days()
    {
        var calendar = WorkingCalendar.BuiltIn;
        Assert.Equal(7, calendar.Elapsed(new(2022, 6, 25), new(2022, 7, 5), []));
        Assert.Equal(3, calendar.Remaining(new(2022, 6, 25), 10, new(2022, 7, 5), []));
    }

    private static FestivalDay Day(string date) => new(Date(date), "民族节日");

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
