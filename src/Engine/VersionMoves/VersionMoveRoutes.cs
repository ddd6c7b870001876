using Quartz;

namespace PublicService.Engine.VersionMoves;

/// <summary>Routes of this folder and the job that carries orders out.</summary>
public static class VersionMoveRoutes
{
    public static IServiceCollection AddVersionMoves(this IServiceCollection services)
    {
        services.AddSingleton<MoveDryRun>();
        services.AddSingleton<VersionMoveRunner>();
        return services.AddQuartz(quartz => quartz.ScheduleJob<VersionMoveJob>(
            trigger => trigger.WithIdentity("version-moves").StartNow().WithSimpleSchedule(schedule => schedule.WithInterval(TimeSpan.FromSeconds(1)).RepeatForever()),
            job => job.WithIdentity("version-moves")));
    }

    public static void MapVersionMoves(this IEndpointRouteBuilder routes)
    {
        ListRunningVersions.Map(routes);
        AddVersionMove.Map(routes);
        ListVersionMoves.Map(routes);
        ShowVersionMove.Map(routes);
        DryRunVersionMove.Map(routes);
        RunVersionMove.Map(routes);
        ListVersionMoveItems.Map(routes);
    }
}
