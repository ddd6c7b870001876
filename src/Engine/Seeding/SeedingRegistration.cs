namespace PublicService.Engine.Seeding;

/// <summary>Wires the first filling of the database.</summary>
public static class SeedingRegistration
{
    public static IServiceCollection AddSeeding(this IServiceCollection services)
    {
        services.AddSingleton(SeedFolder.Default);
        services.AddSingleton<BaseData>();
        services.AddSingleton<FirstAdmin>();
        services.AddSingleton<DemoPeople>();
        return services;
    }
}
