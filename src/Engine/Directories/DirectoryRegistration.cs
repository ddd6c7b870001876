namespace PublicService.Engine.Directories;

/// <summary>Wires offices, calendars, procedures, rules of assignment and the validator of forms.</summary>
public static class DirectoryRegistration
{
    public static IServiceCollection AddDirectories(this IServiceCollection services)
    {
        services.AddSingleton<OfficeDirectory>();
        services.AddSingleton<CalendarDirectory>();
        services.AddSingleton<ProcedureDirectory>();
        services.AddSingleton<AssignmentRules>();
        services.AddSingleton<FormValidator>();
        services.AddSingleton<DirectoryRefresh>();
        services.AddHostedService(provider => provider.GetRequiredService<DirectoryRefresh>());
        return services;
    }
}
