using PublicService.Benchmarks.Setup;
using PublicService.Engine.Storage;

namespace PublicService.Benchmarks;

/// <summary>
/// The same cycle through the REST API of an engine in a process of its own, signed in, with idempotency keys. The callers share the
/// machine with it; the processor time printed is the engine's alone, the bytes are the callers'.
/// </summary>
internal static class HttpCycleBenchmark
{
    public static async Task<int> RunAsync(Options options)
    {
        Machine.Print();
        using var folder = new TemporaryFolder();
        var storage = await CycleBenchmark.StorageAsync(options, folder.Path);
        var door = await HttpDoor.PrepareAsync(storage);
        string[] database = storage.Database is DatabaseKind.Postgres ? ["--postgres", storage.ConnectionString!] : [];
        await using var engine = ChildHost.StartEngine(folder.Path, database);
        await engine.WaitUntilReadyAsync();
        await HttpDoor.SignInAsync(engine.Http);
        await new Rounds("durable cycle of a dossier over HTTP", options.Callers, usage: () => engine.Processor)
            .RunAsync((n, rounds) => CycleAsync(engine.Http, door, n, rounds));
        await PacedAsync(engine.Http, door);
        return 0;
    }

    private static async Task CycleAsync(HttpClient http, HttpDoor door, int n, Rounds rounds)
    {
        var started = await rounds.Timed("POST /dossiers", () => door.Start(BenchWork.Cycle, n).SendAsync(http));
        var task = HttpDoor.TaskOf(started.Answer) ?? throw new InvalidOperationException("No task waits.");
        await rounds.Timed("POST /tasks/{id}/completions", () => HttpDoor.Complete(task, BenchWork.Outcome).SendAsync(http));
    }

    /// <summary>How long one start takes when ten dossiers arrive in a second.</summary>
    private static async Task PacedAsync(HttpClient http, HttpDoor door)
    {
        var times = new System.Collections.Concurrent.ConcurrentBag<double>();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var running = new List<Task>();
        for (var n = 0; n < 200 && await pace.WaitForNextTickAsync(); n++)
        {
            var number = n;
            running.Add(Task.Run(async () =>
            {
                var started = System.Diagnostics.Stopwatch.GetTimestamp();
                await door.Start(BenchWork.Cycle, number).SendAsync(http);
                times.Add(System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }));
        }

        await Task.WhenAll(running);
        Rounds.Percentiles($"POST /dossiers at 10/s, load {Machine.Load}", times);
    }
}
