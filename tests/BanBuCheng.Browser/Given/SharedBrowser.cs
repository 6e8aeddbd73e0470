using BanBuCheng.Browser.Given;
using Xunit;

[assembly: AssemblyFixture(typeof(SharedBrowser))]

namespace BanBuCheng.Browser.Given;

/// <summary>Closes at the end of the run the browser that its tests opened.</summary>
public sealed class SharedBrowser : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Chromium.StopSharedAsync();
}
