using System.Text.Json;
using BanBuCheng.Desk.Deadlines;
using Xunit;

namespace BanBuCheng.Stories.Deadlines;

/// <summary>读放假通知 — what the State Council writes becomes the calendar, and doubts are said aloud.</summary>
public sealed class ReadingNotices
{
    public static TheoryData<int, string> YearsAndManners
    {
        get
        {
            var data = new TheoryData<int, string>();
            foreach (var year in Enumerable.Range(2015, 12)) foreach (var manner in WrittenNotice.Manners) data.Add(year, manner.Name);
            return data;
        }
    }

    [Theory(DisplayName = "每一年的通知，几种写法，读出来都和日历一样")]
    [MemberData(nameof(YearsAndManners))]
    public void Every_year_in_every_manner_comes_back_as_it_was(int year, string manner)
    {
        var notice = WorkingCalendar.BuiltIn.Notices.Single(notice => notice.Year == year && notice.Kind == NoticeKind.Annual);
        var text = WrittenNotice.Manners.Single(candidate => candidate.Name == manner).Write(notice);
        var read = HolidayNotice.Parse(text);
        Assert.Empty(read.Warnings);
        Assert.Equal((NoticeKind.Annual, year, notice.KnownOn, notice.Number), (read.Kind, read.Year, read.KnownOn, read.Number));
        Assert.Equal(notice.Holidays.OrderBy(day => day.Date), read.Holidays);
        Assert.Equal(notice.MakeUpWorkdays.Select(day => day.Date).Order(), read.MakeUpWorkdays.Select(day => day.Date));
    }

    [Theory(DisplayName = "劳动节改长：五一到五四放假，两个周日上班")]
    [InlineData("一、2019年5月1日至4日放假调休，共4天。4月28日（星期日）、5月5日（星期日）上班。\n二、请各地落实。")]
    [InlineData("劳动节：5月1日（周三）至4日（周六）放假调休，4月28日（周日）、5月5日（周日）调休上班。")]
    [InlineData("劳动节假期调整为5月1日—4日，共4天，4月28日、5月5日补班。")]
    public void A_lengthened_labour_day(string words)
    {
        var read = HolidayNotice.Parse(Change("关于调整2019年劳动节假期安排的通知", words, "2019年3月22日"));
        Assert.Equal(
            """{"kind":"change","year":2019,"holidays":["2019-05-01","2019-05-02","2019-05-03","2019-05-04"],"makeupWorkdays":["2019-04-28","2019-05-05"],"cancelledMakeupWorkdays":[],"warnings":[]}""",
            JsonSerializer.Serialize(read.ToAnswer()));
    }

    [Theory(DisplayName = "春节延长：多放三天，原来2月1日的上班取消")]
    [InlineData("一、延长2020年春节假期至2月2日（农历正月初九，星期日），2月3日（星期一）起正常上班。\n二、开学时间另行通知。")]
    [InlineData("2020年春节假期延长至2月2日（星期日），2月3日起正常上班。")]
    [InlineData("1月31日至2月2日放假，2月1日（星期六）不再上班。")]
    public void A_prolonged_spring_festival_takes_back_a_make_up_day(string words)
    {
        var read = HolidayNotice.Parse(Change("关于延长2020年春节假期的通知", words, "2020年1月26日"));
        Assert.Equal(
            """{"kind":"change","year":2020,"holidays":["2020-01-31","2020-02-01","2020-02-02"],"makeupWorkdays":[],"cancelledMakeupWorkdays":["2020-02-01"],"warnings":[]}""",
            JsonSerializer.Serialize(read.ToAnswer()));
    }

