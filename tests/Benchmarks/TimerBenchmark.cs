using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Data.Sqlite;
using PublicService.Benchmarks.Setup;
using PublicService.Dossiers;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Benchmarks;

/// <summary>Many instances wait for one instant: how long until all have gone on, and how late each was.</summary>
internal static class TimerBenchmark
{
    private const string Definition = "bench-timer";

    public static async Task<int> RunAsync(Options options)
    {
        Machine.Print();
        using var folder = new TemporaryFolder();
        var storage = await CycleBenchmark.StorageAsync(options, folder.Path);
        await using var engine = await BenchEngine.PrepareAsync(storage);
        if (options.Pending > 0)
        {
            AddPending(storage, options.Pending);
        }

        var due = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(10 + (options.Number / 400));
        await PublishAsync(engine, folder.Path, due);
        var clicks = new Clicks(engine.Services);
        await Parallel.ForAsync(0, options.Number, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (_, _) => await clicks.StartPlainAsync(Definition));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{options.Number:N0} instances wait, {options.Pending:N0} timers pending, {(due - TimeProvider.System.GetUtcNow()).TotalSeconds:F0} s to go, {Machine.SyncMode(engine.Services)}"));
        if (TimeProvider.System.GetUtcNow() > due)
        {
            Console.WriteLine("The machine was too slow to have them all waiting in time.");
            return 1;
        }

        var lateness = new ConcurrentBag<double>();
        var all = new TaskCompletionSource();
        engine.Services.GetRequiredService<CommitLane>().Committed += changes =>
        {
            // A resumption changes the instance, its journal and its bookmark; the sweep itself writes less.
            if (changes.Count >= 3)
            {
                lateness.Add((TimeProvider.System.GetUtcNow() - due).TotalMilliseconds);
                if (lateness.Count >= options.Number)
                {
                    all.TrySetResult();
                }
            }
        };
        await engine.StartAsync();
        var used = Environment.CpuUsage.TotalTime;
        await all.Task.WaitAsync(TimeSpan.FromMinutes(10));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"all resumed after {lateness.Max() / 1000:F2} s, {(Environment.CpuUsage.TotalTime - used).TotalMicroseconds / options.Number:F0} us CPU each, load {Machine.Load}"));
        Rounds.Percentiles("lateness", lateness);
        return 0;
    }

    private static async Task PublishAsync(BenchEngine engine, string folder, DateTimeOffset due)
    {
        var definitions = Directory.CreateDirectory(Path.Combine(folder, "timer-workflows")).FullName;
        BenchWork.Write(definitions, BenchWork.Definition(Definition, BenchWork.StartAt("cho", due), BenchWork.Line("sau")));
        await engine.Services.GetRequiredService<DefinitionStore>().PublishFolderAsync(definitions, Act.SystemId, CancellationToken.None);
    }

    /// <summary>Timers of the far future that must not slow down those of now.</summary>
    private static void AddPending(StorageOptions storage, int count)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(storage.DataFolder, "engine.db")};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            with recursive seq(n) as (select 1 union all select n + 1 from seq where n < {count})
            insert into bookmarks (id, instance_id, name, due_at, activity_id, attempts)
            select printf('%032x', n), printf('%032x', n), 'Elsa.Delay', 4000000000000 + n * 977 % 100000000, 'cho', 0 from seq
            """;
        command.CommandTimeout = 600;
        command.ExecuteNonQuery();
    }
}
