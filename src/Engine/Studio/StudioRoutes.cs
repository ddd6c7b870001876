using PublicService.Dossiers;
using PublicService.Engine.Access;

namespace PublicService.Engine.Studio;

/// <summary>
/// The API Elsa Studio calls, with its spelling (Elsa contract A). Not part of our own API: no problem codes are promised, lists are
/// paged by number, and whoever may only read is told so by a missing link.
/// </summary>
public static class StudioRoutes
{
    /// <summary>Name of the policy that lets the Designer's pages call from their own address.</summary>
    public const string Cors = "Designer";

    private static readonly string[] Readers = [Role.BusinessAdmin, Role.TechnicalAdmin, Role.Supervisor];

    public static void AddStudio(this IServiceCollection services, IConfiguration configuration)
    {
        var origins = configuration.GetSection("Studio:Origins").Get<string[]>() ?? ["http://127.0.0.1:5081", "http://localhost:5081"];
        services.AddCors(cors => cors.AddPolicy(Cors, policy => policy
            .WithOrigins(origins)
            .AllowAnyHeader()
            .WithMethods("GET", "POST", "DELETE")
            .AllowCredentials()
            .WithExposedHeaders("x-elsa-workflow-instance-id", "x-elsa-workflow-cannot-start", "Content-Disposition", "ETag")
            .SetPreflightMaxAge(TimeSpan.FromHours(1))));
        services.AddSingleton<Pickers>();
        services.AddSingleton<ActivityList>();
        services.AddSingleton<DefinitionForms>();
        services.AddSingleton<ObservedInstances>();
        services.AddSignalR();
        services.AddHostedService<LiveInstances>();
    }

    public static void MapStudio(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/elsa/api").RequireCors(Cors).ExcludeFromDescription();
        var read = api.MapGroup("").RequireRole(Readers);
        Descriptors.Map(read);
        ListDefinitions.Map(read);
        ShowDefinition.Map(read);
        ListInstances.Map(read);
        ShowInstance.Map(read);
        ShowExecutions.Map(read);
        ExportDefinition.Map(read);
        ExportInstances.Map(read);
        ScriptTypes.Map(read);
        var write = api.MapGroup("").RequireRole(Role.BusinessAdmin);
        SaveDefinition.Map(write);
        ChangeDefinitions.Map(write);
        ChangeInstances.Map(write);
        TestActivity.Map(write);
        routes.MapHub<InstanceHub>("/elsa/hubs/workflow-instance").RequireCors(Cors).RequireRole(Readers);
    }
}
