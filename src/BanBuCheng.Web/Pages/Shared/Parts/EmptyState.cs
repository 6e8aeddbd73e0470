namespace BanBuCheng.Web.Pages.Shared.Parts;

/// <summary>空 — says why it is empty and what can be done next. Empty is often good news.</summary>
public sealed record EmptyState(string Icon, string Title, string Text, Link? Next = null);

/// <summary>Words and where they lead.</summary>
public sealed record Link(string Text, string Url);
