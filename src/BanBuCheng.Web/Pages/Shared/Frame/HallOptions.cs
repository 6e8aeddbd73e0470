using System.ComponentModel.DataAnnotations;

namespace BanBuCheng.Web.Pages.Shared.Frame;

/// <summary>The hall's own name and telephone, as every page says them.</summary>
public sealed class HallOptions
{
    public const string Section = "Hall";

    [Required] public string District { get; init; } = "青屏区";

    [Required, RegularExpression(@"^[\d\- ]{5,20}$")] public string HelpPhone { get; init; } = "8800-1300";
}
