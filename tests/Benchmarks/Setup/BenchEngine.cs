using PublicService.Engine;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Files;
using PublicService.Engine.Http;
using PublicService.Engine.Observability;
using PublicService.Engine.Outbox;
using PublicService.Engine.Population;
using PublicService.Engine.Reorganisation;
using PublicService.Engine.Running;
using PublicService.Engine.Seeding;
using PublicService.Engine.Storage;
using PublicService.Engine.Supervision;
using PublicService.Engine.Tasks;

namespace PublicService.Benchmarks.Setup;

/// <summary>
/// The engine inside this process, wired as <c>Program.cs</c> wires it, with the definitions and procedures of <see cref="BenchWork"/>.
/// Jobs, outbox and web server run only when it is started.
/// </summary>
public sealed class BenchEngine : IAsyncDisposable
{
    private bool isStarted;

    private BenchEngine(WebApplication app) => App = app;

    public WebApplication App { get; }

    public IServiceProvider Services => App.Services;

    public static Task<BenchEngine> PrepareAsync(StorageOptions storage, TimeProvider? time = null) =>
        PrepareAsync(storage, time ?? TimeProvider.System, "http://127.0.0.1:0", _ => { });

    /// <param name="map">Adds routes before the engine is prepared.</param>
    public static async Task<BenchEngine> PrepareAsync(StorageOptions storage, TimeProvider time, string url, Action<WebApplication> map)
    {
        var engine = new BenchEngine(Build(storage, time, url));
        map(engine.App);
        await engine.App.PrepareAsync(new EngineOptions { Data = storage.DataFolder });
        await BenchWork.PublishAsync(engine.Services, storage.DataFolder);
        return engine;
    }

    /// <summary>Starts the jobs, the outbox and the web server.</summary>
    public Task StartAsync()
    {
        isStarted = true;
        return App.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (isStarted)
        {
            await App.StopAsync();
        }

        await App.DisposeAsync();
    }

    private static WebApplication Build(StorageOptions storage, TimeProvider time, string url)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        builder.WebHost.UseUrls(url);
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Error);
        builder.Logging.AddFilter((_, level) => level >= LogLevel.Error);
        var services = builder.Services;
        services.AddSingleton(time);
        services.AddSingleton(new EngineOptions { Data = storage.DataFolder });
        services.AddStorage(storage);
        services.AddHttpConventions();
        services.AddObservability();
        services.AddDirectories();
        services.AddAccess(storage.DataFolder, new AccessOptions());
        services.AddSeeding();
        services.AddFiles(new FileStoreOptions());
        services.AddOutbox(new OutboxOptions());
        services.AddPopulation(builder.Configuration, demo: false);
        services.AddRunning();
        services.AddSupervision();
        services.AddTasks();
        services.AddReorganisation();
        return builder.Build();
    }
}
