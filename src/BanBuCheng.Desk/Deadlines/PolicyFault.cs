namespace BanBuCheng.Desk.Deadlines;

/// <summary>政策表里填错的一项 — the field as the form names it, and what to tell the person who filled it in.</summary>
public sealed record PolicyFault(string Field, string Message);
