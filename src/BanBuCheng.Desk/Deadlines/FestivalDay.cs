namespace BanBuCheng.Desk.Deadlines;

/// <summary>节日里的一天 — a day that a notice names, and the festival it belongs to.</summary>
public readonly record struct FestivalDay(DateOnly Date, string Festival);
