using System.Net;

namespace BanBuCheng.Web;

/// <summary>Is an address one that only this machine can reach?</summary>
internal static class Loopback
{
    public static bool Is(string url)
    {
        // "http://*:5000" and "http://+:80" are not URIs and mean every address.
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri)) return false;
        var host = uri.Host.Trim('[', ']');
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip));
    }
}
