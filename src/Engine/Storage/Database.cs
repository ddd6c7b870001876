using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace PublicService.Engine.Storage;

/// <summary>Where the data is and how it is opened. One per process.</summary>
public sealed class Database : IAsyncDisposable
{
    private readonly StorageOptions options;

    public Database(StorageOptions options)
    {
        this.options = options;
        Kind = options.Database;
        if (Kind == DatabaseKind.Postgres)
        {
            var given = options.ConnectionString
                ?? throw new InvalidOperationException("Storage:ConnectionString is needed for PostgreSQL.");
            var builder = new NpgsqlConnectionStringBuilder(given);
            if (builder.MaxAutoPrepare == 0)
            {
                // Statements are few and always the same; without this each click would be parsed and planned anew.
                builder.MaxAutoPrepare = 200;
                builder.AutoPrepareMinUsages = 2;
            }

            ConnectionString = builder.ConnectionString;
            Source = NpgsqlDataSource.Create(builder);
        }
        else
        {
            var builder = options.ConnectionString is { } given
                ? new SqliteConnectionStringBuilder(given)
                : new SqliteConnectionStringBuilder { DataSource = Path.Combine(options.DataFolder, "engine.db") };
            builder.ForeignKeys = true;
            builder.DefaultTimeout = options.LockTimeoutSeconds;
            ConnectionString = builder.ConnectionString;
        }
    }

    public DatabaseKind Kind { get; }

    public string ConnectionString { get; }

    /// <summary>Connections of PostgreSQL; null on SQLite.</summary>
    public NpgsqlDataSource? Source { get; }

    internal SqliteGate Gate { get; } = new();

    /// <summary>
    /// Opens the writer's connection: WAL, so that readers never wait; flushed at each commit (spelled out, because builds of
    /// SQLite differ in their default). Not pooled: closing it must really roll back. The log is copied into the file every
    /// 32 MB instead of every 4: pages that many clicks touch are then copied once.
    /// </summary>
    internal SqliteConnection OpenWriter()
    {
        var builder = new SqliteConnectionStringBuilder(ConnectionString) { Pooling = false };
        if (Path.GetDirectoryName(builder.DataSource) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }

        var connection = new SqliteConnection(builder.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            pragma busy_timeout = {options.LockTimeoutSeconds * 1000};
            pragma journal_mode = wal;
            pragma synchronous = full;
            pragma wal_autocheckpoint = 8000;
            pragma cache_size = -65536;
            """;
        command.ExecuteNonQuery();
        return connection;
    }

    /// <summary>Configures a context. Reading needs nothing at each opening; the rare writes of EF itself pass the writer's gate.</summary>
    public void Configure(DbContextOptionsBuilder builder)
    {
        if (Source is not null)
        {
            builder.UseNpgsql(Source);
        }
        else
        {
            builder.UseSqlite(ConnectionString).AddInterceptors(new SqliteWriteInterceptor(Gate));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Source is not null)
        {
            await Source.DisposeAsync();
        }
        else
        {
            using var connection = new SqliteConnection(ConnectionString);
            SqliteConnection.ClearPool(connection);
        }

        Gate.Dispose();
    }
}
