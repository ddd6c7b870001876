using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using PublicService.Benchmarks.Setup;
using PublicService.Dossiers;
using PublicService.Engine.Storage;
using PublicService.Workflows.Running;

namespace PublicService.Engine.Tests.Running;

/// <summary>Many reach for one waiting step at once: it goes on once, and everybody else is told so.</summary>
public abstract class RaceTests(RunningEngine engine)
{
    private const int Steps = 200;
    private const int Racers = 8;

    [Fact]
    public async Task Completes_each_of_200_tasks_once_for_8_officers()
    {
        var tasks = await ManyAsync(n => Of(n).StartAsync(BenchWork.Cycle, n));

        var outcomes = await RaceAsync(tasks, (started, racer) => Of(racer).CompleteAsync(started.Tasks[0], BenchWork.Outcome));

        Assert.Equal(Steps, outcomes.Count(outcome => outcome is null));
        Assert.Equal(Steps * (Racers - 1), outcomes.Count(IsTaskClosed));
        await using var db = engine.Open();
        var ids = tasks.Select(started => started.DossierId).ToList();
        Assert.Equal(Steps, await db.Ledger.CountAsync(line => ids.Contains(line.DossierId) && line.Act == LedgerAct.TaskCompleted));
        Assert.Equal(Steps, await db.Tasks.CountAsync(task => ids.Contains(task.DossierId!.Value) && task.State == TaskState.Completed));
        Assert.Equal(Steps, await db.Instances.CountAsync(row => ids.Contains(row.DossierId!.Value) && row.Status == InstanceStatus.Finished && row.Version == 1));
        Assert.Equal(Steps * 2, await db.Journal.CountAsync(row => ids.Contains(row.DossierId!.Value)));
    }

    [Theory]
    [InlineData(BenchWork.Plain)]
    [InlineData(RunningEngine.Delayed)]
    public async Task Goes_on_from_each_of_200_events_or_timers_once_for_8_callers(string definition)
    {
        var instances = await ManyAsync(n => Of(n).StartPlainAsync(definition));
        var bookmarks = await BookmarksAsync(instances);

        var wins = 0;
        var outcomes = await RaceAsync(instances, async (id, racer) =>
        {
            if (await Of(racer).ResumeAsync(null, id, bookmarks[id].Single()))
            {
                Interlocked.Increment(ref wins);
            }
        });

        Assert.All(outcomes, Assert.Null);
        Assert.Equal(Steps, wins);
        await AssertFinishedOnceAsync(instances, runs: 2);
    }

    [Fact]
    public async Task Lets_two_timers_of_one_instance_both_go_on_once()
    {
        var instances = await ManyAsync(n => Of(n).StartPlainAsync(RunningEngine.Twins));
        var bookmarks = await BookmarksAsync(instances);

        var wins = 0;
        var outcomes = await RaceAsync(instances, async (id, racer) =>
        {
            if (await Of(racer / 2).ResumeAsync(null, id, bookmarks[id][racer % 2]))
            {
                Interlocked.Increment(ref wins);
            }
        });

        Assert.All(outcomes, Assert.Null);
        Assert.Equal(2 * Steps, wins);
        await AssertFinishedOnceAsync(instances, runs: 3);
    }

    [Fact]
    public async Task Lets_either_the_timer_or_the_officer_answer()
    {
        var tasks = await ManyAsync(n => Of(n).StartAsync(RunningEngine.Silent, n));
        var bookmarks = await BookmarksAsync(tasks.Select(started => started.Tasks[0].InstanceId));

        var (timers, lost) = (0, 0);
        var outcomes = await RaceAsync(tasks, async (started, racer) =>
        {
            if (racer % 2 == 0)
            {
                await Of(racer / 2).CompleteAsync(started.Tasks[0], BenchWork.Outcome);
                return;
            }

            var instance = started.Tasks[0].InstanceId;
            _ = await Of(racer / 2).ResumeAsync(started.DossierId, instance, bookmarks[instance].Single())
                ? Interlocked.Increment(ref timers)
                : Interlocked.Increment(ref lost);
        });

        var closed = outcomes.Count(IsTaskClosed);
        var officers = (Steps * Racers / 2) - closed;
        Assert.Equal(Steps, officers + timers);
        Assert.Equal(Steps * Racers, officers + closed + timers + lost);
        Assert.All(outcomes, outcome => Assert.True(outcome is null || IsTaskClosed(outcome), outcome?.ToString()));
        await using var db = engine.Open();
        var ids = tasks.Select(started => started.DossierId).ToList();
        Assert.Equal(officers, await db.Ledger.CountAsync(line => ids.Contains(line.DossierId) && line.Act == LedgerAct.TaskCompleted));
        Assert.Equal(timers, await db.Ledger.CountAsync(line => ids.Contains(line.DossierId) && line.Act == LedgerAct.ConsentBySilence));
        Assert.Equal(officers, await db.Tasks.CountAsync(task => ids.Contains(task.DossierId!.Value) && task.State == TaskState.Completed));
        Assert.Equal(timers, await db.Tasks.CountAsync(task => ids.Contains(task.DossierId!.Value) && task.State == TaskState.Cancelled));
        Assert.False(await db.Bookmarks.AnyAsync(row => ids.Contains(row.DossierId!.Value)));
    }

