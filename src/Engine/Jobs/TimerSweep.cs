using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Jobs;

/// <summary>
/// Resumes what is due: every second by its job, and at once when the nearest timer known to this process falls due.
/// A timer decides nothing itself; the handler asks the state. Handling may happen twice (a node dies between resuming and
/// returning), so the handler must delete the bookmark in the transaction of the resumption.
/// </summary>
public sealed class TimerSweep : IDisposable
{
    /// <summary>Many at once, so that the commit lane can put them into one transaction.</summary>
    private const int Parallel = 64;

    private static readonly Meter Meter = new("PublicService.Timers");
    private static readonly Histogram<double> Lateness =
        Meter.CreateHistogram<double>("publicservice.timers.lateness", "s", "From the due instant of a timer to its resumption.");

    private readonly DueTimers timers;
    private readonly CommitLane lane;
    private readonly TimeProvider time;
    private readonly Func<DueTimer, CancellationToken, Task> handler;
    private readonly ILogger<TimerSweep> log;
    private readonly SemaphoreSlim one = new(1, 1);
    private readonly SweepAlarm alarm;

    public TimerSweep(
        Database database,
        IDbContextFactory<EngineDb> contexts,
        CommitLane lane,
        TimeProvider time,
        ILogger<TimerSweep> log,
        Func<DueTimer, CancellationToken, Task> handler)
    {
        timers = new DueTimers(database, contexts, lane, time);
        this.lane = lane;
        this.time = time;
        this.log = log;
        this.handler = handler;
        alarm = new SweepAlarm(time, log, SweepAsync);
        lane.Committed += Notice;
    }

    /// <summary>Starts what schedules have made due, before the timers are looked at.</summary>
    public Func<CancellationToken, Task<int>> Starts { get; init; } = _ => Task.FromResult(0);

    /// <summary>Resumes everything that is due and returns how many were handed to the handler. One sweep runs at a time.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken = default)
    {
        var count = 0;
        await one.WaitAsync(cancellationToken);
        try
        {
            count += await Starts(cancellationToken);
            while (await timers.TakeAsync(cancellationToken) is { Count: > 0 } batch)
            {
                await HandleAsync(batch, cancellationToken);
                count += batch.Count;
            }
        }
        finally
        {
            one.Release();
        }

        alarm.WaitFor(await timers.NextAsync(cancellationToken));
        return count;
    }

    public void Dispose()
    {
        lane.Committed -= Notice;
        alarm.Dispose();
    }

    private async Task HandleAsync(List<DueTimer> batch, CancellationToken cancellationToken)
    {
        var failed = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken };
        await System.Threading.Tasks.Parallel.ForEachAsync(batch, options, async (timer, cancel) =>
        {
            Lateness.Record((time.GetUtcNow() - timer.DueAt).TotalSeconds);
            try
            {
                await handler(timer, cancel);
            }
            catch (Exception error) when (error is not OperationCanceledException || !cancel.IsCancellationRequested)
            {
                failed[timer.BookmarkId] = true;
                log.LogError(error, "Timer {Bookmark} of instance {Instance} could not be resumed.", timer.BookmarkId, timer.InstanceId);
            }
        });

        var left = await timers.StillThereAsync(batch, cancellationToken);
        if (left.Count > 0)
        {
            log.LogInformation("{Left} of {Count} timers are still there, {Failed} of them failed.", left.Count, batch.Count, failed.Count);
            await timers.PostponeAsync(left, cancellationToken);
        }
    }

    private void Notice(Changes changes)
    {
        foreach (var change in changes.List)
        {
            if (change is { Kind: ChangeKind.Insert, Entity: BookmarkRow { DueAt: { } due } })
            {
                alarm.Notice(due);
            }
        }
    }
}
