using BanBuCheng.Desk.CaseFile;
using BanBuCheng.Desk.Cases;
using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.Texts;

namespace BanBuCheng.Web.Pages.Cases;

/// <summary>下一步 — what happens next with a case, as a sentence; with its buttons when it is the reader's turn.</summary>
/// <param name="Mine">The task that the reader may do now; null when it is somebody else's turn.</param>
internal sealed record NextStep(string Sentence, string? More, InboxTask? Mine = null)
{
    public bool CanClaim => Mine is { HolderLogin: null };
    public bool CanPutBack => Mine is { HolderLogin: not null, AssignedPerson: null };

    /// <returns>Null for a closed case, except for whoever has a task that came after the close (没办成的部分, a call-back).</returns>
    public static NextStep? Of(CaseView file, Actor actor, DateOnly today)
    {
        var mine = file.OpenTasks.Where(t => t.IsOpenTo(actor)).OrderByDescending(t => t.HolderLogin == actor.Login).ThenBy(t => t.SortAt).FirstOrDefault();
        if (mine is not null) return new NextStep($"下一步：{Closed(mine.Title)}", LastDay(mine, today), mine);
        if (file.Case.State is CaseState.Closed) return null;
        if (file.Ball.Kind is BallKind.Citizen)
            return new NextStep("下一步：等群众补材料。", file.Case.PausedUntil is { } until ? $"暂停最晚到{Say.Day(until, today)}，到了自动恢复计时。" : null);
        if (file.OpenTasks is [var task, ..]) return new NextStep($"下一步：{Closed(task.Title)}", $"在{file.Ball.Name}手里。{LastDay(task, today)}");
        return file.Ball.Kind is BallKind.Delivery
            ? new NextStep("下一步：等短信送到群众手机。", "办公时间里两个小时没有送达报告，会自动开一个“电话告知”。现在就打也行。")
            : new NextStep("下一步：系统到时自动办。", null);
    }

    private static string? LastDay(InboxTask task, DateOnly today) => task.DueOn is { } due ? $"这一步要在{Say.Day(due, today)}下班前办完。" : null;

    private static string Closed(string title) => title.Length > 0 && title[^1] is '。' or '？' or '！' ? title : $"{title}。";
}
