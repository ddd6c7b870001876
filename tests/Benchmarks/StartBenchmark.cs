using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PublicService.Benchmarks.Setup;
using PublicService.Engine.Directories;
using PublicService.Engine.Storage;

namespace PublicService.Benchmarks;

/// <summary>From starting the process to the first "ready".</summary>
internal static class StartBenchmark
{
    private const int Rounds = 5;
    private const int Procedures = 2000;

    public static async Task<int> RunAsync()
    {
        Machine.Print();
        var empty = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            using var folder = new TemporaryFolder();
            empty.Add(await SecondsAsync(folder.Path));
        }

        Print("on an empty folder", empty);
        using var data = new TemporaryFolder();
        using var workflows = new TemporaryFolder();
        Console.WriteLine($"{Procedures} copies of a definition of {WriteDefinitions(workflows.Path) / 1024} KB");
        await AddProceduresAsync(data.Path);
        Print($"publishing {Procedures} definitions", [await SecondsAsync(data.Path, "--workflows", workflows.Path)]);
        var loaded = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            loaded.Add(await SecondsAsync(data.Path));
        }

        Print($"with {Procedures} published procedures", loaded);
        return 0;
    }

    private static void Print(string what, List<double> seconds) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"start {what,-40} median {Setup.Rounds.Median(seconds):F2} s (min {seconds.Min():F2}, max {seconds.Max():F2})  load {Machine.Load}"));

    private static async Task<double> SecondsAsync(string data, params string[] further)
    {
        var watch = Stopwatch.StartNew();
        await using var engine = ChildHost.StartEngine(data, further);
        await engine.WaitUntilReadyAsync();
        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>Copies of the birth registration, the largest definition in the house.</summary>
    private static long WriteDefinitions(string folder)
    {
        var source = JsonNode.Parse(File.ReadAllText(Find("workflows/ho-tich/1.001193-dang-ky-khai-sinh.json")))!;
        for (var n = 0; n < Procedures; n++)
        {
            source["id"] = $"{CodeOf(n)}:1";
            source["definitionId"] = CodeOf(n);
            File.WriteAllText(Path.Combine(folder, $"{CodeOf(n)}.json"), source.ToJsonString());
        }

        return new FileInfo(Path.Combine(folder, $"{CodeOf(0)}.json")).Length;
    }

    private static async Task AddProceduresAsync(string data)
    {
        await using var engine = await BenchEngine.PrepareAsync(new StorageOptions { DataFolder = data });
        await using var db = await engine.Services.GetRequiredService<IDbContextFactory<EngineDb>>().CreateDbContextAsync();
        var known = await db.Set<ProcedureRow>().AsNoTracking().FirstAsync(row => row.Code == "1.001193");
        var changes = new Changes();
        for (var n = 0; n < Procedures; n++)
        {
            changes.Insert(new ProcedureRow
            {
                Code = CodeOf(n),
                ValidFrom = known.ValidFrom,
                Name = $"{known.Name} {n}",
                Field = known.Field,
                Level = known.Level,
                OnlineLevel = known.OnlineLevel,
                SearchText = known.SearchText,
                DefinitionId = CodeOf(n),
                Json = known.Json,
                FormSchema = known.FormSchema,
            });
        }

        await engine.Services.GetRequiredService<CommitLane>().CommitAsync(changes);
    }

    private static string CodeOf(int n) => string.Create(CultureInfo.InvariantCulture, $"8.{n:D6}");

    private static string Find(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, path)))
            {
                return Path.Combine(folder.FullName, path);
            }
        }

        throw new FileNotFoundException("Run it inside the repository.", path);
    }
}
