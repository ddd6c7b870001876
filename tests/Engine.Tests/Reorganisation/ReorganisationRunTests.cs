using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Benchmarks.Reorganise;
using PublicService.Benchmarks.Setup;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Reorganisation;
using PublicService.Engine.Storage;
using PublicService.Engine.Tests.Running;
using PublicService.Workflows.Running;

namespace PublicService.Engine.Tests.Reorganisation;

/// <summary>The real table of 1 July 2025 over some hundred dossiers of the old units and of communes that stay; on PostgreSQL by two nodes at once.</summary>
public abstract class ReorganisationRunTests(RunningEngine engine)
{
    private const int Dossiers = 300;

    [Fact]
    public async Task Stopped_anywhere_and_with_clicks_in_between_it_moves_everything_once()
    {
        var units = await OldUnits.AddAsync(engine.Services);
        await RefreshAsync();
        var clicks = new Clicks(engine.Services);
        var started = new List<Started>();
        for (var n = 0; n < Dossiers; n++)
        {
            started.Add(await clicks.StartAsync(RunningEngine.Silent, n));
        }

        var row = await PlanAsync(units);
        var dry = await engine.Services.GetRequiredService<DryRun>().CountAsync(row, default);
        var dates = await DatesAsync();
        await OrderAsync(row);

        await StopAfterAsync(3);
        await StopAfterAsync(2);
        await RunAsync();

        var done = await StateAsync(row.Id);
        Assert.Equal(ReorganisationState.Done, done.State);
        Assert.Equal(dry.ToJson(), done.Counts);
        Assert.True(dry is { Dossiers: > 200, DossiersToReview: > 5, People: > 450, PeopleToReview: 36 }, dry.ToJson());
        Assert.Equal(dates, await DatesAsync());
        await AssertMovedOnceAsync(row.Id, dry);

        await ClicksMeetTheRunAsync(clicks, units);
    }

    /// <summary>A second plan takes three of the new communes on, while all their officers are clicking.</summary>
    private async Task ClicksMeetTheRunAsync(Clicks clicks, OldUnits units)
    {
        string[] ending = ["phuong-hong-gai", "phuong-ha-long", "phuong-cam-pha"];
        var plan = new ReorganisationPlan([.. ending.Select(office => new OfficeChange(office, [new Target("phuong-uong-bi")]))]);
        await using var db = engine.Open();
        var tasks = await db.Tasks.AsNoTracking().Where(task => task.State == TaskState.Open && ending.Contains(task.OfficeId!)).ToListAsync();
        Assert.True(tasks.Count > 10, $"{tasks.Count} tasks of {units.Ids.Count} units");
        var row = await AddAsync(plan, new(2026, 11, 20));
        await OrderAsync(row);

        var clicking = Task.WhenAll(tasks.Where((_, n) => n % 2 == 0).Select(task => clicks.CompleteAsync(task, BenchWork.Outcome)));
        await RunAsync();
        await clicking;
        await RunAsync();

        Assert.Equal(ReorganisationState.Done, (await StateAsync(row.Id)).State);
        var ids = tasks.ConvertAll(task => task.Id);
        var after = await db.Tasks.AsNoTracking().Where(task => ids.Contains(task.Id)).ToListAsync();
        Assert.Equal((tasks.Count + 1) / 2, after.Count(task => task.State == TaskState.Completed));
        Assert.All(after.Where(task => task.State == TaskState.Open), task => Assert.Equal("phuong-uong-bi", task.OfficeId));
        await AssertWholeAsync();
    }

    private async Task AssertMovedOnceAsync(string planId, ReorganisationCounts dry)
    {
        await using var db = engine.Open();
        var lines = await db.Ledger.AsNoTracking().Where(line => line.Act == LedgerAct.Reorganised).ToListAsync();
        Assert.Equal(dry.Dossiers, lines.Count);
        Assert.Equal(lines.Count, lines.Select(line => line.DossierId).Distinct().Count());
        Assert.All(lines, line => Assert.Contains(planId, line.Data, StringComparison.Ordinal));
        var reviews = (await db.Set<ReviewRow>().AsNoTracking().Where(review => review.Kind == ReviewKind.Dossier).ToListAsync()).Select(review => review.SubjectId).ToHashSet();
        Assert.Equal(dry.DossiersToReview, reviews.Count);
        var left = await db.Dossiers.AsNoTracking().Where(dossier => dossier.CompetentOfficeId.StartsWith("cu-")).Select(dossier => dossier.Id.ToString()).ToListAsync();
        Assert.Equal(reviews.Order(), left.Select(id => id.ToLowerInvariant()).Order());
        await AssertWholeAsync();
    }

    /// <summary>Ledgers have no gaps; what a workflow waits for is what the table of tasks says.</summary>
    private async Task AssertWholeAsync()
    {
        await using var db = engine.Open();
        var lengths = await db.Ledger.GroupBy(line => line.DossierId).Select(group => new { group.Key, Count = group.Count(), Last = group.Max(line => line.Sequence) }).ToDictionaryAsync(one => one.Key);
        Assert.All(await db.Dossiers.AsNoTracking().ToListAsync(), dossier => Assert.Equal((dossier.LedgerLength, dossier.LedgerLength), (lengths[dossier.Id].Count, lengths[dossier.Id].Last)));
        var tasks = (await db.Tasks.AsNoTracking().Where(task => task.State == TaskState.Open).ToListAsync()).ToDictionary(task => task.Id, task => task.OfficeId);
        foreach (var instance in await db.Instances.AsNoTracking().Where(instance => instance.Status == InstanceStatus.Running).ToListAsync())
        {
            var waiting = InstanceJson.Read(instance.State).Bookmarks.Where(bookmark => bookmark.Name == Activities.TaskRequest.BookmarkName).ToList();
            Assert.All(waiting, bookmark => Assert.Equal(tasks[bookmark.Id], Activities.TaskRequest.Read(bookmark.Payload!).OfficeId));
        }
    }

