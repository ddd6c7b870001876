using PublicService.Dossiers;

namespace PublicService.Engine.Definitions;

/// <summary>Wires what analysts and supervisors read of definitions beside drawing them.</summary>
public static class DefinitionRoutes
{
    /// <summary>Who may look at definitions; changing them is another matter.</summary>
    public static readonly string[] Readers = [Role.BusinessAdmin, Role.TechnicalAdmin, Role.Supervisor];

    public static IServiceCollection AddDefinitions(this IServiceCollection services) => services
        .AddSingleton<DefinitionFindings>()
        .AddScoped<VersionReading>()
        .AddScoped<HeatReading>();

    public static void MapDefinitions(this IEndpointRouteBuilder routes)
    {
        ListVersions.Map(routes);
        DrawDefinition.Map(routes);
        CompareVersions.Map(routes);
        ShowHeat.Map(routes);
        CheckDefinitions.Map(routes);
    }
}
