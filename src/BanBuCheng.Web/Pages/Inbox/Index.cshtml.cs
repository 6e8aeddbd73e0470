using System.Security.Cryptography;
using System.Text;
using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Database;
using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.Pages.Cases;
using BanBuCheng.Web.Pages.Shared.Parts;
using BanBuCheng.Web.SignIn;
using Htmx;
using Microsoft.AspNetCore.Mvc;

namespace BanBuCheng.Web.Pages.Inbox;

/// <summary>收件箱 — 轮到我, 组里没人接, 办完的: the most pressing first, what was opened beside the list, a search over it.</summary>
public sealed class IndexModel(StepDoor door, DeskDb db, DeadlineBook deadlines, FieldCipher cipher, TimeProvider clock) : StepPage(door)
{
    [BindProperty(SupportsGet = true, Name = "queue")] public string? QueueWord { get; set; }
    [BindProperty(SupportsGet = true)] public string? After { get; set; }
    [BindProperty(SupportsGet = true)] public string? Read { get; set; }
    [BindProperty(SupportsGet = true, Name = "q")] public string? Words { get; set; }

    /// <summary>The version of the list that the browser shows.</summary>
    [BindProperty(SupportsGet = true)] public string? Seen { get; set; }

    /// <summary>How many rows stand above a continued page.</summary>
    [BindProperty(SupportsGet = true)] public int Shown { get; set; }

    public InboxCounts Counts { get; private set; } = new(0, 0, 0);
    public DateOnly Today { get; private set; }

    /// <summary>提醒: what the person was told and has not seen.</summary>
    public IReadOnlyList<NoticeLine> Told { get; private set; } = [];
    public string Version { get; private set; } = "";
    public string At(NoticeLine told) => CaseParts.Local(told.At).ToString(told.At.UtcDateTime.AddHours(8).Date == Today.ToDateTime(TimeOnly.MinValue) ? "HH:mm" : "M月d日 HH:mm", System.Globalization.CultureInfo.InvariantCulture);
    public string RefreshedAt => CaseParts.Local(clock.GetUtcNow()).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
    public bool Searching => !string.IsNullOrWhiteSpace(Words);
    public MoreLink? More { get; private set; }

    internal InboxQueue Queue => InboxQueue.Of(QueueWord);
    internal IReadOnlyList<InboxLine> Lines { get; private set; } = [];
    internal CasePanel? Opened { get; private set; }

    /// <summary>What stands beside the list before anything was opened: the first row, fetched only where the panel is in view.</summary>
    internal InboxLine? First => Opened is null && Queue != InboxQueue.Done && !Searching && Lines is [var top, ..] ? top : null;

    internal int CountOf(InboxQueue queue) => queue == InboxQueue.Mine ? Counts.Mine : queue == InboxQueue.Group ? Counts.Group : Counts.Done;

    internal static string Counted(int count) => count < InboxQuery.MostCounted ? count.ToString(System.Globalization.CultureInfo.InvariantCulture) : $"{InboxQuery.MostCounted - 1}+";

    /// <summary>Why the list is empty and what can be done next; empty is often good news.</summary>
    public EmptyState Nothing()
    {
        if (Queue == InboxQueue.Done) return new EmptyState("inbox", "还没有办完的", "您办完的每一步都会留在这里。", new Link("看轮到我的", "/inbox"));
        if (Queue == InboxQueue.Mine && Counts.Group > 0) return new EmptyState("heart", "轮到您的都办完了", $"组里还有{Counts.Group}件没人接。", new Link("看看组里的", InboxQueue.Group.Url));
        return Counts.Mine + Counts.Done == 0
            ? new EmptyState("heart", "没有要办的", "今天还没有人来说办不成。这正是大家盼着的。")
            : new EmptyState("heart", Queue == InboxQueue.Mine ? "轮到您的都办完了" : "组里的都有人接了", "有新的会自己出现在这里。");
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        Today = clock.Today();
        if (Searching) return await FindAsync(ct);
        await ListAsync(ct);

        // 再看20件 grows the list; without script the same address is a page of its own.
        if (After is not null && Request.IsHtmx()) return Partial("_Lines", this);
        if (After is null) await OpenAsync(ct);
        Told = await UnseenNotices.OfAsync(db, HttpContext.Actor().RequirePerson(), ct);
        return Page();
    }

