namespace PublicService.Engine.Supplements;

/// <summary>Routes of this folder.</summary>
public static class SupplementRoutes
{
    public static void MapSupplements(this IEndpointRouteBuilder routes)
    {
        RequestSupplement.Map(routes);
        ListSupplementRequests.Map(routes);
        ProvideSupplement.Map(routes);
    }
}
