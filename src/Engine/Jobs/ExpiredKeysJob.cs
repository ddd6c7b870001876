using PublicService.Engine.Storage;
using Quartz;

namespace PublicService.Engine.Jobs;

/// <summary>Removes old idempotency keys, often and few at a time, so that it never holds up a click.</summary>
[DisallowConcurrentExecution]
public sealed class ExpiredKeysJob(CommitLane lane, TimeProvider time) : IJob
{
    /// <summary>Longer than any client keeps repeating a request.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(3);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await RunAsync(cancellationToken);

    public Task RunAsync(CancellationToken cancellationToken = default) => lane.CommitAsync(
        new Changes().Execute($"delete from idempotency_keys where created_at < {time.GetUtcNow() - Kept}"), cancellationToken);
}
