namespace PublicService.Engine.Procedures;

/// <summary>Routes of this folder.</summary>
public static class ProcedureRoutes
{
    public static void MapProcedures(this IEndpointRouteBuilder routes)
    {
        ListProcedures.Map(routes);
        ShowProcedure.Map(routes);
        ShowForm.Map(routes);
        ListPapers.Map(routes);
    }
}
