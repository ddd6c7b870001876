using PublicService.Engine.Outbox;
using PublicService.Engine.Running;

namespace PublicService.Engine.NationalPortal;

/// <summary>Wires this folder: the channel that tells the national portal, and the routes that show what it knows.</summary>
public static class NationalPortalRegistration
{
    public static IServiceCollection AddNationalPortal(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection("NationalPortal").Get<NationalPortalOptions>() ?? new NationalPortalOptions();
        services.AddSingleton(options);
        services.AddSingleton(_ => new PortalClient(new HttpClient { Timeout = options.Timeout }, options));
        services.AddSingleton<PortalSubjects>();
        services.AddSingleton<DossierMessage>();
        services.AddSingleton<ProgressMessage>();
        services.AddSingleton<PortalOutcomes>();
        services.AddSingleton<PortalLooks>();
        return options.IsConfigured
            ? services.AddKeyedSingleton<IMessageChannel, PortalChannel>(DossierFacts.PortalKind)
            : services.AddKeyedSingleton<IMessageChannel, PortalFiles>(DossierFacts.PortalKind);
    }

    public static void MapNationalPortal(this IEndpointRouteBuilder routes)
    {
        ShowReconciliation.Map(routes);
        ListPortalDossiers.Map(routes);
        ListDifferences.Map(routes);
        SendAgain.Map(routes);
        CorrectApplicant.Map(routes);
    }
}
