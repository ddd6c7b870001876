using PublicService.Engine.Outbox;
using Quartz;

namespace PublicService.Engine.Supervision;

/// <summary>Wires the sweep of deadlines and the routes of this folder.</summary>
public static class SupervisionRoutes
{
    public static IServiceCollection AddSupervision(this IServiceCollection services)
    {
        services.AddSingleton<Recipients>();
        services.AddSingleton<ApologyForecast>();
        services.AddSingleton<DeadlineNews>();
        services.AddSingleton<DeadlineSweep>();
        services.AddSingleton<EventBell>();
        services.AddScoped<SupervisionSight>();
        services.AddScoped<BoardCounts>().AddScoped<BoardRows>().AddScoped<OfficerRows>().AddScoped<FlowRows>().AddScoped<DelayRows>();
        services.AddScoped<DossierReading>().AddScoped<TaskReading>().AddScoped<EventReading>();
        services.AddScoped<DelayFacts>().AddScoped<DraftDecision>().AddScoped<ExportRows>().AddScoped<ExportLists>();
        services.AddKeyedSingleton<IMessageChannel, BreachLedger>(BreachLedger.Kind);
        services.AddKeyedSingleton<IMessageChannel, OverrunShares>(OverrunShares.Kind);
        return services.AddQuartz(quartz => quartz.ScheduleJob<DeadlineSweepJob>(
            trigger => trigger.WithIdentity("deadline-sweep").StartNow().WithSimpleSchedule(schedule => schedule
                .WithInterval(TimeSpan.FromSeconds(1)).RepeatForever()),
            job => job.WithIdentity("deadline-sweep")));
    }

    public static void MapSupervision(this IEndpointRouteBuilder routes)
    {
        ShowBoard.Map(routes);
        CountOfficers.Map(routes);
        CountFlows.Map(routes);
        CountDelays.Map(routes);
        ListSupervisedDossiers.Map(routes);
        ShowSupervisedDossier.Map(routes);
        ListSupervisedTasks.Map(routes);
        ListDeadlineEvents.Map(routes);
        StreamDeadlineEvents.Map(routes);
        RecordDelayReason.Map(routes);
        ListDelayReasons.Map(routes);
        ListDelayCauses.Map(routes);
        ListApologyDrafts.Map(routes);
        AcceptApology.Map(routes);
        DiscardApology.Map(routes);
        ShowEscalation.Map(routes);
        ChangeEscalation.Map(routes);
        ExportTable.Map(routes);
    }
}
