using PublicService.Engine.Directories;
using PublicService.Engine.Observability;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Seeding;

/// <summary>What happens between building the engine and its first request.</summary>
public static class StartUp
{
    /// <summary>Migrates, imports base data, loads the directories and, when asked, adds the demo people.</summary>
    public static async Task PrepareAsync(this WebApplication app, EngineOptions options)
    {
        var services = app.Services;
        var cancellation = app.Lifetime.ApplicationStopping;
        await services.GetRequiredService<Migrator>().MigrateAsync(cancellation);
        services.GetRequiredService<Readiness>().Report(Readiness.Migrations, true);
        await services.GetRequiredService<BaseData>().ImportAsync(cancellation);
        await services.GetRequiredService<DirectoryRefresh>().RefreshAsync(cancellation);
        await services.GetRequiredService<FirstAdmin>().AddAsync(cancellation);
        if (options.Demo)
        {
            await services.GetRequiredService<DemoPeople>().AddAsync(cancellation);
            app.Logger.LogWarning(
                "DEMO: invented people with the password {Password}, for example tiepnhan, hotich, lanhdao, vanthu, traketqua, giamsat, quantri, kythuat.",
                DemoPeople.Password);
        }
    }
}
