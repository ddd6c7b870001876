using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Jobs;
using PublicService.Engine.Storage;
using Quartz;

namespace PublicService.Engine.Supervision;

/// <summary>
/// Tells of warnings, breaches and escalations at their instant: at once when the nearest one known here has come, and every second
/// by its job. What is told is stored in one transaction with the watch that moved on, so it is told once, also by several engines
/// and after a crash.
/// </summary>
public sealed class DeadlineSweep : IDisposable
{
    private const int BatchSize = 200;

    private static readonly Meter Meter = new("PublicService.Supervision");
    private static readonly Histogram<double> Lateness =
        Meter.CreateHistogram<double>("publicservice.deadlines.lateness", "s", "From the instant at which a deadline must be told to its event.");

    private readonly IDbContextFactory<EngineDb> contexts;
    private readonly DeadlineNews news;
    private readonly CommitLane lane;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim one = new(1, 1);
    private readonly SweepAlarm alarm;

    public DeadlineSweep(IDbContextFactory<EngineDb> contexts, DeadlineNews news, CommitLane lane, TimeProvider time, ILogger<DeadlineSweep> log)
    {
        (this.contexts, this.news, this.lane, this.time) = (contexts, news, lane, time);
        alarm = new SweepAlarm(time, log, SweepAsync);
        lane.Committed += Notice;
    }

    /// <summary>Tells everything that is due; returns how many watches were handled. One sweep runs at a time.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken = default)
    {
        var count = 0;
        await one.WaitAsync(cancellationToken);
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            while (await DueAsync(db, cancellationToken) is { Count: > 0 } due)
            {
                count += await TellAsync(db, due, cancellationToken);
            }

            alarm.WaitFor(await NextAsync(db, cancellationToken));
        }
        finally
        {
            one.Release();
        }

        return count;
    }

    public void Dispose()
    {
        lane.Committed -= Notice;
        alarm.Dispose();
    }

    private async Task<List<DueWatch>> DueAsync(EngineDb db, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var promises = await db.Watches.AsNoTracking().Where(watch => watch.NextAt <= now).OrderBy(watch => watch.NextAt).Take(BatchSize).ToListAsync(cancellationToken);
        var steps = await db.Tasks.AsNoTracking().Where(task => task.WatchAt != null && task.WatchAt <= now).OrderBy(task => task.WatchAt).Take(BatchSize)
            .Select(task => new { task.Id, task.DossierId, task.WatchLevel, task.WatchAt, task.DueAt }).ToListAsync(cancellationToken);
        return
        [
            .. promises.Select(watch => new DueWatch(watch.DossierId.ToString(), watch.DossierId, null, watch.Level, watch.NextAt, watch.WarnAt, watch.DueAt)),
            .. steps.Select(task => new DueWatch(task.Id, task.DossierId!.Value, task.Id, task.WatchLevel, task.WatchAt!.Value, task.WatchAt.Value, task.DueAt!.Value)),
        ];
    }

    private static async Task<DateTimeOffset?> NextAsync(EngineDb db, CancellationToken cancellationToken)
    {
        var promise = await db.Watches.OrderBy(watch => watch.NextAt).Select(watch => (DateTimeOffset?)watch.NextAt).FirstOrDefaultAsync(cancellationToken);
        var step = await db.Tasks.Where(task => task.WatchAt != null).OrderBy(task => task.WatchAt).Select(task => task.WatchAt).FirstOrDefaultAsync(cancellationToken);
        return promise < step ? promise : step ?? promise;
    }

    /// <summary>All in one transaction; when a click has moved one of them meanwhile, each by itself.</summary>
    private async Task<int> TellAsync(EngineDb db, List<DueWatch> due, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        due.ForEach(watch => Lateness.Record((now - watch.NextAt).TotalSeconds));
        try
        {
            await lane.CommitAsync(await news.OfAsync(db, due, now, cancellationToken), cancellationToken);
            return due.Count;
        }
        catch (Exception error) when (due.Count > 1 && error is StaleException or DuplicateException)
        {
            var told = 0;
            foreach (var watch in due)
            {
                told += await TellAsync(db, [watch], cancellationToken);
            }

            return told;
        }
        catch (StaleException)
        {
            // The promise has just moved or ended, or another engine has told it.
            return 0;
        }
    }

    private void Notice(Changes changes)
    {
        foreach (var change in changes.List)
        {
            DateTimeOffset? next = change switch
            {
                { Kind: ChangeKind.Insert, Entity: WatchRow watch } => watch.NextAt,
                { Kind: ChangeKind.Insert, Entity: TaskRow task } => task.WatchAt,
                _ => null,
            };
            if (next is { } at)
            {
                alarm.Notice(at);
            }
        }
    }
}

/// <summary>The recurring round; every engine runs its own.</summary>
[DisallowConcurrentExecution]
public sealed class DeadlineSweepJob(DeadlineSweep sweep) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await sweep.SweepAsync(cancellationToken);
}
