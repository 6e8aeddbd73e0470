namespace BanBuCheng.Desk.Deadlines;

/// <summary>日子的种类 — why a day counts or does not.</summary>
public enum DayKind
{
    /// <summary>起算日: the day of the event itself is never counted (Civil Code, article 201).</summary>
    Start,
    Workday,
    MakeUpWorkday,
    Weekend,
    Holiday,
    Paused,
}
