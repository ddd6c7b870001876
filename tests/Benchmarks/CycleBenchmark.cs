using PublicService.Benchmarks.Setup;
using PublicService.Engine.Storage;
using PublicService.Engine.Tests.Fixtures;

namespace PublicService.Benchmarks;

/// <summary>Durable cycles: start, wait, go on, finish; every click stored before it is answered.</summary>
internal static class CycleBenchmark
{
    /// <summary>A dossier with one task, through the door that the REST API uses.</summary>
    public static Task<int> DossierAsync(Options options) => WithEngineAsync(options, async engine =>
    {
        var clicks = new Clicks(engine.Services);
        if (options.Assign)
        {
            await Officers.AddAsync(engine.Services);
        }

        await new Rounds(options.Assign ? "durable cycle, task given to the least loaded" : "durable cycle of a dossier", options.Callers).RunAsync((n, rounds) => CycleAsync(clicks, n, rounds));
    });

    /// <summary>A workflow without a dossier that waits for an event.</summary>
    public static Task<int> PlainAsync(Options options) => WithEngineAsync(options, async engine =>
    {
        var clicks = new Clicks(engine.Services);
        await new Rounds("durable cycle without a dossier", options.Callers).RunAsync(async (_, rounds) =>
        {
            var id = await rounds.Timed("start", () => clicks.StartPlainAsync(BenchWork.Plain));
            var bookmark = await Stored.BookmarkOfAsync(engine.Services, id);
            await rounds.Timed("resume", () => clicks.ResumeAsync(null, id, bookmark));
        });
    });

    public static async Task CycleAsync(Clicks clicks, int n, Rounds rounds)
    {
        var started = await rounds.Timed("start a dossier", () => clicks.StartAsync(BenchWork.Cycle, n));
        await rounds.Timed("complete its task", () => clicks.CompleteAsync(started.Tasks[0], BenchWork.Outcome));
    }

    public static async Task<StorageOptions> StorageAsync(Options options, string folder) => options switch
    {
        { Postgres: "" } => new StorageOptions
        {
            Database = DatabaseKind.Postgres,
            DataFolder = folder,
            ConnectionString = await (await PostgresServer.GetAsync()).CreateDatabaseAsync(),
        },
        { Postgres: { } connection } => new StorageOptions { Database = DatabaseKind.Postgres, DataFolder = folder, ConnectionString = connection },
        _ => new StorageOptions { DataFolder = folder },
    };

    private static async Task<int> WithEngineAsync(Options options, Func<BenchEngine, Task> measure)
    {
        Machine.Print();
        using var folder = new TemporaryFolder();
        await using var engine = await BenchEngine.PrepareAsync(await StorageAsync(options, folder.Path));
        Console.WriteLine(Machine.SyncMode(engine.Services));
        await measure(engine);
        return 0;
    }
}
