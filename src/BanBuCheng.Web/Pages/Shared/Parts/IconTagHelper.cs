using Microsoft.AspNetCore.Razor.TagHelpers;

namespace BanBuCheng.Web.Pages.Shared.Parts;

/// <summary><c>&lt;icon name="clock"/&gt;</c>: a drawing inlined as SVG, silent for screen readers; the words stand beside it.</summary>
[HtmlTargetElement("icon", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class IconTagHelper : TagHelper
{
    public required string Name { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        var extra = output.Attributes["class"]?.Value?.ToString();
        output.Attributes.SetAttribute("class", extra is null ? "i" : $"i {extra}");
        output.Attributes.SetAttribute("viewBox", "0 0 24 24");
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Content.SetHtmlContent(Icons.PathsOf(Name));
    }
}