    [Fact(DisplayName = "临时纪念日：三天放假，周日上班")]
    public void A_day_of_commemoration()
    {
        var read = HolidayNotice.Parse(Change("关于抗战胜利70周年纪念日调休放假的通知",
            "2015年9月3日全国放假1天。为方便安排，作如下调休：9月3日至5日调休放假，共3天。其中9月3日（星期四）放假，9月4日（星期五）调休，9月6日（星期日）上班。",
            "2015年5月13日"));
        Assert.Equal(NoticeKind.Change, read.Kind);
        Assert.Equal(Enumerable.Range(3, 3).Select(day => new FestivalDay(new(2015, 9, day), "抗战胜利70周年纪念日")), read.Holidays);
        Assert.Equal([new DateOnly(2015, 9, 6)], read.MakeUpWorkdays.Select(day => day.Date));
        Assert.Empty(read.Warnings);
    }

    [Fact(DisplayName = "导入改动后，日历和随产品带的一样")]
    public void An_imported_change_makes_the_calendar_that_ships()
    {
        var before = WorkingCalendar.BuiltIn.AsKnownOn(new(2020, 1, 26));
        var after = before.With(HolidayNotice.Parse(
            Change("关于延长2020年春节假期的通知", "延长2020年春节假期至2月2日，2月3日起正常上班。", "2020年1月26日"), before));
        for (DateOnly day = new(2020, 1, 1); day.Year == 2020; day = day.AddDays(1)) Assert.Equal(WorkingCalendar.BuiltIn.Counts(day), after.Counts(day));
        Assert.NotEqual(before.Counts(new(2020, 2, 1)), after.Counts(new(2020, 2, 1)));
    }

    [Theory(DisplayName = "改动里写明取消上班，几种说法")]
    [InlineData("取消10月10日（周六）调休上班，9月20日（周日）不再上班。")]
    [InlineData("一、原定9月20日（周日）、10月10日（周六）的上班安排取消。")]
    [InlineData("9月20日、10月10日上班调整为休息。")]
    [InlineData("9月20日（周日）和10月10日（周六）不再作为工作日。")]
    public void A_make_up_day_taken_back_in_so_many_words(string words)
    {
        var read = HolidayNotice.Parse(Change("关于调整2026年国庆节调休安排的通知", words, "2026年8月1日"));
        Assert.Equal([new DateOnly(2026, 9, 20), new DateOnly(2026, 10, 10)], read.CancelledMakeUpWorkdays);
        Assert.Empty(read.Holidays);
        Assert.Empty(read.MakeUpWorkdays);
        Assert.False(WorkingCalendar.BuiltIn.With(read).Counts(new(2026, 10, 10)));
    }

    [Fact(DisplayName = "改短的假期：没再提到的日子恢复上班，并提醒核对")]
    public void A_shortened_holiday_gives_days_back()
    {
        var read = HolidayNotice.Parse(Change("关于调整2026年劳动节放假安排的通知", "一、5月1日至3日放假，共3天。", "2026年3月1日"));
        Assert.Equal([new DateOnly(2026, 5, 4), new DateOnly(2026, 5, 5)], read.CancelledHolidays);
        Assert.Equal([new DateOnly(2026, 5, 9)], read.CancelledMakeUpWorkdays);
        Assert.Equal(3, read.Warnings.Count);
        Assert.True(WorkingCalendar.BuiltIn.With(read).Counts(new(2026, 5, 4)));
    }

    [Fact(DisplayName = "2027年的通知一导入，暂定就变成确定")]
    public void Importing_next_year_settles_provisional_dates()
    {
        var notice = HolidayNotice.Parse(
            "国务院办公厅关于2027年部分节假日安排的通知\n各省、自治区、直辖市人民政府：\n一、元旦：12月31日（周四）至1月2日（周六）放假调休，共3天。1月3日（周日）上班。\n"
            + "二、春节：2月5日至11日放假调休，共7天。\n国务院办公厅\n2026年11月5日\n");
        Assert.Equal(new DateOnly(2026, 12, 31), notice.Holidays[0].Date);
        Assert.Equal(5, notice.Warnings.Count(warning => warning.StartsWith("没有找到", StringComparison.Ordinal)));

        var due = WorkingCalendar.BuiltIn.With(notice).Due(new(2026, 12, 18), 10);
        Assert.False(due.Provisional);
        Assert.Equal(new DateOnly(2027, 1, 4), due.Date);
        Assert.Equal("元旦放假", due.Derivation.Single(day => day.Date == new DateOnly(2026, 12, 31)).Reason);
    }

