using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Activities.Coordination;
using PublicService.Benchmarks.Setup;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;
using Xunit.Abstractions;

namespace PublicService.Engine.Tests.Running;

/// <summary>Kills the engine while it works off the outbox of linked dossiers, and while foreign systems answer.</summary>
[Collection(nameof(KillTests))]
public sealed class OutsideKillTests(ITestOutputHelper output) : IDisposable
{
    private const int Many = 40;
    private const string Parent = "kill-parent";
    private const string Asks = "kill-asks";
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes("a-secret-of-32-bytes-for-killing");
    private readonly TemporaryFolder folder = new();
    private readonly Random random = new(Random.Shared.Next());

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Parts_are_started_and_reported_once_however_often_it_is_killed()
    {
        await InProcessAsync(async engine =>
        {
            await PublishAsync(engine);
            await ForManyAsync(n => new Clicks(engine.Services).StartAsync(Parent, n));
        });

        await KillAndDrainAsync();
        await InProcessAsync(async engine =>
        {
            await using var db = Open(engine);
            var parts = await db.Dossiers.Where(dossier => dossier.ParentId != null).ToListAsync();
            Assert.Equal((2 * Many, Many), (parts.Count, parts.Select(part => part.ParentId).Distinct().Count()));
            await ForManyAsync(async n =>
            {
                await new Clicks(engine.Services).WithdrawAsync(parts[2 * n].Id);
                await new Clicks(engine.Services).WithdrawAsync(parts[(2 * n) + 1].Id);
            });
        });

        await KillAndDrainAsync();
        await InProcessAsync(async engine =>
        {
            await using var db = Open(engine);
            var parents = await db.Dossiers.Where(dossier => dossier.ParentId == null).Select(dossier => dossier.Id).ToListAsync();
            Assert.Equal(2 * Many, await db.Ledger.CountAsync(line => parents.Contains(line.DossierId) && line.Act == LedgerAct.LinkedDossierEnded));
            Assert.Equal(Many, await db.Instances.CountAsync(row => parents.Contains(row.DossierId!.Value) && row.FinishedAt != null));
            Assert.False(await db.Bookmarks.AnyAsync(row => row.Name == StartLinkedDossiers.BookmarkName));
            foreach (var agency in (await db.Dossiers.Select(dossier => dossier.Code).ToListAsync()).Select(DossierCode.Parse).GroupBy(code => (code.Agency, code.Date)))
            {
                Assert.Equal(Enumerable.Range(1, agency.Count()), agency.Select(code => code.Number).Order());
            }
        });
    }

    [Fact]
    public async Task An_answer_that_was_acknowledged_is_there_and_one_that_is_repeated_counts_once()
    {
        var keys = new List<string>();
        await InProcessAsync(async engine =>
        {
            await PublishAsync(engine);
            await ForManyAsync(n => new Clicks(engine.Services).StartAsync(Asks, n));
            await using var db = Open(engine);
            keys.AddRange(await db.Callbacks.Select(row => row.Id).ToListAsync());
        });
        Assert.Equal(Many, keys.Count);
        var acknowledged = new ConcurrentDictionary<string, string>();

        for (var round = 0; round < 4; round++)
        {
            await using var engine = StartEngine();
            await engine.WaitUntilReadyAsync();
            var answering = Parallel.ForEachAsync(keys, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (key, _) => await AnswerAsync(engine.Http, key, acknowledged));
            await Task.Delay(random.Next(20, 300));
            await engine.KillAsync();
            await answering;
            output.WriteLine($"round {round}: {acknowledged.Count} acknowledged");
        }

        await using (var engine = StartEngine())
        {
            await engine.WaitUntilReadyAsync();
            await Parallel.ForEachAsync(keys, async (key, _) => await AnswerAsync(engine.Http, key, acknowledged));
        }

        Assert.Equal(Many, acknowledged.Count);
        await InProcessAsync(async engine =>
        {
            await using var db = Open(engine);
            Assert.Equal(Many, await db.Ledger.CountAsync(line => line.Act == LedgerAct.TransferAnswered));
            Assert.Equal(Many, await db.Ledger.Where(line => line.Act == LedgerAct.TransferAnswered).Select(line => line.DossierId).Distinct().CountAsync());
            Assert.False(await db.Callbacks.AnyAsync(row => row.AnsweredAt == null));
        });
    }

