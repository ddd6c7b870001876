using Microsoft.EntityFrameworkCore;
using PublicService.Activities;
using PublicService.Activities.Work;
using PublicService.Dossiers;
using PublicService.Engine.Jobs;
using PublicService.Engine.Outbox;
using PublicService.Engine.Population;
using PublicService.Engine.Printing;
using PublicService.Engine.Storage;
using PublicService.Workflows.Catalog;
using Quartz;

namespace PublicService.Engine.Running;

/// <summary>Wires the workflows: catalogue, definitions, the doors through which instances change, timers and what leaves by the outbox.</summary>
public static class RunningRegistration
{
    public static IServiceCollection AddRunning(this IServiceCollection services)
    {
        services.AddSingleton(ActivityCatalog.Of(typeof(ActivitiesRoom).Assembly));
        services.AddSingleton<DefinitionCache>();
        services.AddHostedService<DefinitionNews>();
        services.AddSingleton<DefinitionGate>();
        services.AddSingleton<DefinitionStore>();
        services.AddSingleton<DefinitionVersions>();
        services.AddSingleton<DossierSubjects>();
        services.AddSingleton<FormContents>();
        services.AddSingleton<FormIssue>();
        services.AddSingleton<ClickMaking>();
        services.AddSingleton<ClickRoom>();
        services.AddSingleton(provider => new DossierNumbers((prefix, cancellation) =>
            LastNumberAsync(provider.GetRequiredService<IDbContextFactory<EngineDb>>(), prefix, cancellation)));
        services.AddSingleton<DossierStarts>();
        services.AddSingleton<LinkedSubmissions>();
        services.AddSingleton<InstanceRuns>();
        services.AddScoped<DossierRuns>();
        services.AddSingleton<TaskAnswers>();
        services.AddKeyedSingleton<IMessageChannel, EventDelivery>(EventDelivery.Kind);
        services.AddKeyedSingleton<IMessageChannel, LinkedDossiers>(LinkedDossiers.Kind);
        services.AddKeyedSingleton<IMessageChannel, PopulationChannel>(LookUpPopulation.Kind);
        services.AddSingleton<ScheduledStarts>();
        services.AddTimerSweep(
            provider => provider.GetRequiredService<InstanceRuns>().ResumeAsync, provider => provider.GetRequiredService<ScheduledStarts>().StartDueAsync);
        services.AddExpiredKeys();
        return services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
    }

    private static async Task<int> LastNumberAsync(IDbContextFactory<EngineDb> contexts, string prefix, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var last = await db.Dossiers.LastCode(prefix).FirstOrDefaultAsync(cancellationToken);
        return last is null ? 0 : DossierCode.Parse(last).Number;
    }
}
