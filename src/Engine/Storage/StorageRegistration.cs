using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using PublicService.Dossiers;

namespace PublicService.Engine.Storage;

/// <summary>Wires the database, the model and the commit lane.</summary>
public static class StorageRegistration
{
    public static IServiceCollection AddStorage(this IServiceCollection services, StorageOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<Database>();
        services.AddSingleton<Migrator>();
        services.AddPooledDbContextFactory<EngineDb>((provider, builder) =>
            provider.GetRequiredService<Database>().Configure(builder));
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<EngineDb>>().CreateDbContext());
        services.AddScoped<IdempotencyContext>();
        services.AddSingleton(provider => CreateNumbers(provider.GetRequiredService<IDbContextFactory<EngineDb>>()));
        services.AddSingleton(provider => CreateLane(
            provider.GetRequiredService<Database>(),
            provider.GetRequiredService<IDbContextFactory<EngineDb>>(),
            provider.GetRequiredService<Database>().OpenWriter));
        return services;
    }

    internal static CommitLane CreateLane(
        Database database, IDbContextFactory<EngineDb> contexts, Func<Microsoft.Data.Sqlite.SqliteConnection> openWriter)
    {
        using var db = contexts.CreateDbContext();
        var names = db.GetService<ISqlGenerationHelper>();
        IUnitWriter writer = database.Source is { } source
            ? new PostgresWriter(source)
            : new SqliteWriter(openWriter, database.Gate, new UniqueNames(db.Model));
        return new CommitLane(writer, new UnitPreparation(db.Model, names, database.Source is null ? _ => null : PostgresType));
    }

    internal static DossierNumbers CreateNumbers(IDbContextFactory<EngineDb> contexts) => new(async (prefix, cancellationToken) =>
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var code = await db.Dossiers.LastCode(prefix).FirstOrDefaultAsync(cancellationToken);
        return code is null ? 0 : DossierCode.Parse(code).Number;
    });

    private static int? PostgresType(RelationalTypeMapping mapping)
    {
        using var command = new NpgsqlCommand();
        return (int)((NpgsqlParameter)mapping.CreateParameter(command, "p", null, nullable: true)).NpgsqlDbType;
    }
}
