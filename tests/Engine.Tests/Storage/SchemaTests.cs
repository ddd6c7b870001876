using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Engine.Storage;
using PublicService.Engine.Tests.Fixtures;

namespace PublicService.Engine.Tests.Storage;

public abstract class SchemaTests(TestDatabase database)
{
    [Fact]
    public async Task Scripts_give_exactly_what_the_model_wants()
    {
        await using var db = database.Open();
        var byScripts = await DescribeAsync(db);

        var byModel = await DescribeAsync(await CreateFromModelAsync(db.Database.GenerateCreateScript()));

        Assert.NotEmpty(byModel);
        Assert.Equal(byModel, byScripts.Where(line => !line.Contains("schema_migrations", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Runs_each_script_once()
    {
        var migrator = database.Services.GetRequiredService<Migrator>();

        Assert.Empty(await migrator.MigrateAsync());
        await using var db = database.Open();
        Assert.Contains("0001-engine", await db.Database.SqlQuery<string>($"select name as \"Value\" from schema_migrations").ToListAsync());
    }

    [Fact]
    public async Task Lets_only_one_of_several_engines_that_start_migrate()
    {
        var engines = await NewEnginesAsync(4);

        var runs = await Task.WhenAll(engines.Select(engine => Task.Run(() =>
            new Migrator(engine, TimeProvider.System).MigrateAsync())));

        Assert.Single(runs, run => run.Count > 0);
        foreach (var engine in engines)
        {
            await engine.DisposeAsync();
        }
    }

    protected abstract string SchemaQuery { get; }

    protected abstract Task<EngineDb> CreateFromModelAsync(string script);

    protected abstract Task<Database[]> NewEnginesAsync(int count);

    protected static EngineDb Open(Database engine)
    {
        var options = new DbContextOptionsBuilder<EngineDb>();
        engine.Configure(options);
        return new EngineDb(options.Options);
    }

    private async Task<List<string>> DescribeAsync(EngineDb db)
    {
        await db.Database.OpenConnectionAsync();
        await using DbCommand command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = SchemaQuery;
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(0));
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }
}

public sealed class SchemaOnSqliteTests(SqliteDatabase database) : SchemaTests(database), IClassFixture<SqliteDatabase>
{
    protected override string SchemaQuery => """
        select 'column ' || t.name || '.' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk || ' ' || coalesce(c.dflt_value, '')
        from sqlite_master t, pragma_table_info(t.name) c where t.type = 'table' and t.name not like 'sqlite_%'
        union all
        select 'index ' || replace(replace(sql, char(10), ' '), char(13), ' ') from sqlite_master where type = 'index' and sql is not null
        union all
        select 'foreign key ' || t.name || '.' || f."from" || ' ' || f."table" || ' ' || f.on_delete
        from sqlite_master t, pragma_foreign_key_list(t.name) f where t.type = 'table'
        """;

    [Fact]
    public async Task Writes_ahead_and_flushes_at_each_commit()
    {
        await using var writer = database.Database.OpenWriter();
        await using var reader = database.Open();

        Assert.Equal("wal", await ScalarAsync(writer, "pragma journal_mode"));
        Assert.Equal(2L, await ScalarAsync(writer, "pragma synchronous"));
        Assert.Equal(1000L, await ScalarAsync(writer, "pragma busy_timeout"));
        Assert.Equal(1L, await ScalarAsync(writer, "pragma foreign_keys"));
        await reader.Database.OpenConnectionAsync();
        Assert.Equal(1L, await ScalarAsync(reader.Database.GetDbConnection(), "pragma foreign_keys"));
    }

    protected override async Task<EngineDb> CreateFromModelAsync(string script)
    {
        var db = Open((await NewEnginesAsync(1))[0]);
        await db.Database.ExecuteSqlRawAsync(script);
        return db;
    }

    protected override Task<Database[]> NewEnginesAsync(int count)
    {
        var options = new StorageOptions { DataFolder = Directory.CreateDirectory(Path.Combine(database.Folder, Rows.Id())).FullName };
        return Task.FromResult(Enumerable.Range(0, count).Select(_ => new Database(options)).ToArray());
    }

    private static async Task<object?> ScalarAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }
}

public sealed class SchemaOnPostgresTests(PostgresDatabase database) : SchemaTests(database), IClassFixture<PostgresDatabase>
{
    protected override string SchemaQuery => """
        select 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || is_identity || ' ' || coalesce(column_default, '')
        from information_schema.columns where table_schema = 'public'
        union all
        select 'index ' || indexdef from pg_indexes where schemaname = 'public'
        union all
        select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
        where connamespace = 'public'::regnamespace
        """;

    protected override async Task<EngineDb> CreateFromModelAsync(string script)
    {
        var db = Open((await NewEnginesAsync(1))[0]);
        await db.Database.ExecuteSqlRawAsync(script);
        return db;
    }

    protected override async Task<Database[]> NewEnginesAsync(int count)
    {
        var server = await PostgresServer.GetAsync();
        var options = database.Options with { ConnectionString = await server.CreateDatabaseAsync() };
        return [.. Enumerable.Range(0, count).Select(_ => new Database(options))];
    }
}