    /// <summary>知道了 — up to the newest that was shown.</summary>
    public async Task<IActionResult> OnPostSeenAsync(long upTo, CancellationToken ct)
    {
        await TryAsync(new SeeNotices(new DateTimeOffset(Math.Clamp(upTo, 0, DateTimeOffset.MaxValue.UtcTicks), TimeSpan.Zero)), "", ct);
        return LocalRedirect("/inbox");
    }

    /// <summary>The list again; nothing at all when it is as the browser has it.</summary>
    public async Task<IActionResult> OnGetListAsync(CancellationToken ct)
    {
        Today = clock.Today();
        await ListAsync(ct);
        return Seen == Version ? StatusCode(StatusCodes.Status204NoContent) : Partial("_Refreshed", this);
    }

    private async Task<IActionResult> FindAsync(CancellationToken ct)
    {
        var actor = HttpContext.Actor();
        var rows = await CaseList.FindAsync(db, cipher, actor, Words!, ct);
        if (rows.Count == 1 && CaseNumber.Normalise(Words) == rows[0].Number) return LocalRedirect($"/cases/{rows[0].Number}");
        Counts = await InboxQuery.CountsAsync(db, actor, ct);
        var policy = await deadlines.PolicyAsync(ct);
        Lines = [.. rows.Select(r => InboxLine.Of(r, Today, deadlines.Calendar, policy))];
        return Page();
    }

    private async Task ListAsync(CancellationToken ct)
    {
        var actor = HttpContext.Actor();
        Counts = await InboxQuery.CountsAsync(db, actor, ct);
        var key = InboxKey.Parse(After);
        var page = Queue == InboxQueue.Mine ? await InboxQuery.MineAsync(db, actor, key, ct)
            : Queue == InboxQueue.Group ? await InboxQuery.GroupAsync(db, actor, key, ct)
            : await InboxQuery.DoneAsync(db, actor, key, ct);
        var policy = await deadlines.PolicyAsync(ct);
        Lines = [.. page.Rows.Select(r => InboxLine.Of(r, Queue, Read, clock.GetUtcNow(), deadlines.Calendar, policy))];
        Version = VersionOf();
        var shown = (key is null ? 0 : Math.Clamp(Shown, 0, 1_000_000)) + Lines.Count;
        var (count, isMore) = (CountOf(Queue), CountOf(Queue) == InboxQuery.MostCounted);
        if (page.Next is { } next)
            More = new MoreLink($"/inbox?queue={Queue.Word}&after={next}&shown={shown}", shown, isMore ? Math.Max(count, shown + InboxQuery.PageSize) : Math.Max(shown + 1, count)) { AtLeast = isMore };
    }

    private async Task OpenAsync(CancellationToken ct)
    {
        var actor = HttpContext.Actor();
        if (!Guid.TryParse(Read, out var id) || await TaskView.FindAsync(db, new TaskId(id), actor, ct) is not { } task) return;
        Opened = new CasePanel(await CaseView.BehindAsync(db, deadlines, task, clock.GetUtcNow(), ct), actor, Today, new TaskId(id));
    }

    /// <summary>Everything a row says, in twelve characters; the words about days are part of it, so midnight changes it too.</summary>
    private string VersionOf()
    {
        var text = new StringBuilder().Append(Counts).Append(Queue.Word).Append(Today);
        foreach (var line in Lines) text.Append(line.Key).Append(line.Due.Text).Append(line.Asked).Append(line.Subject).Append(line.Who).Append(line.Pressing);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..12];
    }
}
