using BanBuCheng.Desk.Deadlines;
using Xunit;

namespace BanBuCheng.Stories.Deadlines;

/// <summary>到期牌的话 — what a badge says, in the words people use.</summary>
public sealed class DueWords
{
    private static readonly WorkingCalendar Calendar = WorkingCalendar.BuiltIn;

    [Theory(DisplayName = "到期牌怎么说")]
    [InlineData("2022-07-08", "2022-07-06", "7月8日（周五）前，还有2个工作日", DueTone.Soon)]
    [InlineData("2022-07-08", "2022-07-01", "7月8日（周五）前，还有5个工作日", DueTone.Far)]
    [InlineData("2022-07-08", "2022-07-08", "今天 17:00 前", DueTone.Today)]
    [InlineData("2022-07-08", "2022-07-09", "7月8日（周五）已经过了", DueTone.Late)]
    [InlineData("2022-07-08", "2022-07-12", "已超2个工作日", DueTone.Late)]
    [InlineData("2026-10-10", "2026-10-09", "10月10日（周六，调休上班）前，还有1个工作日", DueTone.Soon)]
    [InlineData("2023-01-03", "2022-12-29", "2023年1月3日（周二）前，还有2个工作日", DueTone.Soon)]
    [InlineData("2027-01-05", "2026-12-21", "暂定 2027年1月5日 · 放假通知还没出", DueTone.Maybe)]
    [InlineData("2027-03-10", "2027-03-01", "暂定 3月10日 · 放假通知还没出", DueTone.Maybe)]
    [InlineData("2022-10-01", "2022-09-30", "10月1日（周六）前", DueTone.Soon)]
    public void The_words_of_the_badge(string due, string today, string words, DueTone tone) =>
        Assert.Equal(new DueText(words, tone), DueText.For(Date(due), Date(today), Calendar));

    [Fact(DisplayName = "超期写上是谁，暂停写上等什么")]
    public void A_note_follows_the_words()
    {
        Assert.Equal("已超2个工作日 · 区城管局", DueText.For(new(2022, 7, 8), new(2022, 7, 12), Calendar, note: "区城管局").Words);
        Assert.Equal(new("已暂停 · 等群众补材料", DueTone.Paused), DueText.For(new(2022, 7, 8), new(2022, 7, 12), Calendar, Standing.Paused, note: "等群众补材料"));
        Assert.Equal(new("已办结", DueTone.Done), DueText.For(new(2022, 7, 8), new(2022, 7, 12), Calendar, Standing.Done));
    }

    [Fact(DisplayName = "下班时间改了，“今天几点前”跟着改")]
    public void Today_names_the_hall_s_own_closing_time()
    {
        var policy = DeadlinePolicy.Default with { Hours = HallHours.Default with { AfternoonCloses = new(17, 30) } };
        Assert.Equal("今天 17:30 前", DueText.For(new(2022, 7, 8), new(2022, 7, 8), Calendar, policy: policy).Words);
    }

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
