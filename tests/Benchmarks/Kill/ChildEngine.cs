using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace PublicService.Benchmarks.Kill;

/// <summary>An engine in a process of its own, so that it can be killed.</summary>
public sealed class ChildEngine : IAsyncDisposable
{
    private readonly Process process;

    private ChildEngine(Process process, int port)
    {
        this.process = process;
        Http = new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")), Timeout = TimeSpan.FromSeconds(30) };
    }

    public HttpClient Http { get; }

    /// <summary>Processor time it has used so far.</summary>
    public TimeSpan Processor
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Starts the engine itself and returns at once.</summary>
    public static ChildEngine StartEngine(string data, params string[] further)
    {
        var port = FreePort();
        return Start("PublicService.Engine.dll", port, ["--data", data, "--urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"), .. further]);
    }

    /// <summary>Waits until it takes requests.</summary>
    public async Task WaitUntilReadyAsync()
    {
        var watch = Stopwatch.StartNew();
        while (!await IsReadyAsync())
        {
            if (process.HasExited || watch.Elapsed > TimeSpan.FromSeconds(90))
            {
                throw new InvalidOperationException(process.HasExited ? "The engine has ended: " + await process.StandardError.ReadToEndAsync() : "The engine is not ready.");
            }

            await Task.Delay(10);
        }
    }

    /// <summary>SIGKILL: no warning, no last flush.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    private static ChildEngine Start(string program, int port, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, program));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text && (text.StartsWith("fail", StringComparison.Ordinal) || text.StartsWith("crit", StringComparison.Ordinal)))
            {
                Console.WriteLine("    engine: " + text);
            }
        };
        process.BeginOutputReadLine();
        return new ChildEngine(process, port);
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var reply = await Http.GetAsync("/health/ready");
            return reply.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
