using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PublicService.Engine.Jobs;
using PublicService.Engine.Storage;
using PublicService.Engine.Tests.Fixtures;
using Quartz;

namespace PublicService.Engine.Tests.Jobs;

public abstract class TimerSweepTests(TestDatabase database) : IAsyncLifetime
{
    private readonly ConcurrentQueue<DueTimer> handled = new();

    private DateTimeOffset Now => database.Clock.GetUtcNow();

    [Fact]
    public async Task Resumes_what_is_due_and_leaves_the_rest()
    {
        var due = Rows.Bookmark(dueAt: Now);
        var later = Rows.Bookmark(dueAt: Now.AddMinutes(1));
        await StoreAsync(due, later, Rows.Bookmark());
        using var sweep = Sweep(BurnAsync);

        var count = await sweep.SweepAsync();

        Assert.Equal(1, count);
        Assert.Equal(new DueTimer(due.Id, due.InstanceId, null, "wait", due.DueAt!.Value), Assert.Single(handled));
    }

    [Fact]
    public async Task Wakes_up_when_the_nearest_timer_is_due()
    {
        using var sweep = Sweep(BurnAsync);
        var row = Rows.Bookmark(dueAt: Now.AddSeconds(90));
        await StoreAsync(Rows.Bookmark(dueAt: Now.AddHours(1)), row);

        database.Clock.Advance(TimeSpan.FromSeconds(89));
        Assert.Empty(handled);
        database.Clock.Advance(TimeSpan.FromSeconds(1));

        await UntilAsync(() => !handled.IsEmpty);
        Assert.Equal(row.Id, handled.Single().BookmarkId);
    }

    [Fact]
    public async Task Finds_a_nearer_timer_that_was_stored_later_or_elsewhere()
    {
        using var sweep = Sweep(BurnAsync);
        await StoreAsync(Rows.Bookmark(dueAt: Now.AddHours(1)));
        await using (var elsewhere = database.Wire())
        {
            await elsewhere.GetRequiredService<CommitLane>().CommitAsync(new Changes().Insert(Rows.Bookmark(dueAt: Now.AddMinutes(5))));
        }

        await sweep.SweepAsync();
        await StoreAsync(Rows.Bookmark(dueAt: Now.AddMinutes(10)));
        database.Clock.Advance(TimeSpan.FromMinutes(5));

        await UntilAsync(() => handled.Count == 1);
        await UntilAsync(async () =>
        {
            database.Clock.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(10);
            return handled.Count == 2;
        });
    }

    [Fact]
    public async Task Leaves_a_broken_timer_alone_for_a_while_and_does_not_keep_others_waiting()
    {
        var broken = Rows.Bookmark(dueAt: Now.AddMinutes(-1));
        var good = Rows.Bookmark(dueAt: Now);
        await StoreAsync(broken, good);
        var attempts = 0;
        using var sweep = Sweep(async timer =>
        {
            if (timer.BookmarkId == broken.Id)
            {
                attempts++;
                throw new InvalidOperationException("broken");
            }

            await BurnAsync(timer);
        });

        await sweep.SweepAsync();
        await sweep.SweepAsync();
        Assert.Equal((1, good.Id), (attempts, Assert.Single(handled).BookmarkId));

        for (var i = 0; i < 5; i++)
        {
            database.Clock.Advance(TimeSpan.FromSeconds(1));
            await sweep.SweepAsync();
        }

        Assert.Equal(3, attempts);
    }

