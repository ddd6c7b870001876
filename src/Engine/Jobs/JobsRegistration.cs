using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Storage;
using Quartz;

namespace PublicService.Engine.Jobs;

/// <summary>Wires the recurring jobs.</summary>
public static class JobsRegistration
{
    /// <param name="handler">Makes what resumes one due timer; it is called from many threads at once.</param>
    /// <param name="starts">Makes what starts the workflows whose schedule has come.</param>
    public static IServiceCollection AddTimerSweep(
        this IServiceCollection services,
        Func<IServiceProvider, Func<DueTimer, CancellationToken, Task>> handler,
        Func<IServiceProvider, Func<CancellationToken, Task<int>>> starts,
        TimeSpan? every = null)
    {
        services.AddSingleton(provider => new TimerSweep(
            provider.GetRequiredService<Database>(),
            provider.GetRequiredService<IDbContextFactory<EngineDb>>(),
            provider.GetRequiredService<CommitLane>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<TimerSweep>>(),
            handler(provider))
        {
            Starts = starts(provider),
        });
        return services.AddQuartz(quartz => quartz.ScheduleJob<TimerSweepJob>(
            trigger => trigger.WithIdentity("timer-sweep").StartNow().WithSimpleSchedule(schedule => schedule
                .WithInterval(every ?? TimeSpan.FromSeconds(1)).RepeatForever()),
            job => job.WithIdentity("timer-sweep")));
    }

    /// <summary>Forgets idempotency keys that nobody will repeat any more.</summary>
    public static IServiceCollection AddExpiredKeys(this IServiceCollection services) =>
        services.AddQuartz(quartz => quartz.ScheduleJob<ExpiredKeysJob>(
            trigger => trigger.WithIdentity("expired-keys").StartNow().WithSimpleSchedule(schedule => schedule
                .WithInterval(TimeSpan.FromMinutes(10)).RepeatForever()),
            job => job.WithIdentity("expired-keys")));
}
