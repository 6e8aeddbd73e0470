using BanBuCheng.Desk;
using BanBuCheng.Engine.Activities;
using BanBuCheng.Engine.Documents;

namespace BanBuCheng.Web.Pages.Shared.Parts;

/// <summary>The name a port bears for people: the palette's caption, or the outcome itself, which people wrote.</summary>
internal static class PortWords
{
    private static readonly Dictionary<(string Type, string Port), string> Known =
        BuiltIn.Descriptors.Concat(DeskServices.Palette).SelectMany(d => d.Ports.Select(p => ((d.Type, p.Name), p.DisplayName))).ToDictionary(p => p.Item1, p => p.DisplayName);

    public static string Of(ActivityModel source, string? port) => Of(source.Type, port);

    public static string Of(string type, string? port) => Known.TryGetValue((type, port ?? "Done"), out var words) ? words : port switch { null or "Done" => "完成", _ => port };
}
