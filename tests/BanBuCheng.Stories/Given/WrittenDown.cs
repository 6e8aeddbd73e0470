using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace BanBuCheng.Stories.Given;

/// <summary>A log kept in memory: every line as an operator would read it.</summary>
internal sealed class WrittenDown : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Line)> _lines = [];

    public IReadOnlyList<string> Lines => [.. _lines.Select(l => l.Line)];
    public IReadOnlyList<string> Errors => [.. _lines.Where(l => l.Level >= LogLevel.Error).Select(l => l.Line)];

    public ILogger CreateLogger(string categoryName) => new Page(this, categoryName);

    public void Dispose() { }

    private sealed class Page(WrittenDown book, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            book._lines.Enqueue((logLevel, $"{category} {formatter(state, exception)} {exception}"));
    }
}
