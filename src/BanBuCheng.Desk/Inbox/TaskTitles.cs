namespace BanBuCheng.Desk.Inbox;

/// <summary>Titles by which a task is found again, where a room may not know the one that opened it.</summary>
public static class TaskTitles
{
    /// <summary>落实议定事项 HS2026-07-2 — one resolved item of the joint committee; its number follows.</summary>
    public const string DecisionItem = "落实议定事项 ";
}
