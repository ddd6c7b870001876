using System.Reflection;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Storage;
using PublicService.Engine.Tests.Fixtures;

namespace PublicService.Engine.Tests.Storage;

public abstract class DossierStorageTests(TestDatabase database)
{
    private static int number;

    [Fact]
    public async Task A_dossier_comes_back_as_it_was_with_its_ledger()
    {
        var dossier = New();
        dossier.Note(LedgerAct.Commented, """{"text":"Đã gọi điện"}""", Rows.Act(Rows.At.AddMinutes(1)), "Điều 17");
        await database.Lane.CommitAsync(new Changes().Insert(dossier).InsertAll(dossier.TakeNewEntries()));

        await using var db = database.Open();
        var loaded = await db.Dossiers.SingleAsync(row => row.Id == dossier.Id);
        loaded.AttachLedger(await db.Ledger.Where(entry => entry.DossierId == dossier.Id).ToListAsync());

        Assert.Equal(Properties(dossier), Properties(loaded));
        Assert.Equal(dossier.Ledger, loaded.Ledger);
    }

    [Fact]
    public async Task Two_officers_cannot_both_change_what_they_saw()
    {
        var dossier = New();
        await database.Lane.CommitAsync(new Changes().Insert(dossier).InsertAll(dossier.TakeNewEntries()));
        var first = await LoadAsync(dossier.Id);
        var second = await LoadAsync(dossier.Id);

        first.Note(LedgerAct.Commented, null, Rows.Act());
        second.Note(LedgerAct.Commented, null, Rows.Act());
        await database.Lane.CommitAsync(new Changes().Update(first).InsertAll(first.TakeNewEntries()));

        await Assert.ThrowsAsync<StaleException>(() => database.Lane.CommitAsync(
            new Changes().Update(second).InsertAll(second.TakeNewEntries())));
        Assert.Equal((1L, 2), ((await LoadAsync(dossier.Id)).Version, (await LoadAsync(dossier.Id)).LedgerLength));
        first.Note(LedgerAct.Commented, null, Rows.Act());
        await database.Lane.CommitAsync(new Changes().Update(first).InsertAll(first.TakeNewEntries()));
    }

    [Fact]
    public async Task A_code_is_given_once()
    {
        var dossier = New();
        await database.Lane.CommitAsync(new Changes().Insert(dossier));

        var error = await Assert.ThrowsAsync<DuplicateException>(() => database.Lane.CommitAsync(
            new Changes().Insert(Rows.Dossier(DossierCode.Parse(dossier.Code)))));

        Assert.Equal("ux_dossiers_code", error.Constraint);
    }

    [Fact]
    public async Task Open_means_the_same_in_the_database_as_in_the_law()
    {
        await using var db = database.Open();
        var sql = db.Dossiers.Open().ToQueryString();

        Assert.All(Enum.GetValues<BusinessStatus>(), status =>
            Assert.Equal(BusinessMoves.IsOpen(status), sql.Contains($"'{status}'", StringComparison.Ordinal)));
    }

    private static Dossier New() => Rows.Dossier(new DossierCode("H49.7", new DateOnly(2026, 11, 21), Interlocked.Increment(ref number)));

    private async Task<Dossier> LoadAsync(Guid id)
    {
        await using var db = database.Open();
        return await db.Dossiers.AsNoTracking().SingleAsync(row => row.Id == id);
    }

    private static Dictionary<string, object?> Properties(Dossier dossier) => typeof(Dossier)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.Name != nameof(Dossier.Ledger))
        .ToDictionary(property => property.Name, property => property.GetValue(dossier));
}

public sealed class DossierStorageOnSqliteTests(SqliteDatabase database) : DossierStorageTests(database), IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task Open_dossiers_by_due_time_are_read_from_their_own_index()
    {
        await using var db = database.Open();
        var sql = db.Dossiers.Open().Where(dossier => dossier.CompetentOfficeId == "H49.1").OrderBy(dossier => dossier.DueAt).ToQueryString();
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "explain query plan " + sql;
        await using var reader = await command.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync());
        Assert.Contains("ix_dossiers_open_due", reader.GetString(3), StringComparison.Ordinal);
    }

    private readonly SqliteDatabase database = database;
}

public sealed class DossierStorageOnPostgresTests(PostgresDatabase database) : DossierStorageTests(database), IClassFixture<PostgresDatabase>;
