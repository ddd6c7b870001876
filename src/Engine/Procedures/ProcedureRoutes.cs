namespace PublicService.Engine.Procedures;

/// <summary>Wires the catalogue of procedures and its routes.</summary>
public static class ProcedureRoutes
{
    public static IServiceCollection AddProcedures(this IServiceCollection services) => services
        .AddSingleton<ProcedureCatalogue>()
        .AddSingleton<BundleReading>();

    public static void MapProcedures(this IEndpointRouteBuilder routes)
    {
        ListProcedures.Map(routes);
        ShowProcedure.Map(routes);
        ShowForm.Map(routes);
        ListPapers.Map(routes);
        ListWordings.Map(routes);
        AddWording.Map(routes);
        CorrectWording.Map(routes);
        EndProcedure.Map(routes);
        AssignDefinition.Map(routes);
        CreateImport.Map(routes);
        ListImports.Map(routes);
        ShowImport.Map(routes);
        ListImportRows.Map(routes);
        ExportImport.Map(routes);
        EditImportRow.Map(routes);
        DecideImportRows.Map(routes);
        ApplyImport.Map(routes);
        ShowBundle.Map(routes);
        ImportBundle.Map(routes);
        PublishDefinition.Map(routes);
    }
}
