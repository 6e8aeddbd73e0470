namespace BanBuCheng.Desk.Steps;

/// <summary>
/// 闹钟 — after a commit: make sure something wakes at that minute. Never throws and never needed for correctness: the sweep finds
/// what no bell rang for.
/// </summary>
public interface IBell
{
    void Ring(DateTimeOffset dueAt);
}