    [Fact]
    public async Task Leaves_nothing_open_when_a_citizen_withdraws_while_an_officer_completes()
    {
        var tasks = await ManyAsync(n => Of(n).StartAsync(BenchWork.Kill, n));

        var outcomes = new ConcurrentBag<(bool Withdraws, Exception? Error)>();
        await RaceAsync(tasks, async (started, racer) =>
        {
            var error = await Record.ExceptionAsync(() => racer == 0
                ? Of(racer).WithdrawAsync(started.DossierId)
                : Of(racer).CompleteAsync(started.Tasks[0], "Tiếp nhận"));
            outcomes.Add((racer == 0, error));
        });

        Assert.All(outcomes.Where(outcome => outcome.Withdraws), outcome => Assert.Null(outcome.Error));
        Assert.All(outcomes, outcome => Assert.True(outcome.Error is null || IsTaskClosed(outcome.Error), outcome.Error?.ToString()));
        await using var db = engine.Open();
        var ids = tasks.Select(started => started.DossierId).ToList();
        var completed = outcomes.Count(outcome => !outcome.Withdraws && outcome.Error is null);
        Assert.Equal(completed, await db.Ledger.CountAsync(line => ids.Contains(line.DossierId) && line.Act == LedgerAct.TaskCompleted));
        Assert.Equal(completed, await db.Outbox.CountAsync(row => ids.Contains(row.DossierId!.Value) && row.Kind == "notification"));
        Assert.Equal(Steps, await db.Dossiers.CountAsync(row => ids.Contains(row.Id) && row.BusinessStatus == BusinessStatus.Withdrawn));
        Assert.Equal(Steps, await db.Instances.CountAsync(row => ids.Contains(row.DossierId!.Value) && row.Status == InstanceStatus.Finished));
        Assert.False(await db.Tasks.AnyAsync(task => ids.Contains(task.DossierId!.Value) && task.State == TaskState.Open));
        Assert.False(await db.Bookmarks.AnyAsync(row => ids.Contains(row.DossierId!.Value)));
    }

    private Clicks Of(int n) => engine.Clicks[n % engine.Clicks.Count];

    private static bool IsTaskClosed(Exception? error) => error is RefusedException { Code: "TASK_CLOSED" };

    /// <summary>200 waiting steps.</summary>
    private static async Task<List<T>> ManyAsync<T>(Func<int, Task<T>> start)
    {
        var started = new ConcurrentBag<T>();
        await Parallel.ForAsync(0, Steps, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (n, _) => started.Add(await start(n)));
        return [.. started];
    }

    /// <summary>For each step eight at once; what each of them met, null for a success.</summary>
    private static async Task<List<Exception?>> RaceAsync<T>(IReadOnlyList<T> steps, Func<T, int, Task> act)
    {
        var outcomes = new List<Exception?>();
        foreach (var step in steps)
        {
            using var start = new ManualResetEventSlim();
            var racers = Enumerable.Range(0, Racers).Select(racer => Task.Run(() =>
            {
                start.Wait();
                return Record.ExceptionAsync(() => act(step, racer));
            })).ToList();
            start.Set();
            outcomes.AddRange(await Task.WhenAll(racers));
        }

        return outcomes;
    }

    private async Task<Dictionary<string, List<string>>> BookmarksAsync(IEnumerable<string> instances)
    {
        var ids = instances.ToList();
        await using var db = engine.Open();
        var rows = await db.Bookmarks.Where(row => ids.Contains(row.InstanceId)).Select(row => new { row.InstanceId, row.Id }).ToListAsync();
        return rows.GroupBy(row => row.InstanceId).ToDictionary(group => group.Key, group => group.Select(row => row.Id).ToList());
    }

    private async Task AssertFinishedOnceAsync(List<string> instances, int runs)
    {
        await using var db = engine.Open();
        Assert.Equal(Steps, await db.Instances.CountAsync(row => instances.Contains(row.Id) && row.Status == InstanceStatus.Finished && row.Version == runs - 1));
        var journal = await db.Journal.Where(row => instances.Contains(row.InstanceId)).ToListAsync();
        Assert.Equal(Steps * runs, journal.Count);
        Assert.False(await db.Bookmarks.AnyAsync(row => instances.Contains(row.InstanceId)));
    }
}

public sealed class RacesOnSqlite(EngineOnSqlite engine) : RaceTests(engine), IClassFixture<EngineOnSqlite>;

public sealed class RacesOnPostgres(EnginesOnPostgres engine) : RaceTests(engine), IClassFixture<EnginesOnPostgres>;
