using BanBuCheng.Web.Pages.Shared.Forms;
using BanBuCheng.Web.Pages.Shared.Frame;
using BanBuCheng.Web.Pages.Shared.Parts;

namespace BanBuCheng.Web.Pages.Demo;

/// <summary>Invented data for the page of parts: Monday 12 October 2026, 09:41, with Mid-Autumn and National Day in view.</summary>
internal static class PartsSamples
{
    public static DateTimeOffset Now { get; } = new(2026, 10, 12, 9, 41, 0, TimeSpan.FromHours(8));

    public static PageFrame Frame { get; } = new()
    {
        District = "青屏区",
        HelpPhone = "8800-1300",
        Person = new("段小禾", "服务站 · 研判岗"),
        DemoNow = Now,
        Menu =
        [
            new("收件箱", "/inbox", "inbox"), new("登记", "/intake", "edit"), new("台账", "/ledger", "list"),
            new("会商", "/committee", "users"), new("流程", "/flows", "route"),
        ],
    };

    public static IReadOnlyList<DueBadge> Dues { get; } =
    [
        new(DueState.Far, "10月26日（周一）前，还有9个工作日"),
        new(DueState.Soon, "10月14日（周三）前，还有2个工作日", "#why"),
        new(DueState.Today, "今天 17:00 前"),
        new(DueState.Late, "已超2个工作日 · 区城管局"),
        new(DueState.Paused, "已暂停 · 等群众补材料"),
        new(DueState.Maybe, "暂定 2027年1月5日（周二）· 放假通知还没出"),
        new(DueState.Done, "10月12日（周一）答复，提前2个工作日"),
    ];

    public static IReadOnlyList<Ball> Balls { get; } =
    [
        new("段小禾", "段", "刚回到您手上", IsYou: true),
        new("区卫健局 邱明远", "邱", "2个工作日"),
        new("群众", "群", "等补材料"),
        new("联合党委", "党", "明天 14:30 会商"),
        new("到时自动", "钟", "10月15日（周四）"),
    ];

    public static IReadOnlyList<Lamp> Lamps { get; } =
    [
        new(LampColour.Green, "正常"), new(LampColour.Blue, "该催了"), new(LampColour.Yellow, "剩1个工作日"), new(LampColour.Red, "超期"),
    ];

    public static IReadOnlyList<Tag> Tags { get; } =
    [
        new("复杂"), new("无政策障碍", Tone.Ok, "check"), new("有政策瓶颈", Tone.Warn, "warning"),
        new("并案 BA2026-03", Tone.Meet, "stack"), new("督办", Tone.Late, "flag"), new("部门协同", Tone.Brand, "route"),
    ];

    public static WhyThisDate Why { get; } = new(
        "从受理的第二天起数10个工作日。周末和节假日不数，调休上班的周末照数；等您补材料的4个工作日也不数。", WhyDays())
    {
        Basis = ["依据：《青屏区“办不成事”窗口办理规定》第九条；放假安排按国务院办公厅2026年通知。", "暂停由温敬之批准，9月28日（周一）09:00。"],
    };

    public static StagePicture Stage { get; } = new(
        "stage",
        "流程小图：受理、研判已完成，现在在部门协同（第2个方案），接下来答复、回访、办结；需要时可提请联合党委会商",
        [
            new("受理", "9月19日", StageState.Done), new("研判", "9月20日 · 复杂", StageState.Done), new("部门协同", "方案2 · 今天", StageState.Now),
            new("答复送达", "10月14日前"), new("回访", "答复后3天内"), new("办结"),
        ],
        "答复送达（10月14日前）→ 回访 → 办结")
    {
        Detour = new(new("联合党委会商", "需要时", StageState.Maybe), 2, 3),
    };

    public static Timeline Timeline { get; } = new(
    [
        new(TimelineMark.Ok, "file", "卫健局 邱明远", "上传《字号备案回执》，球回到服务站", Now.AddMinutes(-4), "今天 09:37") { Facts = "任务用时1.0个工作日，期限内" },
        new(TimelineMark.Stop, "play", "恢复计时", "，期限由10月9日（周五）顺延到10月14日（周三）", Now.AddDays(-4), "10月8日（周四）15:20") { Facts = "群众补齐2项材料；暂停4个工作日" },
        new(TimelineMark.Msg, "message", null, "短信“补材料”", Now.AddDays(-14), "9月28日（周一）09:02") { Tags = [new("已送达", Tone.Ok, "check")] },
        new(TimelineMark.No, "x", null, "方案1被推翻", Now.AddDays(-18), "9月24日（周四）14:30"),
        new(TimelineMark.Go, "hand", "贺文静", "陪安女士走到“办不成事”窗口，段小禾接到", Now.AddDays(-23), "9月19日（周六）10:12"),
    ], "#older");

    public static StepMap Map { get; } = new(
    [
        new(MapPlace.Done, "受理", "9月19日（周六）在大厅受理"),
        new(MapPlace.Done, "研判", "9月20日（周日，调休上班），定为“复杂”，10个工作日内答复"),
        new(MapPlace.Here, "部门办理", "区卫健局已备案，服务站正在给您写答复"),
        new(MapPlace.Later, "答复您", "10月13日至14日 · 短信和电话告诉您"),
        new(MapPlace.Later, "回访", "答复后1至3个工作日，换一个人打电话问您满不满意", "phone"),
    ]);

