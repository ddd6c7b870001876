using Microsoft.Extensions.Logging;

namespace PublicService.Engine.Tests.Dossiers;

internal sealed class DebugLog : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (typeof(DebugLog))
        {
            if (IsEnabled(logLevel))
            {
                File.AppendAllText("/tmp/sl/debug.log", formatter(state, exception) + "\n" + exception + "\n");
            }
        }
    }
}
