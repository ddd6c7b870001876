using Microsoft.Data.Sqlite;
using PublicService.Benchmarks.Kill;
using PublicService.Benchmarks.Setup;
using PublicService.Engine.Storage;
using Xunit.Abstractions;

namespace PublicService.Engine.Tests.Running;

/// <summary>Takes the whole machine for itself: it starts engines and kills them.</summary>
[CollectionDefinition(nameof(KillTests), DisableParallelization = true)]
public sealed class KillCollection;

[Collection(nameof(KillTests))]
public sealed class KillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Loses_and_doubles_nothing_when_it_is_killed_15_times_under_load()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");

        var figures = await new KillProof(15, seed, output.WriteLine).RunAsync();

        output.WriteLine(figures.ToString());
        Assert.True(figures is { Kills: >= 15, Acknowledged: > 100 }, figures.ToString());
    }

    [Theory]
    [InlineData("delete from outbox where id = (select min(id) from outbox where kind = 'notification')", "messages of the ledger")]
    [InlineData("delete from outbox where kind = 'national-portal'", "never hears of")]
    [InlineData("update outbox set dead_at = 1 where id = (select min(id) from outbox)", "dead messages")]
    [InlineData("insert into outbox (dossier_id, kind, payload, idempotency_key, created_at, attempts, next_attempt_at) select dossier_id, kind, payload, 'twice', 0, 0, 0 from outbox where kind = 'notification' limit 1", "messages of the ledger")]
    [InlineData("insert into outbox (dossier_id, kind, payload, idempotency_key, created_at, attempts, next_attempt_at) select dossier_id, kind, payload, 'twice', 0, 0, 0 from outbox where kind = 'national-portal' limit 1", "told twice")]
    [InlineData("delete from bookmarks where id = (select min(id) from bookmarks)", "timers of states")]
    [InlineData("update bookmarks set due_at = due_at + 1", "timers of states")]
    [InlineData("delete from ledger where act = 'Submitted'", "ledgers with gaps")]
    [InlineData("delete from tasks where state = 'Open'", "tasks without their line")]
    [InlineData("update tasks set state = 'Cancelled' where state = 'Open'", "tasks of states")]
    [InlineData("delete from instances where id = (select min(id) from instances)", "dossiers and instances")]
    [InlineData("update dossiers set code = substr(code, 1, length(code) - 4) || '0009'", "doubled or skipped")]
    [InlineData("update dossiers set business_status = 'Registered'", "status and ledger")]
    public async Task Would_see_what_is_lost_or_doubled(string damage, string complaint)
    {
        using var folder = new TemporaryFolder();
        await using (var engine = await BenchEngine.PrepareAsync(new StorageOptions { DataFolder = folder.Path }))
        {
            var clicks = new Clicks(engine.Services);
            var started = await clicks.StartAsync(BenchWork.Kill, 0);
            await clicks.CompleteAsync(started.Tasks[0], "Tiếp nhận");
        }

        var truth = new StoredTruth(folder.Path);
        await truth.CompareAsync([]);
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(folder.Path, "engine.db")};Pooling=false"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = damage;
            Assert.NotEqual(0, await command.ExecuteNonQueryAsync());
        }

        var found = await Assert.ThrowsAsync<ProofFailedException>(() => truth.CompareAsync([]));
        Assert.Contains(complaint, found.Message, StringComparison.Ordinal);
    }
}
