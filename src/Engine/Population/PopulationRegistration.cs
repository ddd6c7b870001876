namespace PublicService.Engine.Population;

/// <summary>Chooses the population registry: the configured one, else the invented one in a demo, else none.</summary>
public static class PopulationRegistration
{
    public static IServiceCollection AddPopulation(this IServiceCollection services, IConfiguration configuration, bool demo)
    {
        if (configuration["Population:Url"] is { Length: > 0 } url)
        {
            services.AddSingleton<IPopulationRegistry>(_ => new HttpPopulationRegistry(new HttpClient(), new Uri(url)));
        }
        else if (demo)
        {
            services.AddSingleton<IPopulationRegistry, DemoPopulationRegistry>();
        }

        return services.AddScoped<PopulationQuestions>();
    }
}
