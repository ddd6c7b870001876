using System.Diagnostics.Metrics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PublicService.Engine.Storage;
using PublicService.Engine.Tests.Fixtures;

namespace PublicService.Engine.Tests.Storage;

public sealed class UnavailableOnSqliteTests(SqliteDatabase database) : IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task Fails_while_another_process_holds_the_file_and_goes_on_afterwards()
    {
        await using (var other = database.Database.OpenWriter())
        {
            Run(other, "begin immediate");
            var errors = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Record.ExceptionAsync(() =>
                database.Lane.CommitAsync(new Changes().Insert(Rows.Instance())))));
            Assert.All(errors, error => Assert.IsType<StorageUnavailableException>(error));
        }

        await database.Lane.CommitAsync(new Changes().Insert(Rows.Instance()));
    }

    [Fact]
    public async Task Fails_everything_of_the_batch_when_the_disk_is_full_and_goes_on_afterwards()
    {
        var isFull = true;
        await using var lane = StorageRegistration.CreateLane(database.Database, database.Contexts, () =>
        {
            var connection = database.Database.OpenWriter();
            Run(connection, isFull ? "pragma max_page_count = 1" : "pragma max_page_count = 1000000");
            return connection;
        });
        InstanceRow Large()
        {
            var row = Rows.Instance();
            row.State = new byte[1_000_000];
            return row;
        }

        var rows = Enumerable.Range(0, 5).Select(_ => Large()).ToList();
        var errors = await Task.WhenAll(rows.Select(row => Record.ExceptionAsync(() => lane.CommitAsync(new Changes().Insert(row)))));

        Assert.All(errors, error => Assert.IsType<StorageUnavailableException>(error));
        await using (var db = database.Open())
        {
            var ids = rows.Select(row => row.Id).ToList();
            Assert.False(await db.Instances.AnyAsync(row => ids.Contains(row.Id)));
        }

        isFull = false;
        await lane.CommitAsync(new Changes().Insert(rows[0]));
    }

    [Fact]
    public async Task Refuses_new_work_once_it_is_stopped_but_finishes_what_it_has()
    {
        var lane = StorageRegistration.CreateLane(database.Database, database.Contexts, database.Database.OpenWriter);
        var taken = Enumerable.Range(0, 20).Select(_ => lane.CommitAsync(new Changes().Insert(Rows.Instance()))).ToList();

        await lane.DisposeAsync();

        await Task.WhenAll(taken);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => lane.CommitAsync(new Changes().Insert(Rows.Instance())));
    }

    [Fact]
    public async Task Shares_the_file_with_what_the_model_saves_itself()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            await Task.Yield();
            if (i % 2 == 0)
            {
                await database.Lane.CommitAsync(Rows.Click(Rows.Id(), Guid.NewGuid()));
                return;
            }

            await using var db = database.Open();
            db.Definitions.Add(Rows.Definition(Rows.Id(), 1));
            await db.SaveChangesAsync();
        }));

        await using var after = database.Open();
        after.Definitions.Add(Rows.Definition("twice", 1));
        await after.SaveChangesAsync();
        after.ChangeTracker.Clear();
        after.Definitions.Add(Rows.Definition("twice", 1));
        await Assert.ThrowsAsync<DbUpdateException>(() => after.SaveChangesAsync());
        await database.Lane.CommitAsync(new Changes().Insert(Rows.Instance()));
    }

    [Fact]
    public async Task Puts_units_that_wait_into_one_commit()
    {
        var sizes = new List<int>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "publicservice.commit.batch_size")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((_, size, _, _) =>
        {
            lock (sizes)
            {
                sizes.Add(size);
            }
        });
        listener.Start();

        await database.Database.Gate.Semaphore.WaitAsync();
        var commits = Enumerable.Range(0, 50).Select(_ => database.Lane.CommitAsync(new Changes().Insert(Rows.Instance()))).ToList();
        database.Database.Gate.Semaphore.Release();
        await Task.WhenAll(commits);

        lock (sizes)
        {
            Assert.Contains(50, sizes);
        }
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

public sealed class UnavailableOnPostgresTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task Goes_on_after_the_server_has_cut_the_connections()
    {
        await database.Lane.CommitAsync(new Changes().Insert(Rows.Instance()));
        await using (var connection = new NpgsqlConnection(database.Database.ConnectionString + ";Pooling=false"))
        {
            await connection.OpenAsync();
            await using var cut = new NpgsqlCommand(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()", connection);
            await cut.ExecuteNonQueryAsync();
        }

        Exception? error;
        var attempts = 0;
        do
        {
            error = await Record.ExceptionAsync(() => database.Lane.CommitAsync(new Changes().Insert(Rows.Instance())));
            Assert.True(error is null or StorageUnavailableException, error?.ToString());
        }
        while (error is not null && ++attempts < 20);

        Assert.Null(error);
    }

    [Fact]
    public async Task Calls_the_loser_of_a_deadlock_stale()
    {
        var (first, second) = (Rows.Instance(), Rows.Instance());
        await database.Lane.CommitAsync(new Changes().Insert(first).Insert(second));
        await using var connection = await database.Database.Source!.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        async Task TouchAsync(string id)
        {
            await using var command = new NpgsqlCommand($"update instances set name = 'other' where id = '{id}'", connection, transaction);
            await command.ExecuteNonQueryAsync();
        }

        await TouchAsync(second.Id);
        var unit = Record.ExceptionAsync(() => database.Lane.CommitAsync(new Changes()
            .Execute($"update instances set name = {"mine"} where id = {first.Id}")
            .Execute($"update instances set name = {"mine"} where id = {second.Id}")));
        await Task.Delay(200);
        var other = await Record.ExceptionAsync(() => TouchAsync(first.Id));
        await transaction.RollbackAsync();

        // The server chooses the loser.
        Assert.True(await unit is StaleException ^ other is PostgresException, $"{await unit} {other}");
    }

    [Fact]
    public async Task Says_unavailable_when_there_is_no_server()
    {
        await using var elsewhere = new Database(database.Options with { ConnectionString = "Host=127.0.0.1;Port=1;Username=x;Timeout=2" });
        await using var lane = StorageRegistration.CreateLane(elsewhere, database.Contexts, elsewhere.OpenWriter);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => lane.CommitAsync(new Changes().Insert(Rows.Instance())));
    }
}
