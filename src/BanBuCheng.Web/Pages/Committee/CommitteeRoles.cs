using BanBuCheng.Desk.Inbox;
using BanBuCheng.Desk.Committee;
using BanBuCheng.Desk.Offices;
using BanBuCheng.Desk.Steps;
using BanBuCheng.Web.Pages.Shared.Parts;

namespace BanBuCheng.Web.Pages.Committee;

/// <summary>Who may see the committee's pages, and the words they share.</summary>
internal static class CommitteeRoles
{
    public static bool MaySee(Actor actor) =>
        actor.Is(Roles.CommitteeSecretary) || actor.Is(Roles.StationHead) || actor.Is(Roles.BureauLeader) || actor.Is(Roles.Supervisor);

    public static Tag TagOf(TaskState? state, DateOnly due, DateOnly today) => state switch
    {
        TaskState.Done => new("落实了", Tone.Ok, "check"),
        TaskState.Open when today > due => new("过期没落实", Tone.Late, "alert"),
        TaskState.Open => new("在落实", Tone.Brand),
        null => new("没有交下去", Tone.Late, "alert"),
        _ => new("收回了", Tone.Rest),
    };

    /// <summary>到会回执, as it was given.</summary>
    public static string SaidOf(MeetingInvitation one) => one.Said switch
    {
        Attendance.Coming => $"回话：{one.Who}到会",
        Attendance.StandIn => $"回话：请假（{one.Why}），由{one.Who}代",
        _ => "还没回话",
    };

    public static string NameOf(BottleneckState state) => state switch
    {
        BottleneckState.Candidate => "候选",
        BottleneckState.Submitted => "已上报",
        BottleneckState.Refused => "没采纳",
        _ => "条文改了",
    };

    public static Tone ToneOf(BottleneckState state) => state switch
    {
        BottleneckState.Candidate => Tone.Warn,
        BottleneckState.Submitted => Tone.Brand,
        BottleneckState.Changed => Tone.Ok,
        _ => Tone.Rest,
    };
}
