using Hangfire.AspNetCore;
using Hangfire.Logging;

namespace BanBuCheng.Web.Clockwork;

/// <summary>
/// Hangfire keeps one log provider for the whole process. Where several hosts live in one (the tests), a host that has ended would make
/// the jobs of the others fail on its closed logs; they go unlogged instead.
/// </summary>
internal sealed class HangfireLogs(ILoggerFactory logs) : ILogProvider
{
    private readonly AspNetCoreLogProvider _inner = new(logs);

    public ILog GetLogger(string name)
    {
        try
        {
            return _inner.GetLogger(name);
        }
        catch (ObjectDisposedException)
        {
            return Silent.Instance;
        }
    }

    private sealed class Silent : ILog
    {
        public static readonly Silent Instance = new();
        public bool Log(Hangfire.Logging.LogLevel logLevel, Func<string>? messageFunc, Exception? exception = null) => false;
    }
}
