namespace PublicService.Engine.ServiceIndex;

/// <summary>Wires this folder: the preview of the index of QĐ 766.</summary>
public static class ServiceIndexRegistration
{
    public static IServiceCollection AddServiceIndex(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(IndexCatalogue.Read(configuration["ServiceIndex:File"]));
        return services.AddScoped<IndexFigures>();
    }

    public static void MapServiceIndex(this IEndpointRouteBuilder routes)
    {
        ShowServiceIndex.Map(routes);
        ShowIndexHistory.Map(routes);
        ListIndexDossiers.Map(routes);
    }
}
