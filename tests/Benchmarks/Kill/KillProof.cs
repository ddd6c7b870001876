using System.Diagnostics;
using PublicService.Benchmarks.Setup;
using PublicService.Engine.Storage;

namespace PublicService.Benchmarks.Kill;

/// <summary>Kills the engine under load again and again, starts it on the same data and looks for anything lost or doubled.</summary>
public sealed class KillProof(int rounds, int seed, Action<string> say)
{
    /// <summary>Rounds on one folder: looking at everything costs more with each round.</summary>
    private const int RoundsPerFolder = 20;
    private const int Callers = 16;
    private readonly Random random = new(seed);

    /// <summary>Runs all rounds; throws on the first thing that is wrong.</summary>
    public async Task<KillFigures> RunAsync()
    {
        var figures = new KillFigures();
        for (var done = 0; done < rounds; done += RoundsPerFolder)
        {
            using var folder = new TemporaryFolder();
            await FolderAsync(folder.Path, Math.Min(RoundsPerFolder, rounds - done), done, figures);
        }

        return figures;
    }

    private async Task FolderAsync(string folder, int count, int before, KillFigures figures)
    {
        var door = await HttpDoor.PrepareAsync(new StorageOptions { DataFolder = folder });
        var callers = Enumerable.Range(0, Callers).Select(n => new Caller(door, n)).ToList();
        var check = new StoredTruth(folder);
        var engine = Start(folder);
        try
        {
            await engine.WaitUntilReadyAsync();
            await HttpDoor.SignInAsync(engine.Http);
            for (var round = 1; round <= count; round++)
            {
                await KillUnderLoadAsync(engine, callers);
                await engine.DisposeAsync();
                engine = await RestartAsync(folder, figures);
                foreach (var caller in callers)
                {
                    await caller.RepeatAsync(engine.Http);
                    await caller.RepeatAcknowledgedAsync(engine.Http, random);
                }

                var state = await check.CompareAsync(callers.SelectMany(caller => caller.Acknowledged).ToList());
                say($"round {before + round}: {state}");
            }

            figures.Add(await check.DrainAsync(), callers);
        }
        finally
        {
            await engine.DisposeAsync();
        }
    }

    private async Task KillUnderLoadAsync(ChildHost engine, List<Caller> callers)
    {
        using var stop = new CancellationTokenSource();
        var clicking = callers.Select(caller => Task.Run(() => caller.ClickAsync(engine.Http, stop.Token))).ToList();
        await Task.Delay(random.Next(100, 1000));
        await engine.KillAsync();
        await stop.CancelAsync();
        await Task.WhenAll(clicking);
    }

    /// <summary>Starts it again; in one round of four it is killed a second time, while it starts.</summary>
    private async Task<ChildHost> RestartAsync(string folder, KillFigures figures)
    {
        figures.Kills++;
        if (random.Next(4) == 0)
        {
            await using var unlucky = Start(folder);
            await Task.Delay(random.Next(100, 1200));
            figures.Kills++;
        }

        var watch = Stopwatch.StartNew();
        var engine = Start(folder);
        await engine.WaitUntilReadyAsync();
        figures.Starts.Add(watch.Elapsed.TotalSeconds);
        await HttpDoor.SignInAsync(engine.Http);
        return engine;
    }

    private static ChildHost Start(string folder) =>
        ChildHost.StartEngine(folder, "--demo", "--workflows", Path.Combine(folder, "bench-workflows"));
}

/// <summary>What was done, to be printed.</summary>
public sealed class KillFigures
{
    public int Kills { get; set; }

    public int Acknowledged { get; private set; }

    public int Replayed { get; private set; }

    public int Dossiers { get; private set; }

    public int Messages { get; private set; }

    public List<double> Starts { get; } = [];

    public void Add(DrainedState state, IReadOnlyList<Caller> callers)
    {
        Dossiers += state.Dossiers;
        Messages += state.Messages;
        Acknowledged += callers.Sum(caller => caller.Acknowledged.Count);
        Replayed += callers.Sum(caller => caller.Replayed);
    }

    public override string ToString() =>
        $"{Kills} kills, {Acknowledged} acknowledged clicks on {Dossiers} dossiers, {Replayed} lost answers given again, {Messages} messages; nothing lost, nothing doubled; restart {Starts.Order().ElementAtOrDefault(Starts.Count / 2):F1} s";
}
