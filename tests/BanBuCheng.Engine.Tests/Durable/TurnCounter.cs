using System.Net;
using System.Net.Sockets;

namespace BanBuCheng.Engine.Tests.Durable;

/// <summary>Stands between a client and its server and counts how often the client spoke and then had to listen: round trips as the wire sees them.</summary>
internal sealed class TurnCounter : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private int _clientSpoke;
    private int _turns;

    public TurnCounter(int target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;
    public int Turns => Volatile.Read(ref _turns);

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                var server = new TcpClient { NoDelay = true };
                client.NoDelay = true;
                await server.ConnectAsync(IPAddress.Loopback, _target);
                _ = PumpAsync(client, server, () => Volatile.Write(ref _clientSpoke, 1));
                _ = PumpAsync(server, client, () =>
                {
                    if (Interlocked.Exchange(ref _clientSpoke, 0) == 1) Interlocked.Increment(ref _turns);
                });
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private static async Task PumpAsync(TcpClient from, TcpClient to, Action onData)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            for (int read; (read = await from.GetStream().ReadAsync(buffer)) > 0;)
            {
                onData();
                await to.GetStream().WriteAsync(buffer.AsMemory(0, read));
            }
        }
        catch (IOException)
        {
            // One side hung up.
        }
        from.Dispose();
        to.Dispose();
    }
}
