using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Storage;
using PublicService.Engine.Tests.Fixtures;

namespace PublicService.Engine.Tests.Storage;

public abstract class CommitRaceTests(TestDatabase database)
{
    private CommitLane Lane => database.Lane;

    [Fact]
    public async Task Lets_neighbours_through_when_some_units_fail()
    {
        var prefix = Rows.Id();
        await Lane.CommitAsync(new Changes().Insert(Rows.Instance(prefix)));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 64).Select(async i =>
        {
            var id = $"{prefix}-{i}";
            var changes = Rows.Click(id, Guid.NewGuid());
            _ = (i % 4) switch
            {
                1 => changes.Insert(Rows.Instance(prefix)),
                2 => changes.DeleteBookmark("no such"),
                _ => changes,
            };
            var error = await Record.ExceptionAsync(() => Lane.CommitAsync(changes));
            return (i, id, error);
        }));

        await using var db = database.Open();
        var stored = await db.Instances.Where(row => row.Id.StartsWith(prefix + "-")).Select(row => row.Id).ToListAsync();
        Assert.All(outcomes, outcome => Assert.IsType((outcome.i % 4) switch
        {
            1 => typeof(DuplicateException),
            2 => typeof(StaleException),
            _ => typeof(object),
        }, outcome.error ?? new object()));
        Assert.Equal(outcomes.Where(outcome => outcome.error is null).Select(outcome => outcome.id).Order(), stored.Order());
        Assert.Equal(32, stored.Count);
    }

    [Fact]
    public async Task Lets_exactly_one_of_eight_burn_each_of_200_bookmarks()
    {
        var ids = Enumerable.Range(0, 200).Select(_ => Rows.Id()).ToList();
        await Lane.CommitAsync(new Changes().InsertAll(ids.Select(id => Rows.Bookmark(id))));
        var wins = ids.ToDictionary(id => id, _ => 0);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async racer =>
        {
            await Task.Yield();
            foreach (var id in ids)
            {
                var error = await Record.ExceptionAsync(() => Lane.CommitAsync(
                    new Changes().DeleteBookmark(id).Insert(Rows.Journal(id, racer))));
                Assert.True(error is null or StaleException, error?.ToString());
                lock (wins)
                {
                    wins[id] += error is null ? 1 : 0;
                }
            }
        }));

        await using var db = database.Open();
        Assert.All(wins.Values, count => Assert.Equal(1, count));
        Assert.Equal(200, await db.Journal.CountAsync(row => ids.Contains(row.InstanceId)));
    }

    [Fact]
    public async Task Loses_no_update_of_a_row_that_many_change()
    {
        var row = Rows.Instance();
        await Lane.CommitAsync(new Changes().Insert(row));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            for (var done = 0; done < 10;)
            {
                await using var db = database.Open();
                var mine = await db.Instances.AsNoTracking().SingleAsync(instance => instance.Id == row.Id);
                mine.IncidentCount++;
                done += await Record.ExceptionAsync(() => Lane.CommitAsync(new Changes().Update(mine))) is null ? 1 : 0;
            }
        }));

        await using var after = database.Open();
        var stored = await after.Instances.SingleAsync(instance => instance.Id == row.Id);
        Assert.Equal((80, 80L), (stored.IncidentCount, stored.Version));
    }
}

public sealed class CommitRaceOnSqliteTests(SqliteDatabase database) : CommitRaceTests(database), IClassFixture<SqliteDatabase>;

public sealed class CommitRaceOnPostgresTests(PostgresDatabase database) : CommitRaceTests(database), IClassFixture<PostgresDatabase>;
