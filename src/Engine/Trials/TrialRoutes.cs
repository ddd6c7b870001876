namespace PublicService.Engine.Trials;

/// <summary>Routes of this folder.</summary>
public static class TrialRoutes
{
    public static IServiceCollection AddTrials(this IServiceCollection services)
    {
        services.AddSingleton(TrialLimits.Default);
        services.AddSingleton<TrialStarts>();
        services.AddSingleton<TrialPictures>();
        services.AddSingleton<TrialPlay>();
        return services;
    }

    public static void MapTrials(this IEndpointRouteBuilder routes)
    {
        ShowTrialStart.Map(routes);
        RunTrial.Map(routes);
    }
}
