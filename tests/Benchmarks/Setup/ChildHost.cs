using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace PublicService.Benchmarks.Setup;

/// <summary>A host of ours in a process of its own, so that it can be killed.</summary>
public sealed class ChildHost : IAsyncDisposable
{
    private readonly Process process;
    private readonly string ready;

    private ChildHost(Process process, int port, string ready)
    {
        this.ready = ready;
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
    public static ChildHost StartEngine(string data, params string[] further)
    {
        var port = FreePort();
        return Start("PublicService.Engine.dll", port, "/health/ready", ["--data", data, .. further]);
    }

    /// <summary>Starts any host of ours and returns at once.</summary>
    /// <param name="program">Its dll, in the folder of this program or by its full path.</param>
    /// <param name="ready">Path that answers when it takes requests.</param>
    public static ChildHost Start(string program, int port, string ready, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, program));
        string[] all = [.. arguments, "--urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")];
        foreach (var argument in all)
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text && (text.StartsWith("fail", StringComparison.Ordinal) || text.StartsWith("crit", StringComparison.Ordinal)))
            {
                Console.WriteLine("    " + Path.GetFileNameWithoutExtension(program) + ": " + text);
            }
        };
        process.BeginOutputReadLine();
        return new ChildHost(process, port, ready);
    }

    /// <summary>Waits until it takes requests.</summary>
    public async Task WaitUntilReadyAsync()
    {
        var watch = Stopwatch.StartNew();
        while (!await IsReadyAsync())
        {
            if (process.HasExited || watch.Elapsed > TimeSpan.FromSeconds(90))
            {
                throw new InvalidOperationException(process.HasExited ? "The host has ended: " + await process.StandardError.ReadToEndAsync() : "The host is not ready.");
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

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var reply = await Http.GetAsync(ready);
            return reply.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
