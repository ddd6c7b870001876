namespace PublicService.Engine.Storage;

/// <summary>Section <c>Storage</c> of the configuration.</summary>
public sealed record StorageOptions
{
    public DatabaseKind Database { get; init; } = DatabaseKind.Sqlite;

    /// <summary>Folder of everything the engine writes itself: the SQLite file, files of dossiers, outgoing messages.</summary>
    public string DataFolder { get; init; } = "data";

    /// <summary>Needed for PostgreSQL. For SQLite the default is <c>engine.db</c> in <see cref="DataFolder"/>.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Whole seconds a SQLite writer waits for a lock held by another process before the commit fails.</summary>
    public int LockTimeoutSeconds { get; init; } = 5;
}
