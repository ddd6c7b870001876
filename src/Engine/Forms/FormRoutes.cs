namespace PublicService.Engine.Forms;

/// <summary>Routes of this folder.</summary>
public static class FormRoutes
{
    public static IServiceCollection AddForms(this IServiceCollection services) => services.AddScoped<ControlSheets>().AddScoped<RegisterPaper>();

    public static void MapForms(this IEndpointRouteBuilder routes)
    {
        ListIssuedForms.Map(routes);
        PrintForm.Map(routes);
        DraftForm.Map(routes);
        PrintRegister.Map(routes);
    }
}
