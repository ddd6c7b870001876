using System.Diagnostics;
using System.Globalization;
using PublicService.Benchmarks.Setup;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Storage;

namespace PublicService.Benchmarks.Grow;

/// <summary>What a click and a list cost when the database is full: finished dossiers must cost nothing.</summary>
internal static class GrowBenchmark
{
    private const int Open = 100_000;
    private const int Rounds = 7;

    public static async Task<int> RunAsync(Options options)
    {
        Machine.Print();
        using var full = new TemporaryFolder();
        using var empty = new TemporaryFolder();
        var door = await HttpDoor.PrepareAsync(new StorageOptions { DataFolder = full.Path });
        await FillAsync(full.Path, options.Number);
        await CompareAsync(full.Path, empty.Path, options);
        await ListsAsync(full.Path, door);
        return 0;
    }

    private static async Task FillAsync(string folder, int finished)
    {
        var watch = Stopwatch.StartNew();
        Started done, open;
        List<(string, string)> offices;
        await using (var engine = await BenchEngine.PrepareAsync(new StorageOptions { DataFolder = folder }))
        {
            var clicks = new Clicks(engine.Services);
            done = await clicks.StartAsync(BenchWork.Cycle, 0);
            await clicks.CompleteAsync(done.Tasks[0], BenchWork.Outcome);
            open = await clicks.StartAsync(BenchWork.Cycle, 0);
            offices = [.. engine.Services.GetRequiredService<OfficeDirectory>().All
                .Where(office => office is { Level: OfficeLevel.Commune, Kind: OfficeKind.PeoplesCommittee }).Select(office => (office.Id, office.AgencyCode))];
        }

        new BulkFill(folder, offices).Run(done, open, finished, Open);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{finished:N0} finished and {Open:N0} open dossiers in {watch.Elapsed.TotalSeconds:F0} s, {new FileInfo(Path.Combine(folder, "engine.db")).Length / 1e9:F1} GB"));
    }

    /// <summary>Turn and turn about, so that whatever else the machine does meets both alike.</summary>
    private static async Task CompareAsync(string full, string empty, Options options)
    {
        await using var large = await BenchEngine.PrepareAsync(new StorageOptions { DataFolder = full });
        await using var small = await BenchEngine.PrepareAsync(new StorageOptions { DataFolder = empty });
        var (inLarge, inSmall) = (new Clicks(large.Services), new Clicks(small.Services));
        var (atLarge, atSmall) = (new Rounds("cycle in the full database", options.Callers), new Rounds("cycle in an empty database", options.Callers));
        await atLarge.WarmUpAsync((n, rounds) => CycleBenchmark.CycleAsync(inLarge, n, rounds));
        await atSmall.WarmUpAsync((n, rounds) => CycleBenchmark.CycleAsync(inSmall, n, rounds));
        for (var round = 0; round < Rounds; round++)
        {
            await atLarge.RoundAsync((n, rounds) => CycleBenchmark.CycleAsync(inLarge, n, rounds));
            await atSmall.RoundAsync((n, rounds) => CycleBenchmark.CycleAsync(inSmall, n, rounds));
        }

        atLarge.Print();
        atSmall.Print();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"full against empty: {atLarge.Processor / atSmall.Processor:F2}x processor time, {atSmall.Rate / atLarge.Rate:F2}x elapsed time"));
    }

    private static async Task ListsAsync(string folder, HttpDoor door)
    {
        await using var engine = ChildHost.StartEngine(folder, "--demo");
        await engine.WaitUntilReadyAsync();
        await HttpDoor.SignInAsync(engine.Http);
        await AskAsync(engine.Http, "50 tasks of all 54 communes", 1, "/api/v1/tasks?size=50");
        await AskAsync(engine.Http, "dossier by code", 1, "/api/v1/dossiers?code=H49.23-230101-0001");
        await HttpDoor.SignInAsync(engine.Http, $"chuyen-vien.{door.Communes[0]}");
        await AskAsync(engine.Http, "50 tasks of one commune", 1, "/api/v1/tasks?size=50");
        await AskAsync(engine.Http, "50 newest dossiers of one commune", 1, "/api/v1/dossiers?size=50");
        await HttpDoor.SignInAsync(engine.Http, "giamsat");
        foreach (var callers in new[] { 1, 50 })
        {
            await AskAsync(engine.Http, "newest 50 of the province", callers, "/api/v1/dossiers?size=50");
            await AskAsync(engine.Http, "search by id number", callers, "/api/v1/dossiers?applicant=000000012345");
            await AskAsync(engine.Http, "search by a name many have", callers, "/api/v1/dossiers?applicant=Nguy%E1%BB%85n");
            await AskAsync(engine.Http, "search by a name nobody has", callers, "/api/v1/dossiers?applicant=Khong-Co-Ai", repetitions: 3);
        }
    }

    private static async Task AskAsync(HttpClient http, string what, int callers, string path, int repetitions = 40)
    {
        var times = new System.Collections.Concurrent.ConcurrentBag<double>();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            for (var n = -2; n < (callers == 1 ? repetitions : Math.Min(repetitions, 5)); n++)
            {
                var started = Stopwatch.GetTimestamp();
                using var reply = await http.GetAsync(path);
                reply.EnsureSuccessStatusCode();
                await reply.Content.ReadAsByteArrayAsync();
                if (n >= 0)
                {
                    times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                }
            }
        })));
        Setup.Rounds.Percentiles($"{what}, {callers} at once", times);
    }
}
