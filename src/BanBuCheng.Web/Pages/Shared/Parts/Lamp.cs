namespace BanBuCheng.Web.Pages.Shared.Parts;

/// <summary>The four lights of supervision.</summary>
public enum LampColour { Green, Blue, Yellow, Red }

/// <summary>灯 — 绿 circle, 蓝 square, 黄 triangle, 红 octagon, with the character inside and words beside.</summary>
public sealed record Lamp(LampColour Colour, string Text)
{
    public (string Css, string Letter) Shape => Colour switch
    {
        LampColour.Green => ("lamp lamp-g", "绿"),
        LampColour.Blue => ("lamp lamp-b", "蓝"),
        LampColour.Yellow => ("lamp lamp-y", "黄"),
        _ => ("lamp lamp-r", "红"),
    };
}
