using BanBuCheng.Stories.Given.Infrastructure;
using Xunit;

[assembly: AssemblyFixture(typeof(SharedServers))]

namespace BanBuCheng.Stories.Given.Infrastructure;

/// <summary>Stops at the end of the run what its tests started.</summary>
public sealed class SharedServers : IAsyncDisposable
{
    public ValueTask DisposeAsync() => PostgresServer.StopSharedAsync();
}
