using Quartz;

namespace PublicService.Engine.Reorganisation;

/// <summary>Routes of this folder and the job that carries plans out.</summary>
public static class ReorganisationRoutes
{
    public static IServiceCollection AddReorganisation(this IServiceCollection services)
    {
        services.AddSingleton<PlanTable>();
        services.AddSingleton<PlanCheck>();
        services.AddSingleton<PlanOffices>();
        services.AddSingleton<DossierMover>();
        services.AddSingleton<PeopleMover>();
        services.AddSingleton<DryRun>();
        services.AddSingleton<ReorganisationRunner>();
        return services.AddQuartz(quartz => quartz.ScheduleJob<ReorganisationJob>(
            trigger => trigger.WithIdentity("reorganisation").StartNow().WithSimpleSchedule(schedule => schedule.WithInterval(TimeSpan.FromSeconds(1)).RepeatForever()),
            job => job.WithIdentity("reorganisation")));
    }

    public static void MapReorganisation(this IEndpointRouteBuilder routes)
    {
        AddReorganisationPlan.Map(routes);
        ListReorganisations.Map(routes);
        ShowReorganisation.Map(routes);
        DryRunReorganisation.Map(routes);
        RunReorganisation.Map(routes);
        ListReviews.Map(routes);
        PlaceReview.Map(routes);
    }
}
