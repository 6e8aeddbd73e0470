using System.Net;
using System.Net.Sockets;

namespace BanBuCheng.Stories.Given.Infrastructure;

/// <summary>Free ports on 127.0.0.1, for servers that cannot choose one themselves.</summary>
public static class LoopbackPort
{
    /// <summary>All are held open until all are known, so they differ. Somebody else could still be faster; then the server's start fails loudly.</summary>
    public static int[] Free(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        foreach (var listener in listeners) listener.Start();
        var ports = listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port).ToArray();
        foreach (var listener in listeners) listener.Stop();
        return ports;
    }
}
