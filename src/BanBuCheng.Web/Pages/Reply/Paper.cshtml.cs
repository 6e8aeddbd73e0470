using System.Globalization;
using System.Text.Json.Nodes;
using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Notices;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Web.SignIn;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NoticeKind = BanBuCheng.Desk.Notices.NoticeKind;

namespace BanBuCheng.Web.Pages.Reply;

/// <summary>
/// 指路牌 · 明白纸 · 答复卡 — printed from the same fields as the reply and the notice; nothing is typed a second time, so the clause on the
/// paper is the clause of the reply.
/// </summary>
public sealed class PaperModel(DeskDb db, DeadlineBook deadlines, TimeProvider clock, IOptions<HallOptions> hall) : PageModel
{
    private const string Remedies = "对原办理部门的决定有异议，可以自知道决定之日起六十日内申请行政复议，或者六个月内提起诉讼。对本窗口的服务有意见，请拨下面的电话，由督查来查。";

    public CaseView View { get; private set; } = null!;
    public HallOptions Hall => hall.Value;
    public string Caption { get; private set; } = "";
    public string Unit => "“办不成事”服务站";
    public string Day { get; private set; } = "";

    /// <summary>What stands on the paper, in order; empty lines are left out.</summary>
    public IReadOnlyList<(string Caption, string Text)> Lines { get; private set; } = [];
    public bool Undelivered { get; private set; }

    public async Task<IActionResult> OnGetAsync(string number, string kind, CancellationToken ct)
    {
        if (await CaseView.FindAsync(db, deadlines, number, HttpContext.Actor(), clock.GetUtcNow(), ct) is not { } view) return NotFound();
        View = view;
        if (kind == "supervision") return Supervision() ? Page() : NotFound();
        if (kind == "supplement") return await SupplementAsync(ct) ? Page() : NotFound();
        var reply = view.Notices.LastOrDefault(n => n is { Kind: NoticeKind.Reply, Withdrawn: false } && (n.Outcome is CaseOutcome.NotAccepted) == (kind == "direction"));
        if (reply is null || kind is not ("direction" or "answer")) return NotFound();
        Caption = kind == "direction" ? "指路牌" : "答复卡";
        Day = Date(reply.IssuedAt);
        Undelivered = reply.DeliveredAt is null;
        Lines = kind == "direction" ? Direction(reply) : Answer(reply);
        return Page();
    }

    /// <summary>督办单 — for the desk, not for the citizen: every red light, whose it was, and what that unit wrote itself.</summary>
    private bool Supervision()
    {
        if (View.Lates.Count == 0) return false;
        Caption = "督办单";
        Day = Date(View.Lates[^1].At);
        var asked = View.Notes.OrderBy(n => n.At).Where(n => n.At >= View.Lates[0].At).Select(n => $"{n.Author}，{Date(n.At)}：{n.Text}");
        Lines = Kept(
        [
            ("期限", View.Case.DueOn is { } due ? $"{due.Year}年{due.Month}月{due.Day}日" : null),
            .. View.Lates.SelectMany((late, n) => new (string, string?)[]
            {
                ($"第{n + 1}次红灯", $"{late.On.Year}年{late.On.Month}月{late.On.Day}日，责任单位：{(View.Units.TryGetValue(late.UnitCode, out var unit) ? unit.Name : late.UnitCode)}"),
                ("它写的原因", late.Reason is { } reason ? $"{reason}\n{late.ExplainedBy}，{Date(late.ExplainedAt!.Value)}{(late.ReplyBy is { } by ? $"；{by.Month}月{by.Day}日前答复" : "")}" : "还没有写（一个工作日内要写）"),
            }),
            ("督办、提级", string.Join('\n', asked)),
        ]);
        return true;
    }

    private static IReadOnlyList<(string, string)> Direction(CaseNotice reply) => Kept(
        ("为什么不归我们", Of(reply, "text") ?? reply.Text),
        ("归哪家管", Of(reply, "receivingBody")),
        ("地址、电话、找谁", Of(reply, "receivingContact")),
        ("依据", Of(reply, "basis")),
        ("还有问题", "拿着这张纸回来就行，不用重讲一遍。"));

    private static IReadOnlyList<(string, string)> Answer(CaseNotice reply) => Kept(
        ("结果", reply.Outcome?.Caption()),
        ("答复", Of(reply, "text") ?? reply.Text),
        ("查明的情况", Of(reply, "facts")),
        ("依据", Of(reply, "basis")),
        ("试过的办法", Of(reply, "tried")),
        ("还可以这样办", Of(reply, "alternatives")),
        ("没办成的", Of(reply, "nextStep") is { } next ? $"{next}{(Of(reply, "nextDate") is { } day ? $"，{Spoken(day)}前再告诉您" : "")}" : null),
        ("请您留意", Of(reply, "risk") == "有，没解决" ? Of(reply, "riskHandling") : null),
        ("主管部门的书面决定", Of(reply, "departmentDecision")),
        ("不服怎么办", reply.Outcome is CaseOutcome.CannotBeDone ? Remedies : null),
        ("谁解释的", reply.DeliveredByName is { } by ? $"{by}，{Date(reply.DeliveredAt!.Value)}" : null));

    private async Task<bool> SupplementAsync(CancellationToken ct)
    {
        var asked = await db.Supplements.AsNoTracking().Where(s => s.CaseId == View.Case.Id).OrderByDescending(s => s.Number).FirstOrDefaultAsync(ct);
        if (asked is null) return false;
        Caption = "明白纸";
        Day = Date(asked.AskedAt);
        var items = asked.Items.Split('\n').Select((item, i) => $"{i + 1}．{item}");
        Lines = Kept(
            ("要补的材料", string.Join('\n', items)),
            ("哪天前补齐", $"{asked.WantedBy.Year}年{asked.WantedBy.Month}月{asked.WantedBy.Day}日（{DateWords.Weekday(asked.WantedBy)}）"),
            ("送到哪里", $"{Hall.Address}“办不成事”窗口；来不了的，打{Hall.Phone}，我们想办法。"),
            ("时限怎么算", "等您材料的日子不计时限，最长10个工作日；齐了第二天接着算。"),
            ("只补这一次", asked.Reason is { } reason ? $"这是第二回。为什么：{reason}" : "一次说全，不会再让您补第二回。"));
        return true;
    }

    /// <summary>A field of the draft that the reply was made of.</summary>
    private static string? Of(CaseNotice reply, string field) =>
        reply.Details is { } text && JsonNode.Parse(text)?[field] is JsonValue value && value.TryGetValue<string>(out var said) && !string.IsNullOrWhiteSpace(said) ? said : null;

    private static IReadOnlyList<(string, string)> Kept(params ReadOnlySpan<(string Caption, string? Text)> lines)
    {
        var kept = new List<(string, string)>();
        foreach (var (caption, text) in lines)
        {
            if (!string.IsNullOrWhiteSpace(text)) kept.Add((caption, text));
        }

        return kept;
    }

    private static string Spoken(string iso) => DateOnly.TryParseExact(iso, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? $"{day.Month}月{day.Day}日" : iso;

    private static string Date(DateTimeOffset at)
    {
        var day = ShanghaiTime.DayOf(at);
        return $"{day.Year}年{day.Month}月{day.Day}日";
    }
}