    [Theory(DisplayName = "读到可疑的地方会说出来")]
    [InlineData("一、元旦：1月1日（周五）至3日（周六）放假调休，共3天。", "是周五，日历上是周四")]
    [InlineData("一、元旦：1月1日至3日放假调休，共4天。", "写共4天，读出来是3天")]
    [InlineData("一、元旦：1月1日放假。1月6日上班。", "不是周末，写成了上班")]
    [InlineData("一、元旦：1月1日、1月4日放假。1月4日（周日）上班。", "既写了放假又写了上班")]
    [InlineData("一、元旦：1月1日放假。2月30日上班。", "没有2月30日这一天")]
    [InlineData("一、元旦：1月1日放假。上班安排另见1月5日的文件。", "这一句没有全读懂")]
    [InlineData("二、春节：2月17日至19日放假。鼓励职工在2月16日休息。", "只是鼓励，不是放假")]
    public void Doubts_are_said_aloud(string item, string doubt)
    {
        var read = HolidayNotice.Parse($"国务院办公厅关于2026年部分节假日安排的通知\n各省、自治区、直辖市人民政府：\n{item}\n国务院办公厅\n2025年11月4日");
        Assert.Contains(read.Warnings, warning => warning.Contains(doubt, StringComparison.Ordinal));
        Assert.DoesNotContain(read.Holidays, day => day.Date == new DateOnly(2026, 2, 16));
    }

    [Fact(DisplayName = "没有落款的改动也算数，只是提醒一句")]
    public void A_change_without_a_date_still_follows_the_year_s_arrangement()
    {
        var read = HolidayNotice.Parse("国务院办公厅关于延长2026年劳动节假期的通知\n各省、自治区、直辖市人民政府：\n延长劳动节假期至5月6日，5月7日起正常上班。");
        Assert.Equal([new DateOnly(2026, 5, 6)], read.Holidays.Select(day => day.Date));
        Assert.Contains(read.Warnings, warning => warning.Contains("没有找到落款日期", StringComparison.Ordinal));
        Assert.False(WorkingCalendar.BuiltIn.With(read).Counts(new(2026, 5, 6)));
    }

    [Fact(DisplayName = "早年的写法：公休日调来调去，也读得懂")]
    public void The_older_manner_of_moving_rest_days()
    {
        var read = HolidayNotice.Parse(
            "国务院办公厅关于2008年部分节假日安排的通知\n各省、自治区、直辖市人民政府：\n一、元旦：2007年12月30日—2008年1月1日放假，共3天。其中，1月1日（星期二）为法定节假日，"
            + "12月30日（星期日）为公休日，12月29日（星期六）公休日调至12月31日（星期一），12月29日（星期六）上班。\n国务院办公厅\n2007年12月16日");
        Assert.Equal([new DateOnly(2007, 12, 30), new(2007, 12, 31), new(2008, 1, 1)], read.Holidays.Select(day => day.Date));
        Assert.Equal([new DateOnly(2007, 12, 29)], read.MakeUpWorkdays.Select(day => day.Date));
    }

    [Theory(DisplayName = "不是放假通知就说不是")]
    [InlineData("")]
    [InlineData("今天下午开会，请带好材料。")]
    [InlineData("国务院办公厅关于2026年部分节假日安排的通知")]
    public void Anything_else_is_refused(string text) => Assert.Throws<UnreadableNoticeException>(() => HolidayNotice.Parse(text));

    private static string Change(string title, string body, string signed) =>
        $"国务院办公厅{title}\n各省、自治区、直辖市人民政府，国务院各部委、各直属机构：\n经批准，现将具体安排通知如下。\n{body}\n请安排好值班。\n国务院办公厅\n{signed}\n";
}
