namespace BanBuCheng.Desk.Deadlines;

/// <summary>计时状态 — whether a clock runs, is paused, or has done its work.</summary>
public enum Standing
{
    Running,
    Paused,
    Done,
}
