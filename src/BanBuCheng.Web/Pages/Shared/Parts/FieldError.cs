namespace BanBuCheng.Web.Pages.Shared.Parts;

/// <summary>The message directly under its field; the field names it in <c>aria-describedby</c> as <c>ID-error</c>.</summary>
public sealed record FieldError(string FieldId, string Message);
