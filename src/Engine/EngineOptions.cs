using PublicService.Engine.Access;
using PublicService.Engine.Storage;

namespace PublicService.Engine;

/// <summary>Section <c>Engine</c> of the configuration and the options of the command line.</summary>
public sealed record EngineOptions
{
    /// <summary>Folder of everything the engine writes: <c>--data DIR</c>.</summary>
    public string Data { get; init; } = "data";

    /// <summary>Add invented people: <c>--demo</c>, <c>--no-demo</c>.</summary>
    public bool Demo { get; init; }

    /// <summary>Connection string of PostgreSQL instead of the embedded SQLite: <c>--postgres CONNECTION</c>.</summary>
    public string? Postgres { get; init; }

    /// <summary>Folder of workflow definitions to import: <c>--workflows DIR</c>.</summary>
    public string? Workflows { get; init; }

    /// <summary>Show <c>/metrics</c> only to the same machine.</summary>
    public bool MetricsLoopbackOnly { get; init; }

    public AccessOptions Access { get; init; } = new();

    public StorageOptions Storage => new()
    {
        Database = Postgres is null ? DatabaseKind.Sqlite : DatabaseKind.Postgres,
        DataFolder = Data,
        ConnectionString = Postgres,
    };

    /// <summary>The command line in the words of the configuration: short options get their section, switches get a value.</summary>
    public static string[] Translate(string[] args) =>
    [
        .. args.Select(arg => arg switch
        {
            "--demo" => "--Engine:Demo=true",
            "--no-demo" => "--Engine:Demo=false",
            "--data" or "--postgres" or "--workflows" => $"--Engine:{arg[2..]}",
            _ when arg.StartsWith("--data=", StringComparison.Ordinal)
                || arg.StartsWith("--postgres=", StringComparison.Ordinal)
                || arg.StartsWith("--workflows=", StringComparison.Ordinal) => $"--Engine:{arg[2..]}",
            _ => arg,
        }),
    ];

    public static EngineOptions From(IConfiguration configuration) =>
        configuration.GetSection("Engine").Get<EngineOptions>() ?? new EngineOptions();
}