    [Fact]
    public async Task Does_not_spin_when_the_engine_wants_a_timer_to_stay()
    {
        await StoreAsync(Rows.Bookmark(dueAt: Now));
        var attempts = 0;
        using var sweep = Sweep(_ =>
        {
            attempts++;
            return Task.CompletedTask;
        });

        await sweep.SweepAsync();
        await sweep.SweepAsync();

        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task Works_off_more_than_one_batch_with_several_at_once()
    {
        await database.Lane.CommitAsync(new Changes().InsertAll(Enumerable.Range(0, 1200).Select(_ => Rows.Bookmark(dueAt: Now))));
        var running = 0;
        var most = 0;
        using var sweep = Sweep(async timer =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await BurnAsync(timer);
            Interlocked.Decrement(ref running);
        });

        Assert.Equal(1200, await sweep.SweepAsync());

        Assert.Equal(1200, handled.DistinctBy(timer => timer.BookmarkId).Count());
        Assert.InRange(most, 2, 64);
    }

    [Fact]
    public async Task Is_driven_by_a_quartz_job()
    {
        await StoreAsync(Rows.Bookmark(dueAt: Now));
        var services = new ServiceCollection();
        services.AddLogging().AddSingleton<TimeProvider>(database.Clock).AddStorage(database.Options)
            .AddTimerSweep(_ => (timer, _) => BurnAsync(timer), _ => _ => Task.FromResult(0), TimeSpan.FromMilliseconds(50));
        await using var provider = services.BuildServiceProvider();
        var scheduler = await provider.GetRequiredService<ISchedulerFactory>().GetScheduler();

        await scheduler.Start();

        await UntilAsync(() => handled.Count == 1);
        await scheduler.Shutdown();
    }

    public async Task InitializeAsync() => await database.Lane.CommitAsync(new Changes().Execute($"delete from bookmarks"));

    public Task DisposeAsync() => Task.CompletedTask;

    protected TimerSweep Sweep(Func<DueTimer, Task> handler) => new(
        database.Database, database.Contexts, database.Lane, database.Clock, NullLogger<TimerSweep>.Instance, (timer, _) => handler(timer));

    protected async Task BurnAsync(DueTimer timer)
    {
        await database.Lane.CommitAsync(new Changes().DeleteBookmark(timer.BookmarkId));
        handled.Enqueue(timer);
    }

    protected Task StoreAsync(params BookmarkRow[] rows) => database.Lane.CommitAsync(new Changes().InsertAll(rows));

    private static Task UntilAsync(Func<bool> isSo) => UntilAsync(() => Task.FromResult(isSo()));

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var i = 0; !await isSo(); i++)
        {
            Assert.True(i < 500, "It did not happen.");
            await Task.Delay(20);
        }
    }
}

public sealed class TimerSweepOnSqliteTests(SqliteDatabase database) : TimerSweepTests(database), IClassFixture<SqliteDatabase>;

public sealed class TimerSweepOnPostgresTests(PostgresDatabase database) : TimerSweepTests(database), IClassFixture<PostgresDatabase>
{
    private readonly PostgresDatabase database = database;

    [Fact]
    public async Task Two_nodes_share_the_timers_without_handing_one_out_twice()
    {
        await database.Lane.CommitAsync(new Changes().InsertAll(
            Enumerable.Range(0, 2000).Select(_ => Rows.Bookmark(dueAt: database.Clock.GetUtcNow()))));
        var seen = new ConcurrentBag<string>();
        async Task Handle(DueTimer timer)
        {
            seen.Add(timer.BookmarkId);
            await BurnAsync(timer);
        }

        using var first = Sweep(Handle);
        using var second = Sweep(Handle);
        var counts = await Task.WhenAll(Task.Run(() => first.SweepAsync()), Task.Run(() => second.SweepAsync()));

        Assert.Equal(2000, counts.Sum());
        Assert.Equal(2000, seen.Distinct().Count());
    }

    [Fact]
    public async Task Takes_over_the_timers_of_a_node_that_died()
    {
        await StoreAsync(Rows.Bookmark(dueAt: database.Clock.GetUtcNow()));
        var dead = new DueTimers(database.Database, database.Contexts, database.Lane, database.Clock);
        Assert.Single(await dead.TakeAsync(default));
        using var sweep = Sweep(BurnAsync);

        Assert.Equal(0, await sweep.SweepAsync());
        database.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(1, await sweep.SweepAsync());
    }
}
