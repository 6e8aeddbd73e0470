namespace BanBuCheng.Desk.Deadlines;

/// <summary>通知种类 — the yearly arrangement, a change to it in the course of the year, or days of this district alone.</summary>
public enum NoticeKind
{
    Annual,
    Change,

    /// <summary>本地放假: days of this district alone, laid over whatever the notices say.</summary>
    Local,
}
