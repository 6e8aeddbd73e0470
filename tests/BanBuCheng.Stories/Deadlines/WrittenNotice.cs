using System.Text;
using BanBuCheng.Desk.Deadlines;

namespace BanBuCheng.Stories.Deadlines;

/// <summary>Writes a notice from its facts in the manners met over the years. Our own text in the customary form, not a copy of any notice.</summary>
internal sealed record WrittenNotice(string Name, Func<DateOnly, string> Weekday, string Dash, bool FullWidth, bool OneLine, bool Totals)
{
    public static readonly WrittenNotice[] Manners =
    [
        new("星期、全角", day => $"（星期{Letter(day)}）", "至", FullWidth: true, OneLine: false, Totals: true),
        new("周、半角", day => $"(周{Letter(day)})", "至", FullWidth: false, OneLine: false, Totals: true),
        new("农历注在括号里", day => $"（农历某日、周{Letter(day)}）", "至", FullWidth: true, OneLine: false, Totals: false),
        new("破折号、不写星期", _ => "", "—", FullWidth: true, OneLine: false, Totals: false),
        new("全文挤成一行", day => $"（星期{Letter(day)}）", "至", FullWidth: true, OneLine: true, Totals: true),
    ];

    private static readonly string[] Headings = ["元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"];

    public string Write(HolidayNotice notice)
    {
        var text = new StringBuilder();
        text.Append("国务院办公厅关于").Append(notice.Year).Append("年\n部分节假日安排的通知\n").Append(notice.Number).Append("\n\n");
        text.Append("各省、自治区、直辖市人民政府，国务院各部委、各直属机构：\n　　现将").Append(notice.Year).Append("年元旦、春节等节日放假调休日期的具体安排通知如下。\n");
        var ordinal = 0;
        foreach (var festival in Headings)
        {
            var off = notice.Holidays.Where(day => day.Festival == festival).Select(day => day.Date).Order().ToArray();
            var worked = notice.MakeUpWorkdays.Where(day => day.Festival == festival).Select(day => day.Date).Order().ToArray();
            // A year in which two festivals share their days has one item for both; it is written with the national days.
            var shared = festival == "国庆节" && notice.Holidays.Any(day => day.Festival == "中秋节" && Adjoins(notice, day.Date));
            if (festival == "中秋节" && (off.Length == 0 || off.Any(day => Adjoins(notice, day)))) continue;
            if (shared) off = [.. off.Concat(notice.Holidays.Where(day => day.Festival == "中秋节").Select(day => day.Date)).Order()];
            text.Append("一二三四五六七"[ordinal++]).Append('、').Append(shared || (festival == "国庆节" && ordinal == 6) ? "中秋节、国庆节" : festival).Append('：');
            text.Append(Item(notice.Year, off, worked)).Append('\n');
        }

        text.Append("节假日期间，请各单位安排好值班。\n\n国务院办公厅\n");
        text.Append(notice.KnownOn.Year).Append('年').Append(notice.KnownOn.Month).Append('月').Append(notice.KnownOn.Day).Append("日\n");
        var written = text.ToString();
        if (!FullWidth) written = written.Replace('（', '(').Replace('）', ')').Replace('，', ',').Replace('：', ':');
        return OneLine ? written.Replace("\n", "", StringComparison.Ordinal) : written;
    }

    private static bool Adjoins(HolidayNotice notice, DateOnly midAutumn) => notice.Holidays.Any(day =>
        day.Festival == "国庆节" && Math.Abs(day.Date.DayNumber - midAutumn.DayNumber) == 1);

    private static char Letter(DateOnly day) => "日一二三四五六"[(int)day.DayOfWeek];

    private string Item(int year, DateOnly[] off, DateOnly[] worked)
    {
        var words = new StringBuilder();
        if (off.Length > 1 && off[^1].DayNumber - off[0].DayNumber == off.Length - 1)
        {
            var end = off[^1];
            var to = end.Year != off[0].Year ? Day(year, end, true) : end.Month == off[0].Month ? $"{end.Day}日" : Day(year, end, false);
            words.Append(Day(year, off[0], end.Year != off[0].Year)).Append(Weekday(off[0])).Append(Dash).Append(to).Append(Weekday(end)).Append("放假调休");
            words.Append(Totals ? $"，共{off.Length}天。" : "。");
        }
        else
        {
            words.Append(Day(year, off[0], false)).Append("放假");
            foreach (var day in off[1..]) words.Append('，').Append(Day(year, day, false)).Append(Weekday(day)).Append("补休");
            words.Append(off.Length == 1 ? "，与周末连休。" : "。");
        }

        if (worked.Length > 0) words.AppendJoin('、', worked.Select(day => Day(year, day, false) + Weekday(day))).Append("上班。");
        return words.ToString();
    }

    private static string Day(int year, DateOnly day, bool withYear) =>
        (withYear || day.Year != year ? $"{day.Year}年" : "") + $"{day.Month}月{day.Day}日";
}
