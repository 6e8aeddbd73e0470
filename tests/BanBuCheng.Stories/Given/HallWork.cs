using System.Text.Json.Nodes;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Flows;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Intake;
using BanBuCheng.Desk.Sms;
using BanBuCheng.Desk.Steps;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BanBuCheng.Stories.Given;

/// <summary>What the people of the hall do again and again, in one place: the words of the shipped flows stand here once.</summary>
internal static class HallWork
{
    /// <summary>An ordinary complex case of an invented person.</summary>
    public static IntakeForm Form { get; } = new()
    {
        Subject = "亲属关系证明办不了",
        Story = "跑了三趟，窗口都说要一份谁也开不出来的证明。",
        OriginalItem = "户口迁移",
        OriginalWindow = "公安2号窗口",
        ApplicantName = "骆问渠",
        Phone = "10066778899",
        ApplicantKind = ApplicantKind.Person,
        Difficulty = Difficulty.Complex,
    };

    /// <summary>The id of nothing that is there.</summary>
    public static Guid Unknown { get; } = Guid.Parse("01980000-0000-7000-8000-00000000ffff");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Task<AcceptedCase> AcceptsAsync(this Hall hall, IntakeForm? form = null, string by = "贺文静") =>
        hall.DoAsync(by, new AcceptCase(Guid.CreateVersion7(hall.Clock.GetUtcNow()), form ?? Form));

    public static async Task<AcceptedCase> AcceptsSimpleAsync(this Hall hall, string? phone = null) =>
        await hall.AcceptsAsync(Form with { Difficulty = Difficulty.Simple, Phone = phone ?? Form.Phone }, "段小禾");

    /// <summary>Takes the person's task whose title begins so, and finishes it.</summary>
    public static async Task DoesAsync(this Hall hall, string name, string caseNumber, string title, string outcome, params (string Field, string Value)[] form)
    {
        var task = await hall.TaskAsync(name, caseNumber, title);
        await hall.DoAsync(name, new ClaimTask(task.TaskId));
        await hall.DoAsync(name, Completing(task.TaskId, outcome, form));
    }

    public static CompleteTask Completing(TaskId task, string outcome, params (string Field, string Value)[] form) =>
        new(task, outcome, form.GroupBy(f => f.Field).ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g.Select(f => f.Value)]));

    public static async Task<InboxRow> TaskAsync(this Hall hall, string name, string caseNumber, string title) =>
        Assert.Single(await hall.InboxOfAsync(name), row => row.CaseNumber == caseNumber && row.Title.StartsWith(title, StringComparison.Ordinal));

    public static async Task<bool> HasTaskAsync(this Hall hall, string name, string caseNumber, string title) =>
        (await hall.InboxOfAsync(name)).Any(row => row.CaseNumber == caseNumber && row.Title.StartsWith(title, StringComparison.Ordinal));

    /// <summary>站长研判：可以协调，交给市场监管局.</summary>
    public static Task JudgesAsync(this Hall hall, string number, string difficulty = "Complex") => hall.DoesAsync("温敬之", number, "研判", "部门协同",
        ("lawful", "YES"), ("legalBasis", "无"), ("difficulty", difficulty), ("policyAttribute", "NO_BARRIER"), ("causeCodes", "SERVICE"), ("lead", "MARKET"));

    public static Task MarketAgreesAsync(this Hall hall, string number) =>
        hall.DoesAsync("石立群", number, "部门协同", "同意", ("opinion", "可以办。"), ("solution", "凭户口簿内页办。"));

    /// <summary>From the triage to the desk of the one who drafts the reply.</summary>
    public static async Task ComesToDraftingAsync(this Hall hall, string number)
    {
        await hall.JudgesAsync(number);
        await hall.MarketAgreesAsync(number);
        await hall.DoesAsync("温敬之", number, "站长看方案", "方案可行");
    }

    public static Task DraftsAsync(this Hall hall, string number, string outcome = "办成了", params (string, string)[] more) =>
        hall.DoesAsync("段小禾", number, "拟答复", outcome, [("text", "凭户口簿内页就能办，明天到大厅3号窗口。"), ("risk", "没有"), .. more]);

    /// <summary>A simple case whose reply was written and waits for delivery.</summary>
    public static async Task<AcceptedCase> AnswersSimpleAsync(this Hall hall, string? phone = null)
    {
        var accepted = await hall.AcceptsSimpleAsync(phone);
        await hall.DoesAsync("段小禾", accepted.Number, "窗口办理", "办成了", ("text", "今天就办好了，证件在3号窗口。"));
        return accepted;
    }

    public static async Task AsksAsync(this Hall hall, CaseId caseId, string eventName, JsonObject payload, string by = "段小禾") =>
        await hall.DoAsync(by, new StartSideFlow(caseId, eventName, payload));

    /// <summary>The newest message of that template to the case's citizen.</summary>
    public static Task<OutgoingSms> MessageAsync(this Hall hall, CaseId caseId, string template) => hall.ReadAsync(db =>
        db.OutgoingSms.AsNoTracking().Where(s => s.CaseId == caseId && s.Template == template).OrderByDescending(s => s.QueuedAt).FirstAsync(Ct));

    /// <summary>The carrier's report.</summary>
    public static async Task ReportsAsync(this Hall hall, OutgoingSms sms, bool delivered) =>
        await hall.Door.SendAsync(new RecordSmsReport(sms.Id, delivered, delivered ? "DELIVRD" : "UNDELIV"), Actor.Gateway, Ct);

    public static Task<int> JournalledAsync(this Hall hall, CaseId caseId, string kind) =>
        hall.ReadAsync(db => db.CaseJournal.CountAsync(e => e.CaseId == caseId && e.Kind == kind, Ct));

    /// <summary>The code a step was refused with.</summary>
    public static async Task<RefusedException> RefusedAsync(Func<Task> step) => await Assert.ThrowsAsync<RefusedException>(step);

    /// <summary>Rows of a table, by its name in the database.</summary>
    public static Task<int> RowsAsync(this Hall hall, string table) => hall.ReadAsync(async db =>
#pragma warning disable EF1002 // A constant of the tests.
        await db.Database.SqlQueryRaw<int>($"SELECT CAST(COUNT(*) AS INTEGER) AS \"Value\" FROM {table}").SingleAsync(Ct));
#pragma warning restore EF1002
}