    private async Task<ReorganisationRow> PlanAsync(OldUnits units)
    {
        var changes = ActivatorUtilities.CreateInstance<PlanTable>(engine.Services).Read(units.Table, OldUnits.EffectiveOn);
        var plan = new ReorganisationPlan(changes);
        var problems = await engine.Services.GetRequiredService<PlanCheck>().CheckAsync(plan, OldUnits.EffectiveOn, default);
        Assert.Equal(12, problems.Count(problem => problem.Code == "SPLIT_WITHOUT_RULE"));
        Assert.DoesNotContain(problems, problem => problem.Blocking);
        return await AddAsync(plan, OldUnits.EffectiveOn);
    }

    private async Task<ReorganisationRow> AddAsync(ReorganisationPlan plan, DateOnly effectiveOn)
    {
        var row = new ReorganisationRow
        {
            Id = Guid.NewGuid().ToString("N"),
            Name = "Sắp xếp",
            EffectiveOn = effectiveOn,
            Plan = plan.ToJson(),
            Counts = new ReorganisationCounts().ToJson(),
            CreatedBy = "thu",
            CreatedAt = engine.Clock.GetUtcNow(),
            OrderedBy = "thu",
            OrderedByName = "Người Thử",
        };
        await engine.Services.GetRequiredService<CommitLane>().CommitAsync(new Changes().Insert(row));
        return row;
    }

    private async Task OrderAsync(ReorganisationRow row)
    {
        row.State = ReorganisationState.Ordered;
        var changes = new Changes().Update(row);
        await engine.Services.GetRequiredService<PlanOffices>().EndAsync(row, ReorganisationPlan.Read(row.Plan), changes, default);
        await engine.Services.GetRequiredService<CommitLane>().CommitAsync(changes);
        await RefreshAsync();
    }

    private async Task RefreshAsync()
    {
        foreach (var services in engine.All)
        {
            await services.GetRequiredService<DirectoryRefresh>().RefreshAsync();
        }
    }

    /// <summary>Lets a run store so many chunks and stops it there.</summary>
    private async Task StopAfterAsync(int chunks)
    {
        using var stop = new CancellationTokenSource();
        void Count(Changes _)
        {
            if (--chunks == 0)
            {
                stop.Cancel();
            }
        }

        var lane = engine.Services.GetRequiredService<CommitLane>();
        lane.Committed += Count;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Runner(engine.Services).RunAsync(stop.Token));
        lane.Committed -= Count;
    }

    /// <summary>All nodes at once, until nothing is left.</summary>
    private async Task RunAsync()
    {
        for (var round = 0; round < 20; round++)
        {
            await Task.WhenAll(engine.All.Select(services => Task.Run(() => Runner(services).RunAsync())));
        }
    }

    private static ReorganisationRunner Runner(IServiceProvider services) => new(
        services.GetRequiredService<IDbContextFactory<EngineDb>>(),
        services.GetRequiredService<CommitLane>(),
        services.GetRequiredService<DossierMover>(),
        services.GetRequiredService<PeopleMover>(),
        services.GetRequiredService<PlanOffices>(),
        services.GetRequiredService<PersonDirectory>(),
        services.GetRequiredService<TimeProvider>(),
        Microsoft.Extensions.Logging.Abstractions.NullLogger<ReorganisationRunner>.Instance)
    {
        ChunkSize = 20,
    };

    private async Task<ReorganisationRow> StateAsync(string id)
    {
        await using var db = engine.Open();
        return await db.Set<ReorganisationRow>().AsNoTracking().SingleAsync(row => row.Id == id);
    }

    private async Task<List<string>> DatesAsync()
    {
        await using var db = engine.Open();
        return
        [
            .. (await db.Dossiers.AsNoTracking().ToListAsync()).Select(one => $"{one.Id} {one.SubmittedAt:O} {one.DueAt:O} {one.OriginalDueAt:O} {one.PausedFrom:O}")
                .Concat((await db.Tasks.AsNoTracking().ToListAsync()).Select(one => $"{one.Id} {one.CreatedAt:O} {one.DueAt:O} {one.SortAt:O}"))
                .Concat((await db.Bookmarks.AsNoTracking().ToListAsync()).Select(one => $"{one.Id} {one.DueAt:O}")).Order(StringComparer.Ordinal),
        ];
    }
}

public sealed class ReorganisationRunOnSqliteTests(EngineOnSqlite engine) : ReorganisationRunTests(engine), IClassFixture<EngineOnSqlite>;

public sealed class ReorganisationRunOnPostgresTests(EnginesOnPostgres engine) : ReorganisationRunTests(engine), IClassFixture<EnginesOnPostgres>;