    /// <summary>Sends an answer; every acknowledgement of one answer must be the same. A connection that breaks is what the test is about.</summary>
    private static async Task AnswerAsync(HttpClient http, string key, ConcurrentDictionary<string, string> acknowledged)
    {
        var content = Encoding.UTF8.GetBytes(new JsonObject { ["outcome"] = "Xong", ["reference"] = $"ref-{key}" }.ToJsonString());
        var at = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/callbacks/{key}") { Content = new ByteArrayContent(content) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(ForeignSystems.IdHeader, key);
        request.Headers.Add(ForeignSystems.TimeHeader, at);
        request.Headers.Add(ForeignSystems.SignatureHeader, "v1," + ForeignSystems.Sign(Secret, key, at, content));
        try
        {
            using var response = await http.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var text = await response.Content.ReadAsStringAsync();
            Assert.Equal(text, acknowledged.GetOrAdd(key, text));
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
        }
    }

    /// <summary>Kills the engine four times while it works, then lets it finish.</summary>
    private async Task KillAndDrainAsync()
    {
        for (var round = 0; round < 4; round++)
        {
            await using var engine = StartEngine();
            await engine.WaitUntilReadyAsync();
            await Task.Delay(random.Next(0, 150));
            await engine.KillAsync();
            output.WriteLine($"killed with {await ToSendAsync()} messages to go");
        }

        await using var last = StartEngine();
        await last.WaitUntilReadyAsync();
        for (var tries = 0; await ToSendAsync() > 0; tries++)
        {
            Assert.True(tries < 600, "The messages are not worked off.");
            await Task.Delay(100);
        }
    }

    private async Task<long> ToSendAsync()
    {
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(folder.Path, "engine.db")};Mode=ReadOnly;Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "select count(*) from outbox where sent_at is null";
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private ChildHost StartEngine() => ChildHost.StartEngine(folder.Path, "--Systems:outside:Secrets:0", "whsec_" + Convert.ToBase64String(Secret));

    /// <summary>The engine in this process, without its jobs and its outbox.</summary>
    private async Task InProcessAsync(Func<BenchEngine, Task> work)
    {
        await using var engine = await BenchEngine.PrepareAsync(new StorageOptions { DataFolder = folder.Path });
        await work(engine);
    }

    private async Task PublishAsync(BenchEngine engine)
    {
        var definitions = Directory.CreateDirectory(Path.Combine(folder.Path, "kill-workflows")).FullName;
        var linked = BenchWork.Activity("lien-thong", "PublicService.StartLinkedDossiers");
        var procedure = BenchWork.ProcedureOf(BenchWork.Cycle);
        linked["parts"] = new JsonObject
        {
            ["typeName"] = "Object",
            ["expression"] = new JsonObject { ["type"] = "Object", ["value"] = $$"""[{"procedure":"{{procedure}}"},{"procedure":"{{procedure}}"}]""" },
        };
        var transfer = BenchWork.Activity("hoi", "PublicService.Transfer", ("office", "Competent"), ("system", "outside"));
        transfer["outcomes"] = new JsonObject { ["typeName"] = "List<String>", ["expression"] = new JsonObject { ["type"] = "Object", ["value"] = """["Xong"]""" } };
        BenchWork.Write(definitions, BenchWork.Definition(Parent, linked, BenchWork.Line("sau")));
        BenchWork.Write(definitions, BenchWork.Definition(Asks, transfer, BenchWork.Line("sau")));
        await engine.Services.GetRequiredService<DefinitionStore>().PublishFolderAsync(definitions, "test", CancellationToken.None);
    }

    private static EngineDb Open(BenchEngine engine) => engine.Services.GetRequiredService<IDbContextFactory<EngineDb>>().CreateDbContext();

    private static Task ForManyAsync(Func<int, Task> act) =>
        Parallel.ForAsync(0, Many, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (n, _) => await act(n));
}
