namespace BanBuCheng.Web.Pages.Shared.Parts;

/// <summary>提示条 — only for what succeeded and can be undone. Errors never come here: they stay on the page.</summary>
public sealed record Toast(string Text, string? UndoUrl = null);
