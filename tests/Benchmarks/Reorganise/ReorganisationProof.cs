using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PublicService.Activities.Intake;
using PublicService.Benchmarks.Kill;
using PublicService.Benchmarks.Setup;
using PublicService.Engine.Directories;
using PublicService.Engine.Storage;

namespace PublicService.Benchmarks.Reorganise;

/// <summary>
/// The reorganisation of 1 July 2025 over many open dossiers: dry run, run, killed half-way with SIGKILL, started again. Then everything is
/// compared with a copy from before.
/// </summary>
internal static class ReorganisationProof
{
    private const int Sample = 50;

    public static async Task<int> RunAsync(Options options)
    {
        Machine.Print();
        using var folder = new TemporaryFolder();
        var (units, areas) = await PrepareAsync(folder.Path, options.Number);
        var (file, before) = (Path.Combine(folder.Path, "engine.db"), Path.Combine(folder.Path, "before.db"));
        MovedTruth.Keep(file, before);
        var engine = Start(folder.Path);
        try
        {
            await engine.WaitUntilReadyAsync();
            await HttpDoor.SignInAsync(engine.Http, "quantri");
            var body = new { name = "Nghị quyết 1679/NQ-UBTVQH15", effectiveOn = OldUnits.EffectiveOn, table = units.Table, changes = units.Rules(areas) };
            var plan = await PostAsync(engine.Http, "/api/v1/reorganisations", body);
            var address = $"/api/v1/reorganisations/{plan["id"]}";
            Console.WriteLine($"{plan["changes"]} old units, {plan["splits"]} of them split, {plan["problems"]!.AsArray().Count} problems");

            var watch = Stopwatch.StartNew();
            var dry = (await PostAsync(engine.Http, address + "/dry-run"))["counts"]!;
            Print("dry run", watch, dry);
            watch.Restart();
            await PostAsync(engine.Http, address + "/run");
            var half = await PollAsync(engine.Http, address, state => (int)state["counts"]!["dossiers"]! > (int)dry["dossiers"]! / 2);
            await engine.DisposeAsync();
            Print("killed with SIGKILL", watch, half["counts"]!);

            watch.Restart();
            engine = Start(folder.Path);
            await engine.WaitUntilReadyAsync();
            await HttpDoor.SignInAsync(engine.Http, "quantri");
            var done = await PollAsync(engine.Http, address, state => state["state"]!.ToString() == "Done");
            Print("started again and finished", watch, done["counts"]!);
            if (done["counts"]!.ToJsonString() != dry.ToJsonString())
            {
                throw new ProofFailedException($"dry run {dry.ToJsonString()} against run {done["counts"]!.ToJsonString()}");
            }

            using (var truth = new MovedTruth(file, before))
            {
                truth.Compare(done["counts"]!);
            }

            await GoOnAsync(engine.Http, file);
            Console.WriteLine($"dry run equals run, 0 dates changed, nothing twice, nothing left behind; {Sample} moved dossiers went on to their next step; load {Machine.Load}");
            return 0;
        }
        finally
        {
            await engine.DisposeAsync();
        }
    }

    private static async Task<(OldUnits Units, Dictionary<string, string> Areas)> PrepareAsync(string folder, int open)
    {
        var watch = Stopwatch.StartNew();
        await HttpDoor.PrepareAsync(new StorageOptions { DataFolder = folder });
        Started waiting, finished;
        InstanceRow instance;
        OldUnits units;
        Dictionary<string, string> areas;
        await using (var engine = await BenchEngine.PrepareAsync(new StorageOptions { DataFolder = folder }))
        {
            var clicks = new Clicks(engine.Services);
            var received = await clicks.StartAsync(BenchWork.Kill, 0);
            waiting = received with { Tasks = (await clicks.CompleteAsync(received.Tasks[0], Intake.Accepted)).Tasks };
            finished = await clicks.StartAsync(BenchWork.Kill, 0);
            await clicks.WithdrawAsync(finished.DossierId);
            await using var db = await engine.Services.GetRequiredService<IDbContextFactory<EngineDb>>().CreateDbContextAsync();
            instance = await db.Instances.AsNoTracking().FirstAsync(row => row.DossierId == waiting.DossierId);
            units = await OldUnits.AddAsync(engine.Services);
            areas = engine.Services.GetRequiredService<OfficeDirectory>().Areas(OldUnits.EffectiveOn);
        }

        new UnitFill(folder, units.Ids).Run(waiting, instance, finished, open, open / 10);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{open:N0} open and {open / 10:N0} finished dossiers at {units.Ids.Count} old units in {watch.Elapsed.TotalSeconds:F0} s"));
        return (units, areas);
    }

    /// <summary>Moved dossiers are completed by an officer of the new communes.</summary>
    private static async Task GoOnAsync(HttpClient http, string file)
    {
        await HttpDoor.SignInAsync(http);
        using var truth = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=false");
        await truth.OpenAsync();
        using var command = truth.CreateCommand();
        command.CommandText = $"select id from tasks where state = 'Open' and office_id not like 'cu-%' and dossier_id in (select dossier_id from ledger where act = 'Reorganised') order by id limit {Sample}";
        var ids = new List<string>();
        using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                ids.Add(reader.GetString(0));
            }
        }

        foreach (var id in ids)
        {
            await HttpDoor.Complete(id, BenchWork.Outcome).SendAsync(http);
        }

        if (ids.Count != Sample)
        {
            throw new ProofFailedException($"only {ids.Count} moved dossiers have a task");
        }
    }

    private static async Task<JsonNode> PostAsync(HttpClient http, string address, object? body = null)
    {
        using var reply = await http.PostAsync(address, body is null ? null : JsonContent.Create(body));
        var text = await reply.Content.ReadAsStringAsync();
        return reply.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{address}: {(int)reply.StatusCode} {text}");
    }

    private static async Task<JsonNode> PollAsync(HttpClient http, string address, Func<JsonNode, bool> until)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var state = JsonNode.Parse(await http.GetStringAsync(address))!;
            if (until(state))
            {
                return state;
            }

            if (watch.Elapsed > TimeSpan.FromMinutes(15))
            {
                throw new ProofFailedException($"the run does not come to its end: {state.ToJsonString()[..500]}");
            }

            await Task.Delay(100);
        }
    }

    private static ChildHost Start(string folder) => ChildHost.StartEngine(folder, "--demo", "--workflows", Path.Combine(folder, "bench-workflows"));

    private static void Print(string what, Stopwatch watch, JsonNode counts) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what,-28} {watch.Elapsed.TotalSeconds,6:F1} s  {counts["dossiers"]} dossiers, {counts["tasks"]} tasks, {counts["receiving"]}/{counts["competent"]}/{counts["support"]} receiving/competent/support, {counts["people"]} people, {counts["roles"]} rights, to review {counts["dossiersToReview"]} dossiers {counts["peopleToReview"]} people; load {Machine.Load}"));
}
