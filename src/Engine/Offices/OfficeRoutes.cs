namespace PublicService.Engine.Offices;

/// <summary>Routes of this folder.</summary>
public static class OfficeRoutes
{
    public static void MapOffices(this IEndpointRouteBuilder routes)
    {
        ListOffices.Map(routes);
        ShowOffice.Map(routes);
        AddOffice.Map(routes);
        RenameOffice.Map(routes);
        EndOffice.Map(routes);
    }
}
