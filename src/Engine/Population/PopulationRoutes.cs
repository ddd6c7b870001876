namespace PublicService.Engine.Population;

/// <summary>Routes of this folder.</summary>
public static class PopulationRoutes
{
    public static void MapPopulation(this IEndpointRouteBuilder routes) => PrefillForm.Map(routes);
}
