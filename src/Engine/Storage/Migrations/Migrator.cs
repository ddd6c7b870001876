using System.Data.Common;
using System.Globalization;

namespace PublicService.Engine.Storage;

/// <summary>
/// Brings the database to the shape this version needs: runs the numbered scripts that are not listed in
/// <c>schema_migrations</c> yet, all in one transaction, while all other engines that start wait.
/// </summary>
public sealed class Migrator(Database database, TimeProvider time)
{
    /// <summary>Any number, as long as it is always the same: the name of the lock in PostgreSQL.</summary>
    private const long LockNumber = 7_316_920_114;

    /// <summary>Seconds; another engine may be busy with a large table.</summary>
    private const int Timeout = 600;

    /// <summary>Returns the scripts that were run now, in order.</summary>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken = default)
    {
        await using DbConnection connection = database.Source is { } source
            ? await source.OpenConnectionAsync(cancellationToken)
            : database.OpenWriter();
        var isPostgres = database.Kind == DatabaseKind.Postgres;
        if (isPostgres)
        {
            await RunAsync(connection, $"select pg_advisory_lock({LockNumber})", cancellationToken);
        }

        try
        {
            return await RunScriptsAsync(connection, isPostgres ? "begin" : "begin exclusive", cancellationToken);
        }
        finally
        {
            if (isPostgres)
            {
                await RunAsync(connection, $"select pg_advisory_unlock({LockNumber})", CancellationToken.None);
            }
        }
    }

    private async Task<IReadOnlyList<string>> RunScriptsAsync(DbConnection connection, string begin, CancellationToken cancellationToken)
    {
        await RunAsync(connection, begin, cancellationToken);
        try
        {
            await RunAsync(
                connection,
                "create table if not exists schema_migrations (name text not null primary key, applied_at bigint not null)",
                cancellationToken);
            var known = await KnownAsync(connection, cancellationToken);
            var run = new List<string>();
            foreach (var (name, sql) in Scripts().Where(script => !known.Contains(script.Name)))
            {
                await RunAsync(connection, sql, cancellationToken);
                var now = time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
                await RunAsync(connection, $"insert into schema_migrations (name, applied_at) values ('{name}', {now})", cancellationToken);
                run.Add(name);
            }

            await RunAsync(connection, "commit", cancellationToken);
            return run;
        }
        catch
        {
            await RunAsync(connection, "rollback", CancellationToken.None);
            throw;
        }
    }

    private IEnumerable<(string Name, string Sql)> Scripts()
    {
        var assembly = typeof(Migrator).Assembly;
        var folder = $"Storage.Migrations.{database.Kind}.";
        foreach (var resource in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            var at = resource.IndexOf(folder, StringComparison.Ordinal);
            if (at < 0 || !resource.EndsWith(".sql", StringComparison.Ordinal))
            {
                continue;
            }

            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return (resource[(at + folder.Length)..^".sql".Length], reader.ReadToEnd());
        }
    }

    private static async Task<HashSet<string>> KnownAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "select name from schema_migrations";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    private static async Task RunAsync(DbConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = Timeout;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
