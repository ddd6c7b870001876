namespace PublicService.Engine.Papers;

/// <summary>Routes of this folder.</summary>
public static class PaperRoutes
{
    public static void MapPapers(this IEndpointRouteBuilder routes)
    {
        ListDossierPapers.Map(routes);
        UploadPaper.Map(routes);
        DownloadPaper.Map(routes);
        RemovePaper.Map(routes);
    }
}
