using BanBuCheng.Web.Pages.Shared.Parts;

namespace BanBuCheng.Web.Texts;

/// <summary>What a page says when it cannot be shown: what did not happen, what is safe, where to go.</summary>
internal sealed record TroubleWords(string Title, string Text, string? Safe, IReadOnlyList<Link> Ways)
{
    private static readonly Link Inbox = new("回收件箱", "/inbox");
    private static readonly Link Query = new("查我的事", "/query");
    private static readonly Link SignIn = new("去登录", "/sign-in");
    private static readonly Link Home = new("回首页", "/");

    public static TroubleWords For(int status, bool wasWriting) => status switch
    {
        400 when wasWriting => new("这张表放得太久，没交上", "为了防止别人冒用，打开太久的表要重新打开一次。", "案件没有被改动，期限没有变。", [Inbox, Query]),
        401 => new("要先登录", "您离开得有点久，或者还没登录。", null, [SignIn, Query]),
        403 => new("这一页不归您看", "它在别的岗位手里。需要看的话，向服务站要，站长可以给您开。", null, [Inbox, Home]),
        404 => new("没有这一页", "网址可能少了几个字。要是在找一件事，核对一下编号：B开头，一共12位。", null, [Query, Inbox, Home]),
        409 => new("已由他人办理", "有人比您早一步。刷新一下，看看办到哪了。", "您的这一下没有改动任何东西。", [Inbox]),
        413 => new("文件太大，没传上", "最大20 MB。可以拍照上传。", "案件没有被改动。", [Inbox, Query]),
        429 => new("试得太快了，歇一会儿", "几分钟后再试。", null, [Home]),
        >= 500 when wasWriting => new("这一步没存上，您写的字都还在", "系统正在忙别的，刚才那一下没成功。", "案件没有被改动，期限没有变。", [Inbox, Home]),
        >= 500 => new("这一页暂时没打开", "系统正在忙别的。过一会儿刷新就行。", "案件没有被改动，期限没有变。", [Home]),
        _ => new("这一步没走通", "回到上一页再试一次。", "案件没有被改动，期限没有变。", [Inbox, Home]),
    };
}
