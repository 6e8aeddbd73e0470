using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Intake;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Stories.Given;
using Xunit;

namespace BanBuCheng.Stories.Intake;

/// <summary>单子填得不对：说清楚哪一格、哪里不对，一行也不留下。</summary>
public sealed class FormIsRefused
{
    private static readonly string[] Tables =
        ["cases", "case_serials", "case_journal", "outgoing_sms", "inbox_tasks", "flow_instances", "flow_waits", "flow_log", "task_forms"];

    public static TheoryData<string, string, string> Wrong() => new()
    {
        { "没写姓名", nameof(IntakeForm.ApplicantName), "还没写姓名。" },
        { "没写概括", nameof(IntakeForm.Subject), "还没写一句话概括。" },
        { "只打了空格", nameof(IntakeForm.Subject), "还没写一句话概括。" },
        { "概括太长", nameof(IntakeForm.Subject), "写了 61 个字，最多 60 个。" },
        { "经过太长", nameof(IntakeForm.Story), "写了 2001 个字，最多 2000 个。" },
        { "姓名太长", nameof(IntakeForm.ApplicantName), "写了 61 个字，最多 60 个。" },
        { "没写电话", nameof(IntakeForm.Phone), "还没写电话。" },
        { "少一位", nameof(IntakeForm.Phone), "现在是 10 位，还差 1 位。" },
        { "电话里有字", nameof(IntakeForm.Phone), "电话里只能有数字。" },
        { "座机没区号", nameof(IntakeForm.Phone), "手机号以 1 开头，座机请带上区号。" },
        { "身份证末位错", nameof(IntakeForm.IdNumber), "最后一位对不上，请再核一遍。" },
        { "身份证少一位", nameof(IntakeForm.IdNumber), "现在是 17 位，还差 1 位。" },
        { "要的日子过了", nameof(IntakeForm.NeededBy), "这一天已经过了。请问清楚，写今天或以后的日子。" },
        { "年份打错", nameof(IntakeForm.NeededBy), "超过两年了，请再看看年份。" },
        { "趟数不是数", nameof(IntakeForm.VisitsBefore), "跑了几趟，写 0 到 99 的数。" },
        { "没有的难易", nameof(IntakeForm.Difficulty), "还没选难易。" },
        { "没有的照顾", nameof(IntakeForm.CareFlags), "没有这一项照顾，请从列出的里面选。" },
        { "控制符", nameof(IntakeForm.Story), "里面有看不见的控制符，请删掉再试。" },
        { "半个字", nameof(IntakeForm.Story), "里面有半个字，显示不出来，请删掉重打。" },
    };

    [Theory(DisplayName = "填错的单子不受理，说清哪里不对，什么也没留下")]
    [MemberData(nameof(Wrong))]
    public async Task The_field_is_told_and_nothing_is_left(string what, string field, string sentence)
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var before = await CountAsync(hall);

        var rejected = await Assert.ThrowsAsync<FormRejectedException>(() => hall.AcceptsAsync(Spoilt(what)));

        Assert.Equal(sentence, Assert.Single(rejected.Faults, f => f.Key == field).Value);
        Assert.Single(rejected.Faults);
        Assert.Equal(before, await CountAsync(hall));
    }

    [Fact(DisplayName = "填对的单子，身份证末位是小写x也受理")]
    public async Task The_same_form_put_right_is_accepted()
    {
        await using var hall = await Hall.OpenAsync(Database.Sqlite, "2026-03-02 09:00");
        var accepted = await hall.AcceptsAsync(HallWork.Form with { IdNumber = "11010519491231002x", NeededBy = new DateOnly(2026, 3, 2), Story = new string('难', 2000) });
        Assert.Equal(1, await hall.RowsAsync("cases"));
        Assert.True(accepted.NeededByWarning);
    }

    private static IntakeForm Spoilt(string what)
    {
        var form = HallWork.Form;
        return what switch
        {
            "没写姓名" => form with { ApplicantName = null },
            "没写概括" => form with { Subject = "" },
            "只打了空格" => form with { Subject = " 　\n" },
            "概括太长" => form with { Subject = new string('长', 61) },
            "经过太长" => form with { Story = new string('长', 2001) },
            "姓名太长" => form with { ApplicantName = new string('长', 61) },
            "没写电话" => form with { Phone = " " },
            "少一位" => form with { Phone = "1006677889" },
            "电话里有字" => form with { Phone = "一百零六" },
            "座机没区号" => form with { Phone = "88001345" },
            "身份证末位错" => form with { IdNumber = "110105194912310021" },
            "身份证少一位" => form with { IdNumber = "11010519491231002" },
            "要的日子过了" => form with { NeededBy = new DateOnly(2026, 3, 1) },
            "年份打错" => form with { NeededBy = new DateOnly(2062, 3, 9) },
            "趟数不是数" => form with { VisitsBefore = 100 },
            "没有的难易" => form with { Difficulty = (Difficulty)9 },
            "没有的照顾" => form with { CareFlags = ["VIP"] },
            "控制符" => form with { Story = "跑了\0三趟" },
            "半个字" => form with { Story = "姓\ud842，没有下半个" },
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, "Expected a fault of the list."),
        };
    }

    private static async Task<List<(string, int)>> CountAsync(Hall hall)
    {
        var counts = new List<(string, int)>();
        foreach (var table in Tables) counts.Add((table, await hall.RowsAsync(table)));
        return counts;
    }
}
