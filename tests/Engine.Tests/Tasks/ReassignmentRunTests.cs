using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Benchmarks.Setup;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Storage;
using PublicService.Engine.Tasks;
using PublicService.Engine.Tests.Running;

namespace PublicService.Engine.Tests.Tasks;

/// <summary>A bulk reassignment of several chunks, stopped in the middle; on PostgreSQL worked off by two nodes at once.</summary>
public abstract class ReassignmentRunTests(RunningEngine engine)
{
    private const int Count = 450;

    [Fact]
    public async Task Stopped_in_the_middle_it_goes_on_and_no_task_is_given_twice_or_lost()
    {
        var tasks = new List<TaskRow>();
        for (var n = 0; n < Count; n++)
        {
            tasks.Add((await engine.Clicks[0].StartAsync(BenchWork.Cycle, n)).Tasks[0]);
        }

        var (lane, ids) = (engine.Services.GetRequiredService<CommitLane>(), tasks.ConvertAll(task => task.Id));
        await using var db = engine.Open();
        await db.Tasks.Where(task => ids.Contains(task.Id)).ExecuteUpdateAsync(set => set.SetProperty(task => task.AssigneeId, "vang-mat"));
        var row = new ReassignmentRow
        {
            Id = "r1",
            FromPersonId = "vang-mat",
            Reason = "Nghỉ phép",
            State = ReassignmentState.Running,
            Total = Count,
            CreatedBy = "ld",
            CreatedByName = "Lãnh đạo",
            CreatedAt = engine.Clock.GetUtcNow(),
        };
        await lane.CommitAsync(new Changes().Insert(row).InsertAll(tasks.Select((task, at) => new ReassignmentItemRow
        {
            ReassignmentId = row.Id,
            Sequence = at + 1,
            TaskId = task.Id,
            OfficeId = task.OfficeId!,
            ToPersonId = at % 2 == 0 ? "mot" : "hai",
            State = ReassignedState.Pending,
        })));
        // Somebody completes one of them while it runs.
        var click = engine.Clicks[0].CompleteAsync(tasks[Count - 1], BenchWork.Outcome);

        await StopAfterOneChunkAsync(lane);
        await click;
        Assert.InRange(await db.Tasks.CountAsync(task => task.AssigneeId == "mot" || task.AssigneeId == "hai"), 1, Count - 2);
        await RunAsync();

        var done = await StateAsync();
        Assert.Equal((ReassignmentState.Done, Count - 1, 1), (done.State, done.Moved, done.Skipped));
        Assert.Equal(Count - 1, await db.Ledger.CountAsync(line => line.Act == LedgerAct.TaskClaimed && line.Reason == "Nghỉ phép"));
        Assert.Equal((225, 224), (await MineAsync(db, "mot"), await MineAsync(db, "hai")));

        await db.Tasks.Where(task => task.Id == ids[0]).ExecuteUpdateAsync(set => set.SetProperty(task => task.Version, task => task.Version + 1));
        (done.State, done.Cursor, done.UndoneBy, done.UndoneByName) = (ReassignmentState.Undoing, 0, "ld", "Lãnh đạo");
        await lane.CommitAsync(new Changes().Update(done));
        await StopAfterOneChunkAsync(lane);
        await RunAsync();

        var undone = await StateAsync();
        Assert.Equal((ReassignmentState.Undone, Count - 2, 1), (undone.State, undone.Restored, undone.Kept));
        Assert.Equal((Count - 2, 1, 0), (await MineAsync(db, "vang-mat"), await MineAsync(db, "mot"), await MineAsync(db, "hai")));
    }

    private async Task StopAfterOneChunkAsync(CommitLane lane)
    {
        using var stop = new CancellationTokenSource();
        void Stop(Changes changes)
        {
            if (changes.List.Any(change => change.Entity is ReassignmentItemRow))
            {
                stop.Cancel();
            }
        }

        lane.Committed += Stop;
        using var runner = Runner(engine.Services);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runner.RunAsync(stop.Token));
        lane.Committed -= Stop;
    }

    private Task RunAsync() => Task.WhenAll(engine.All.Select(services => Task.Run(() => Runner(services).RunAsync())));

    private async Task<ReassignmentRow> StateAsync()
    {
        await using var db = engine.Open();
        return await db.Set<ReassignmentRow>().AsNoTracking().SingleAsync();
    }

    private static Task<int> MineAsync(EngineDb db, string person) => db.Tasks.CountAsync(task => task.AssigneeId == person && task.State == TaskState.Open);

    private static ReassignmentRunner Runner(IServiceProvider services) => new(
        services.GetRequiredService<IDbContextFactory<EngineDb>>(),
        services.GetRequiredService<CommitLane>(),
        services.GetRequiredService<PersonDirectory>(),
        services.GetRequiredService<TimeProvider>());
}

public sealed class ReassignmentRunOnSqliteTests(EngineOnSqlite engine) : ReassignmentRunTests(engine), IClassFixture<EngineOnSqlite>;

public sealed class ReassignmentRunOnPostgresTests(EnginesOnPostgres engine) : ReassignmentRunTests(engine), IClassFixture<EnginesOnPostgres>;
