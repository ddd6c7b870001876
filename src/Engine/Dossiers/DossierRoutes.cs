using PublicService.Engine.Directories;

namespace PublicService.Engine.Dossiers;

/// <summary>Routes of this folder.</summary>
public static class DossierRoutes
{
    public static IServiceCollection AddDossiers(this IServiceCollection services) => services.AddScoped<FormOrigins>().AddScoped<IntakeForms>();

    public static void MapDossiers(this IEndpointRouteBuilder routes)
    {
        StartDossier.Map(routes);
        ListDossiers.Map(routes);
        ShowDossier.Map(routes);
        ShowLedger.Map(routes);
        ShowClocks.Map(routes);
        ListParts.Map(routes);
        ListSteps.Map(routes);
        ReturnDossier.Map(routes);
        WithdrawDossier.Map(routes);
        ForwardDossier.Map(routes);
        ShowShares.Map(routes);
        ListNonBoundary.Map(routes);
        HandOverDossier.Map(routes);
        ChangeReturnPoint.Map(routes);
    }
}
