namespace PublicService.Engine.Jobs;

/// <summary>
/// Rings when the nearest instant known to this process has come, so that a sweep need not wait for its next round. Other processes'
/// instants become known with the round.
/// </summary>
internal sealed class SweepAlarm : IDisposable
{
    private readonly TimeProvider time;
    private readonly Func<CancellationToken, Task> ring;
    private readonly ILogger log;
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock guard = new();
    private readonly ITimer alarm;
    private DateTimeOffset? nearest;

    public SweepAlarm(TimeProvider time, ILogger log, Func<CancellationToken, Task> ring)
    {
        (this.time, this.log, this.ring) = (time, log, ring);
        alarm = time.CreateTimer(_ => _ = RingAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Takes an instant that has become known: it counts when it is nearer than the one waited for.</summary>
    public void Notice(DateTimeOffset due) => Set(due, replace: false);

    /// <summary>Waits for this instant and no other; for none when there is none.</summary>
    public void WaitFor(DateTimeOffset? due) => Set(due, replace: true);

    public void Dispose()
    {
        stopping.Cancel();
        alarm.Dispose();
        stopping.Dispose();
    }

    private void Set(DateTimeOffset? due, bool replace)
    {
        lock (guard)
        {
            if (stopping.IsCancellationRequested || (!replace && nearest <= due))
            {
                return;
            }

            nearest = due;
            if (due is null)
            {
                alarm.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                return;
            }

            // The framework's timers take about 49 days at most; the job comes round in between anyway.
            var wait = due.Value - time.GetUtcNow();
            alarm.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : wait, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task RingAsync()
    {
        try
        {
            await ring(stopping.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            // The engine is stopping.
        }
        catch (Exception error)
        {
            log.LogError(error, "A sweep failed; the next round tries again.");
        }
    }
}
