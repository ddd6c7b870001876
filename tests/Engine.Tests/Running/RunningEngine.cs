using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Benchmarks.Setup;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;
using PublicService.Engine.Tests.Fixtures;

namespace PublicService.Engine.Tests.Running;

/// <summary>The whole engine with a fresh database and definitions made for tests; nothing runs in it by itself.</summary>
public abstract class RunningEngine : IAsyncLifetime
{
    private readonly List<BenchEngine> nodes = [];

    /// <summary>An officer's task that takes silence for an answer after three working days.</summary>
    public const string Silent = "test-silent";

    /// <summary>One hour's delay, then a line.</summary>
    public const string Delayed = "test-delayed";

    /// <summary>Two delays side by side, then a line.</summary>
    public const string Twins = "test-twins";

    public FakeClock Clock { get; } = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("publicservice-test-").FullName;

    public StorageOptions Options { get; private set; } = new();

    public BenchEngine Node => nodes[0];

    public IServiceProvider Services => Node.Services;

    /// <summary>One node after the other, where there are several.</summary>
    public IServiceProvider ServicesOf(int n) => nodes[n % nodes.Count].Services;
    /// <summary>Services of every node.</summary>
    public IEnumerable<IServiceProvider> All => nodes.Select(node => node.Services);

    /// <summary>Clicks of the first node, and of the second where the database may have several.</summary>
    public IReadOnlyList<Clicks> Clicks { get; private set; } = [];

    protected virtual int Nodes => 1;

    public EngineDb Open() => Services.GetRequiredService<IDbContextFactory<EngineDb>>().CreateDbContext();

    public async Task InitializeAsync()
    {
        Options = await OptionsAsync();
        for (var node = 0; node < Nodes; node++)
        {
            nodes.Add(await BenchEngine.PrepareAsync(Options, Clock));
            await PublishAsync(nodes[node].Services);
        }

        Clicks = [.. nodes.Select(node => new Clicks(node.Services))];
    }

    public async Task DisposeAsync()
    {
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Publishes a definition that one test needs.</summary>
    public async Task PublishAsync(params System.Text.Json.Nodes.JsonObject[] definitions)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder, Guid.NewGuid().ToString("n"))).FullName;
        Array.ForEach(definitions, definition => BenchWork.Write(folder, definition));
        await Services.GetRequiredService<DefinitionStore>().PublishFolderAsync(folder, "test", CancellationToken.None);
    }

    protected abstract Task<StorageOptions> OptionsAsync();

    private async Task PublishAsync(IServiceProvider services)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder, "test-workflows")).FullName;
        BenchWork.Write(folder, BenchWork.Definition(Silent, BenchWork.OfficerTask("duyet", silenceDays: 3)));
        BenchWork.Write(folder, BenchWork.Definition(Delayed, BenchWork.Delay("cho", TimeSpan.FromHours(1)), BenchWork.Line("sau")));
        BenchWork.Write(folder, BenchWork.Definition(
            Twins,
            new()
            {
                ["id"] = "hai",
                ["type"] = "Elsa.Parallel",
                ["activities"] = new System.Text.Json.Nodes.JsonArray(BenchWork.Delay("mot", TimeSpan.FromHours(1)), BenchWork.Delay("haiA", TimeSpan.FromHours(1))),
            },
            BenchWork.Line("sau")));
        await services.GetRequiredService<DefinitionStore>().PublishFolderAsync(folder, "test", CancellationToken.None);
    }
}

public sealed class EngineOnSqlite : RunningEngine
{
    protected override Task<StorageOptions> OptionsAsync() => Task.FromResult(new StorageOptions { DataFolder = Folder, LockTimeoutSeconds = 1 });
}

/// <summary>Two nodes on one database: between them only the version columns decide.</summary>
public sealed class EnginesOnPostgres : RunningEngine
{
    protected override int Nodes => 2;

    protected override async Task<StorageOptions> OptionsAsync() => new()
    {
        Database = DatabaseKind.Postgres,
        DataFolder = Folder,
        ConnectionString = await (await PostgresServer.GetAsync()).CreateDatabaseAsync(),
    };
}