    public static EmptyState Empty { get; } = new("heart", "轮到您的都办完了", "今天办了9件。组里还有3件没人接。", new("看看组里的", "#group"));

    public static TaskForm Form { get; } = FormSchema.Read(
        Schema,
        new Dictionary<string, string?> { ["outcome"] = "Resolved", ["filingNumber"] = "青卫备〔2026〕", ["sms"] = "【青屏区政务服务】编号B26091900074已办成，可凭身份证到大厅3号窗口领取。" },
        new Dictionary<string, string> { ["filingNumber"] = "" }) with { Recipient = "138****2046 安*" };

    public const string Schema = """
        {
          "$schema": "http://json-schema.org/draft-07/schema#",
          "title": "确认备案，拟答复",
          "type": "object",
          "required": ["outcome", "filingNumber", "filingDate", "risk", "sms"],
          "properties": {
            "outcome": { "title": "办得怎么样", "oneOf": [
              { "const": "Resolved", "title": "办成了", "description": "文件齐，群众来领就行" },
              { "const": "PartiallyResolved", "title": "办成一部分", "description": "写明哪些没成、谁接着办" },
              { "const": "TryAgain", "title": "还要再试", "description": "回到部门协同，开第3个方案" },
              { "const": "CannotBeDone", "title": "依法不能办", "description": "要两个人签，写条款和出路" } ] },
            "filingNumber": { "title": "备案回执文号", "type": "string", "x-error": "还差序号。回执右上角“第__号”就是。" },
            "filingDate": { "title": "回执日期", "type": "string", "format": "date" },
            "risk": { "title": "群众以后还有没有风险", "enum": ["没有", "有，已经解决", "有，没解决"], "description": "选“有，没解决”时，要站长点头，并在答复里告诉群众。" },
            "riskHandling": { "title": "怎么解决的", "type": "string", "maxLength": 500, "x-rows": 2 },
            "mail": { "title": "群众愿意邮寄", "type": "boolean" },
            "sms": { "title": "短信原文", "type": "string", "maxLength": 134, "x-rows": 3, "x-audience": "citizen" },
            "note": { "title": "内部备注", "type": "string", "maxLength": 1000, "x-rows": 2, "x-audience": "staff" }
          }
        }
        """;

    public static RolePicker Roles { get; } = new("青屏区", Now, 37,
    [
        new("heart", "窗口人员 段小禾", "群众说“办不成”，您来接。登记一件不到两分钟，现场解答二十秒。", "/intake", "duan") { Foot = new Tag("今天已接6位", Tone.Ok, "check") },
        new("scale", "服务站站长 温敬之", "研判难易、找堵点、派给谁、批延时、签“不能办”。", "/inbox", "wen") { Foot = new Tag("2件等您拍板", Tone.Warn, "clock") },
        new("building", "部门联络员 邱明远", "区卫健局。只看得到要您办的那一段：要什么、何时要、前因后果。", "/inbox", "qiu") { Foot = new Tag("1件今天轮到您", Tone.Brand, "pointer") },
    ],
    [
        new("mobile", "群众 安女士", "开口腔诊所，名字核不过。用手机查一查：办到哪一步、为什么是这一天。", "/query") { Foot = new DueBadge(DueState.Soon, "还有2个工作日") },
        new("text-size", "老人 骆大爷（长者模式）", "字大、话短、一屏一件事，一按就能打电话。", "/look?elder=on&back=/query"),
    ])
    {
        ClockMoves = [("拨到下一个工作日", "next-working-day"), ("拨到10月15日", "2026-10-15")],
    };

    private static List<WhyDay> WhyDays()
    {
        var days = new List<WhyDay> { new(new(2026, 9, 19), WhyDayKind.Start, Why: "受理") };
        var number = 0;
        for (var day = new DateOnly(2026, 9, 20); day <= new DateOnly(2026, 10, 14); day = day.AddDays(1))
        {
            var today = day == new DateOnly(2026, 10, 12);
            var makeUp = day is { Month: 9, Day: 20 } or { Month: 10, Day: 10 };
            var rest = day switch
            {
                { Month: 9, Day: >= 25 and <= 27 } => "中秋",
                { Month: 10, Day: <= 7 } => "国庆",
                { DayOfWeek: DayOfWeek.Saturday or DayOfWeek.Sunday } when !makeUp => "周末",
                _ => null,
            };
            var paused = day is { Month: 9, Day: >= 28 } or { Month: 10, Day: 8 };
            if (rest is not null) days.Add(new(day, WhyDayKind.Rest, Why: rest));
            else if (paused) days.Add(new(day, WhyDayKind.Paused, Why: "暂停"));
            else
            {
                number++;
                var kind = number == 10 ? WhyDayKind.Due : day > new DateOnly(2026, 10, 12) ? WhyDayKind.Ahead : WhyDayKind.Counted;
                days.Add(new(day, kind, number) { MakeUp = makeUp, Today = today });
            }
        }

        return days;
    }
}
