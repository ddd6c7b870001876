namespace PublicService.Engine.Results;

/// <summary>Routes of this folder.</summary>
public static class ResultRoutes
{
    public static void MapResults(this IEndpointRouteBuilder routes)
    {
        ListResults.Map(routes);
        ShowResult.Map(routes);
    }
}
