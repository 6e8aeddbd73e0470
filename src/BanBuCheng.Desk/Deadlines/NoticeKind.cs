namespace BanBuCheng.Desk.Deadlines;

/// <summary>通知种类 — the yearly arrangement, or a change to it in the course of the year.</summary>
public enum NoticeKind
{
    Annual,
    Change,
}
