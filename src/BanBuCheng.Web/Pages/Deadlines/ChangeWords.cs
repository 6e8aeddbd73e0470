using BanBuCheng.Desk.Deadlines;
using BanBuCheng.Web.Pages.Shared.Parts;

namespace BanBuCheng.Web.Pages.Deadlines;

/// <summary>日历改动的说法.</summary>
internal static class ChangeWords
{
    public static Tag TagOf(CalendarChangeState state) => state switch
    {
        CalendarChangeState.Proposed => new("等人同意", Tone.Warn, "clock"),
        CalendarChangeState.InForce => new("在用", Tone.Ok, "check"),
        CalendarChangeState.UndoAsked => new("在用，有人要撤", Tone.Warn),
        CalendarChangeState.Declined => new("没有用", Tone.Rest),
        _ => new("撤销了", Tone.Rest),
    };

    public static string KindOf(NoticeKind kind) => kind switch { NoticeKind.Annual => "全年安排", NoticeKind.Change => "年中改动", _ => "本地放假" };

    public static string NameOf(CalendarChange change) => change.Title.Length > 0 ? change.Title : $"{change.Year}年放假安排";
}
