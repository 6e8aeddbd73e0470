using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace BanBuCheng.Web.Pages.Shared.Parts;

/// <summary><c>&lt;panel heading="经过"&gt;</c>: a sheet with its heading; <c>level="3"</c> inside another sheet.</summary>
[HtmlTargetElement("panel")]
public sealed class PanelTagHelper(HtmlEncoder encoder) : TagHelper
{
    public string? Heading { get; set; }
    public int Level { get; set; } = 2;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Become("section", "card");
        if (Heading is not null)
        {
            var h = $"h{Math.Clamp(Level, 2, 4)}";
            output.PreContent.AppendHtml($"<div class=\"card-header\"><{h}>{encoder.Encode(Heading)}</{h}></div>");
        }
        output.PreContent.AppendHtml("<div class=\"card-body\">");
        output.PostContent.AppendHtml("</div>");
    }
}

/// <summary><c>&lt;memo&gt;</c>: 内部备注, the yellow dashed paper that never leaves the hall.</summary>
[HtmlTargetElement("memo")]
public sealed class MemoTagHelper(HtmlEncoder encoder) : TagHelper
{
    public string Heading { get; set; } = "内部备注 · 群众看不到，也不会发出去";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        // A group, not a landmark: a page may hold several of the same name.
        output.Become("div", "memo");
        output.Attributes.SetAttribute("role", "group");
        output.Attributes.SetAttribute("aria-label", Heading);
        output.PreContent.AppendHtml($"<div class=\"memo-head\">{Drawn.Icon("lock")} {encoder.Encode(Heading)}</div>");
    }
}

/// <summary><c>&lt;letter&gt;</c>: 写给群众, the solid frame around every word that goes to the citizen.</summary>
[HtmlTargetElement("letter")]
public sealed class LetterTagHelper(HtmlEncoder encoder) : TagHelper
{
    public string Heading { get; set; } = "写给群众 · 会发短信，群众看得到";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Become("div", "out");
        output.Attributes.SetAttribute("role", "group");
        output.Attributes.SetAttribute("aria-label", Heading);
        output.PreContent.AppendHtml(
            $"<div class=\"out-head\">{Drawn.Icon("send")}<span>{encoder.Encode(Heading)}</span></div><div class=\"out-body\">");
        output.PostContent.AppendHtml("</div>");
    }
}

/// <summary><c>&lt;callout tone="Warn"&gt;</c>: advice, caution or error; its words say what to do.</summary>
[HtmlTargetElement("callout")]
public sealed class CalloutTagHelper : TagHelper
{
    public Tone Tone { get; set; }
    public string? Icon { get; set; }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Become("div", Tone switch { Tone.Warn => "callout callout-warn", Tone.Late => "callout callout-late", _ => "callout" });
        var icon = Icon ?? Tone switch { Tone.Warn => "warning", Tone.Late => "alert", _ => null };
        if (icon is not null) output.PreContent.AppendHtml(Drawn.Icon(icon) + " ");
    }
}

file static class Drawn
{
    public static string Icon(string name) => $"<svg class=\"i\" viewBox=\"0 0 24 24\" aria-hidden=\"true\">{Icons.PathsOf(name)}</svg>";

    public static void Become(this TagHelperOutput output, string tag, string css)
    {
        output.TagName = tag;
        var extra = output.Attributes["class"]?.Value?.ToString();
        output.Attributes.SetAttribute("class", extra is null ? css : $"{css} {extra}");
    }
}
