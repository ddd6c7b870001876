using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Tests.Fixtures;

/// <summary>A fresh, migrated database for one test class, with the same wiring as the engine.</summary>
public abstract class TestDatabase : IAsyncLifetime
{
    private ServiceProvider? services;

    public FakeClock Clock { get; } = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("publicservice-test-").FullName;

    public StorageOptions Options { get; private set; } = new();

    public IServiceProvider Services => services ?? throw new InvalidOperationException("Not initialised.");

    public Database Database => Services.GetRequiredService<Database>();

    public CommitLane Lane => Services.GetRequiredService<CommitLane>();

    public IDbContextFactory<EngineDb> Contexts => Services.GetRequiredService<IDbContextFactory<EngineDb>>();

    public EngineDb Open() => Contexts.CreateDbContext();

    public async Task InitializeAsync()
    {
        Options = await OptionsAsync();
        services = Wire();
        await services.GetRequiredService<Migrator>().MigrateAsync();
    }

    /// <summary>A second engine over the same database.</summary>
    public ServiceProvider Wire()
    {
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddSingleton<TimeProvider>(Clock);
        collection.AddStorage(Options);
        return collection.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }

    public async Task DisposeAsync()
    {
        if (services is not null)
        {
            await services.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }

    protected abstract Task<StorageOptions> OptionsAsync();
}

public sealed class SqliteDatabase : TestDatabase
{
    protected override Task<StorageOptions> OptionsAsync() =>
        Task.FromResult(new StorageOptions { DataFolder = Folder, LockTimeoutSeconds = 1 });
}

public sealed class PostgresDatabase : TestDatabase
{
    protected override async Task<StorageOptions> OptionsAsync()
    {
        var server = await PostgresServer.GetAsync();
        return new StorageOptions
        {
            Database = DatabaseKind.Postgres,
            DataFolder = Folder,
            ConnectionString = await server.CreateDatabaseAsync(),
        };
    }
}
