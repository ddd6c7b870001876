using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Storage;
using PublicService.Engine.Tests.Fixtures;

namespace PublicService.Engine.Tests.Storage;

public abstract class DossierNumbersTests(TestDatabase database)
{
    private static readonly DateOnly Day = new(2026, 11, 21);

    [Fact]
    public async Task Gives_1_to_N_exactly_although_some_callers_fail()
    {
        const string Agency = "H49.1";
        var numbers = Numbers();
        var given = new ConcurrentBag<int>();

        await Task.WhenAll(Enumerable.Range(0, 16).Select(async caller =>
        {
            for (var i = 0; i < 20; i++)
            {
                using var lease = await numbers.TakeAsync(Agency, Day);
                if ((caller + i) % 3 == 0)
                {
                    await Assert.ThrowsAsync<StaleException>(() => StoreAsync(Agency, lease.Number, breaks: true));
                    continue;
                }

                await StoreAsync(Agency, lease.Number);
                lease.Commit();
                given.Add(lease.Number);
            }
        }));

        Assert.Equal(Enumerable.Range(1, given.Count), given.Order());
        await using var db = database.Open();
        Assert.Equal($"{Agency}-261121-{given.Count:0000}", await db.Dossiers.LastCode($"{Agency}-261121-").SingleAsync());
        Assert.Empty(await db.Dossiers.LastCode($"{Agency}-261120-").ToListAsync());
        Assert.InRange(given.Count, 200, 220);
    }

    [Fact]
    public async Task Keeps_two_engines_apart_by_the_unique_code()
    {
        const string Agency = "H49.2";
        DossierNumbers[] engines = [Numbers(), Numbers()];
        var given = new ConcurrentBag<int>();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async caller =>
        {
            for (var done = 0; done < 10;)
            {
                using var lease = await engines[caller % 2].TakeAsync(Agency, Day);
                var error = await Record.ExceptionAsync(() => StoreAsync(Agency, lease.Number));
                Assert.True(error is null or DuplicateException, error?.ToString());
                if (error is null)
                {
                    lease.Commit();
                    given.Add(lease.Number);
                    done++;
                }
            }
        }));

        Assert.Equal(Enumerable.Range(1, 80), given.Order());
    }

    [Fact]
    public async Task Goes_on_after_the_largest_number_stored()
    {
        await StoreAsync("H49.3", 41);

        using var lease = await Numbers().TakeAsync("H49.3", Day);

        Assert.Equal(42, lease.Number);
    }

    [Fact]
    public async Task Starts_anew_for_each_agency_and_day()
    {
        var numbers = Numbers();
        using var first = await numbers.TakeAsync("H49.4", Day);
        using var otherAgency = await numbers.TakeAsync("H49.5", Day);
        using var otherDay = await numbers.TakeAsync("H49.4", Day.AddDays(1));

        Assert.Equal([1, 1, 1], [first.Number, otherAgency.Number, otherDay.Number]);
    }

    [Fact]
    public async Task Is_free_again_when_the_last_number_could_not_be_read()
    {
        var fails = true;
        var numbers = new DossierNumbers((_, _) => fails ? throw new TimeoutException() : Task.FromResult(0));

        await Assert.ThrowsAsync<TimeoutException>(() => numbers.TakeAsync("H49.6", Day));
        fails = false;

        using var lease = await numbers.TakeAsync("H49.6", Day);
        Assert.Equal(1, lease.Number);
    }

    private DossierNumbers Numbers() => StorageRegistration.CreateNumbers(database.Contexts);

    private Task StoreAsync(string agency, int number, bool breaks = false)
    {
        var changes = new Changes().Insert(Rows.Dossier(new DossierCode(agency, Day, number)));
        return database.Lane.CommitAsync(breaks ? changes.DeleteBookmark("no such") : changes);
    }
}

public sealed class DossierNumbersOnSqliteTests(SqliteDatabase database) : DossierNumbersTests(database), IClassFixture<SqliteDatabase>;

public sealed class DossierNumbersOnPostgresTests(PostgresDatabase database) : DossierNumbersTests(database), IClassFixture<PostgresDatabase>;
