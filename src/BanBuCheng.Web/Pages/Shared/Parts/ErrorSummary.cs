using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace BanBuCheng.Web.Pages.Shared.Parts;

/// <summary>
/// 哪里要改 — stands on top of a form that was sent back, gets the focus, and links to each field. A message without a field is a
/// refusal of the business and stands as it is.
/// </summary>
public sealed record ErrorSummary(IReadOnlyList<ErrorLine> Lines)
{
    public string Title => Lines.Any(l => l.FieldId is not null)
        ? $"还没存上，有{Lines.Count}处要改。您写的都还在。"
        : "还没存上。您写的都还在。";

    /// <summary>From ASP.NET's own bookkeeping; null when nothing is wrong.</summary>
    public static ErrorSummary? From(ModelStateDictionary state)
    {
        var lines = state
            .SelectMany(e => e.Value!.Errors.Select(error => new ErrorLine(e.Key.Length == 0 ? null : FieldId.Of(e.Key), error.ErrorMessage)))
            .ToList();
        return lines.Count == 0 ? null : new(lines);
    }
}

/// <summary>One message and the field it belongs to.</summary>
public sealed record ErrorLine(string? FieldId, string Message);
