using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace BanBuCheng.Web.Pages.Shared.Parts;

/// <summary>
/// <c>&lt;part of="Model.Due"/&gt;</c>: draws a noun (due badge, ball, timeline …) with the view that bears its type's name in this
/// folder. Nothing is drawn for null, so a page needs no condition around what a case may not have.
/// </summary>
[HtmlTargetElement("part", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class PartTagHelper(IHtmlHelper html) : TagHelper
{
    public object? Of { get; set; }

    [HtmlAttributeNotBound, ViewContext]
    public ViewContext ViewContext { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = null;
        if (Of is null) return;
        ((IViewContextAware)html).Contextualize(ViewContext);
        output.Content.SetHtmlContent(await html.PartialAsync($"Parts/{Of.GetType().Name}", Of));
    }
}
