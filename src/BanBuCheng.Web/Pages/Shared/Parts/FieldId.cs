using Microsoft.AspNetCore.Mvc.Rendering;

namespace BanBuCheng.Web.Pages.Shared.Parts;

/// <summary>A field's name as an id: what ASP.NET's tag helpers and our own both write, so that links in a summary arrive.</summary>
internal static class FieldId
{
    public static string Of(string name) => TagBuilder.CreateSanitizedId(name, "_");
}
