using Quartz;

namespace PublicService.Engine.Jobs;

/// <summary>The recurring round of the timer sweep; every node runs its own.</summary>
[DisallowConcurrentExecution]
public sealed class TimerSweepJob(TimerSweep sweep) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await sweep.SweepAsync(cancellationToken);
}
