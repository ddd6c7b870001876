using Microsoft.EntityFrameworkCore;
using PublicService.Benchmarks.Setup;
using PublicService.Engine.Running;

namespace PublicService.Engine.Tests.Running;

/// <summary>A workflow whose script goes mad stops its own click and nothing else.</summary>
public sealed class RunawayTests(EngineOnSqlite engine) : IClassFixture<EngineOnSqlite>
{
    /// <summary>Far more than a click takes, far less than a script that nobody stops.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("forever", "while (true) {}")]
    [InlineData("throws", "throw new Error('hỏng')")]
    [InlineData("greedy", "const all = []; while (true) { all.push(new Array(100000).fill(all.length)); }")]
    [InlineData("deep", "(function again() { return again(); })()")]
    [InlineData("long", "'x'.repeat(50000000)")]
    public async Task Refuses_the_click_and_keeps_one_incident(string name, string script)
    {
        var definition = "mad-" + name;
        await engine.PublishAsync(BenchWork.Definition(definition, BenchWork.OfficerTask("duyet"), BenchWork.Line("hong", script, "JavaScript")));
        var started = await engine.Clicks[0].StartAsync(definition, 1);
        var before = await EverythingAsync(started.DossierId);

        var failure = await Assert.ThrowsAsync<StepFailedException>(() => engine.Clicks[0].CompleteAsync(started.Tasks[0], BenchWork.Outcome).WaitAsync(Soon));

        Assert.Equal("hong", failure.Incident.ActivityId);
        Assert.Equal(before, await EverythingAsync(started.DossierId));
        await using var db = engine.Open();
        var incident = Assert.Single(await db.Incidents.Where(row => row.DossierId == started.DossierId).ToListAsync());
        Assert.Equal(("hong", started.Tasks[0].InstanceId, null), (incident.ActivityId, incident.InstanceId, incident.ResolvedAt));
        Assert.Equal(1, await db.Instances.Where(row => row.DossierId == started.DossierId).Select(row => row.IncidentCount).SingleAsync());

        var other = await engine.Clicks[0].StartAsync(BenchWork.Cycle, 2).WaitAsync(Soon);
        await engine.Clicks[0].CompleteAsync(other.Tasks[0], BenchWork.Outcome).WaitAsync(Soon);
    }

    [Fact]
    public async Task Creates_no_dossier_and_uses_up_no_number_when_the_first_step_fails()
    {
        await engine.PublishAsync(BenchWork.Definition("mad-start", BenchWork.Line("hong", "null.x", "JavaScript")));
        var first = await engine.Clicks[0].StartAsync(BenchWork.Cycle, 5);

        await Assert.ThrowsAsync<StepFailedException>(() => engine.Clicks[0].StartAsync("mad-start", 5));

        var second = await engine.Clicks[0].StartAsync(BenchWork.Cycle, 5);
        Assert.Equal(PublicService.Dossiers.DossierCode.Parse(first.Code).Number + 1, PublicService.Dossiers.DossierCode.Parse(second.Code).Number);
        await using var db = engine.Open();
        Assert.Equal(1, await db.Incidents.CountAsync(row => row.ActivityId == "hong" && row.DossierId == null));
        Assert.False(await db.Instances.AnyAsync(row => row.DefinitionId == "mad-start"));
    }

    [Fact]
    public async Task Stops_many_mad_clicks_at_once_while_others_go_through()
    {
        await engine.PublishAsync(BenchWork.Definition("mad-many", BenchWork.OfficerTask("duyet"), BenchWork.Line("hong", "while (true) {}", "JavaScript")));
        var mad = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => engine.Clicks[0].StartAsync("mad-many", n)));
        var sane = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => engine.Clicks[0].StartAsync(BenchWork.Cycle, n)));

        var failing = mad.Select(started => Assert.ThrowsAsync<StepFailedException>(() => engine.Clicks[0].CompleteAsync(started.Tasks[0], BenchWork.Outcome))).ToList();
        await Task.WhenAll(sane.Select(started => engine.Clicks[0].CompleteAsync(started.Tasks[0], BenchWork.Outcome))).WaitAsync(Soon);
        await Task.WhenAll(failing).WaitAsync(Soon * 3);

        await using var db = engine.Open();
        var ids = mad.Select(started => started.DossierId).ToList();
        Assert.Equal(8, await db.Incidents.CountAsync(row => ids.Contains(row.DossierId!.Value)));
    }

    /// <summary>All rows of a dossier but its incidents and their number, as text.</summary>
    private async Task<string> EverythingAsync(Guid id)
    {
        await using var db = engine.Open();
        var instances = await db.Instances.AsNoTracking().Where(row => row.DossierId == id).ToListAsync();
        instances.ForEach(row => row.IncidentCount = 0);
        return System.Text.Json.JsonSerializer.Serialize(new
        {
            Dossier = await db.Dossiers.AsNoTracking().FirstAsync(row => row.Id == id),
            Instances = instances,
            Tasks = await db.Tasks.AsNoTracking().Where(row => row.DossierId == id).ToListAsync(),
            Bookmarks = await db.Bookmarks.AsNoTracking().Where(row => row.DossierId == id).ToListAsync(),
            Outbox = await db.Outbox.AsNoTracking().Where(row => row.DossierId == id).ToListAsync(),
            Lines = await db.Ledger.CountAsync(row => row.DossierId == id),
            Runs = await db.Journal.CountAsync(row => row.DossierId == id),
        });
    }
}
