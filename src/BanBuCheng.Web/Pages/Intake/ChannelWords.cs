using BanBuCheng.Desk.Cases;

namespace BanBuCheng.Web.Pages.Intake;

/// <summary>渠道 in words.</summary>
internal static class ChannelWords
{
    public static string Of(Channel channel) => channel switch
    {
        Channel.Window => "到窗口来的",
        Channel.Online => "网上留言",
        Channel.Phone => "打电话来的",
        Channel.Hotline12345 => "12345转来",
        Channel.TownStation => "乡镇、街道服务点",
        Channel.Village => "进村入户时收的",
        Channel.HomeVisit => "上门服务时收的",
        Channel.TransferredFromUpper => "上级转来",
        Channel.Proactive => "我们主动发现",
        Channel.Agency => "项目代办",
        _ => channel.ToString(),
    };
}
