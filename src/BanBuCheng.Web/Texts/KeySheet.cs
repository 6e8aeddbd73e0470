namespace BanBuCheng.Web.Texts;

/// <summary>全部按键 — the sheet that <c>?</c> opens. A key without a visible button does not belong here.</summary>
internal static class KeySheet
{
    public static IReadOnlyList<(string[] Keys, string Does)> All { get; } =
    [
        (["j", "k"], "下一件、上一件"),
        (["Enter"], "打开这一件"),
        (["c"], "接过来（别人抢先会告诉您是谁）"),
        (["u"], "放回组里"),
        (["r"], "写给群众的答复"),
        (["n"], "写内部备注"),
        (["e"], "办完这一步，自动打开下一件"),
        (["x"], "选中，选几件一起办"),
        (["w"], "为什么是这一天"),
        (["/"], "查找"),
        (["g", "i"], "先按g再按i：回收件箱"),
        (["F2"], "当场解答"),
        (["F4"], "转成办件"),
        (["Ctrl", "Enter"], "一起按：完成，交上去"),
        (["1", "2", "3"], "用第几条先例"),
        (["Esc"], "关掉"),
        (["?"], "这张表"),
    ];
}
