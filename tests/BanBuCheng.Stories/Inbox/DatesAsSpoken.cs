using BanBuCheng.Desk.Inbox;
using CsCheck;
using Xunit;

namespace BanBuCheng.Stories.Inbox;

/// <summary>日期怎么说就怎么填。今天是2026年3月4日，星期三。</summary>
public sealed class DatesAsSpoken
{
    private static readonly DateOnly Today = new(2026, 3, 4);

    [Theory(DisplayName = "人怎么说日期，系统就怎么懂")]
    [InlineData("今天", "2026-03-04")]
    [InlineData("明天", "2026-03-05")]
    [InlineData("大后天", "2026-03-07")]
    [InlineData("周五", "2026-03-06")]
    [InlineData("本周一", "2026-03-02")]
    [InlineData("下周三", "2026-03-11")]
    [InlineData("下下星期天", "2026-03-22")]
    [InlineData("礼拜日", "2026-03-08")]
    [InlineData("10.20", "2026-10-20")]
    [InlineData("10月20日", "2026-10-20")]
    [InlineData("１０月２０号", "2026-10-20")]
    [InlineData("3-4", "2026-03-04")]
    [InlineData("3月3日", "2027-03-03")]
    [InlineData("2026/10/20", "2026-10-20")]
    [InlineData(" 2026 年 1 月 5 日 ", "2026-01-05")]
    [InlineData("2028年2月29日", "2028-02-29")]
    public void Understood(string typed, string expected)
    {
        Assert.True(SpokenDate.TryParse(typed, Today, out var day, out var problem), problem);
        Assert.Equal(DateOnly.ParseExact(expected, "yyyy-MM-dd"), day);
    }

    [Theory(DisplayName = "没有的日子、看不懂的话，说清楚哪里不对")]
    [InlineData("2月30日", "没有2月30日。")]
    [InlineData("2月29日", "没有2月29日。")]
    [InlineData("2026年2月29日", "没有2026年2月29日。")]
    [InlineData("13.1", "没有13月1日。")]
    [InlineData("过两天", "没看懂这个日期。可以写“10月20日”“10.20”“下周三”。")]
    [InlineData("", "没看懂这个日期。可以写“10月20日”“10.20”“下周三”。")]
    [InlineData("0000年1月1日", "没有0年1月1日。")]
    public void Refused(string typed, string sentence)
    {
        Assert.False(SpokenDate.TryParse(typed, Today, out _, out var problem));
        Assert.Equal(sentence, problem);
    }

    [Fact(DisplayName = "写了年月日的，不管今天是哪天都一样；没写年的，总在今天起的一年里")]
    public void Any_day_written_out_is_itself() => Gen.Select(Gen.Int[0, 50_000], Gen.Int[0, 20_000]).Sample((offset, now) =>
    {
        var (day, today) = (new DateOnly(1950, 1, 1).AddDays(offset), new DateOnly(2000, 1, 1).AddDays(now));
        var whole = SpokenDate.TryParse($"{day.Year}年{day.Month}月{day.Day}日", today, out var read, out _) && read == day;
        if (day is { Month: 2, Day: 29 }) return whole;
        return whole && SpokenDate.TryParse($"{day.Month}.{day.Day}", today, out var next, out _) && next >= today && next <= today.AddYears(1);
    });
}
