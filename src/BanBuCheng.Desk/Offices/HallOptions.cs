using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace BanBuCheng.Desk.Offices;

/// <summary>大厅 — what citizens are told about the hall itself.</summary>
public sealed class HallOptions
{
    public const string Section = "Hall";

    /// <summary>辖区名称，页头和短信签名里用。</summary>
    [Required, StringLength(20)] public string District { get; init; } = "青屏区";

    /// <summary>咨询电话，印在每条短信里。</summary>
    [Required, StringLength(20)] public string Phone { get; init; } = "8800-1345";

    /// <summary>办成的东西到哪里领。</summary>
    [Required, StringLength(20)] public string PickUpPlace { get; init; } = "大厅3号窗口";

    /// <summary>群众查询页的对外网址（如 https://hall.example）；不写就用窗口电脑访问时的地址。</summary>
    [StringLength(200), Url] public string? QueryAddress { get; init; }

    /// <summary>大厅地址，印在受理单上。</summary>
    [Required, StringLength(80)] public string Address { get; init; } = "青屏区政务服务大厅";
}

[OptionsValidator]
internal sealed partial class HallOptionsValidator : IValidateOptions<HallOptions>;
