namespace PublicService.Engine.Operations;

/// <summary>Routes of this folder.</summary>
public static class OperationRoutes
{
    public static void MapOperations(this IEndpointRouteBuilder routes)
    {
        ListIncidents.Map(routes);
        RetryIncident.Map(routes);
        SkipIncident.Map(routes);
        ListMessages.Map(routes);
        ReplayMessage.Map(routes);
    }
}
