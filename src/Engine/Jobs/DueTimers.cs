using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Jobs;

/// <summary>Reads due bookmarks in batches and sets aside those that could not be resumed.</summary>
internal sealed class DueTimers(Database database, IDbContextFactory<EngineDb> contexts, CommitLane lane, TimeProvider time)
{
    private const int BatchSize = 500;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <summary>On several nodes a batch belongs to its node for so long; afterwards the node is taken for dead.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    public async Task<List<DueTimer>> TakeAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        List<BookmarkRow> rows;
        if (database.Kind == DatabaseKind.Postgres)
        {
            var at = now.ToUnixTimeMilliseconds();
            var until = (now + Lease).ToUnixTimeMilliseconds();
            rows = await db.Bookmarks.FromSql($"""
                update bookmarks set try_after = {until} where id in (
                    select id from bookmarks
                    where due_at is not null and due_at <= {at} and (try_after is null or try_after <= {at})
                    order by due_at limit {BatchSize} for update skip locked)
                returning *
                """).AsNoTracking().ToListAsync(cancellationToken);
        }
        else
        {
            rows = await db.Bookmarks.AsNoTracking()
                .Where(row => row.DueAt != null && row.DueAt <= now && (row.TryAfter == null || row.TryAfter <= now))
                .OrderBy(row => row.DueAt)
                .Take(BatchSize)
                .ToListAsync(cancellationToken);
        }

        return [.. rows.Select(row => new DueTimer(row.Id, row.InstanceId, row.DossierId, row.ActivityId, row.DueAt!.Value))];
    }

    /// <summary>When the next timer is due, if any waits.</summary>
    public async Task<DateTimeOffset?> NextAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Bookmarks
            .Where(row => row.DueAt != null && row.DueAt > now)
            .OrderBy(row => row.DueAt)
            .Select(row => row.DueAt)
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Timers that were handled and are still there: the engine did not want them yet.</summary>
    public async Task<List<string>> StillThereAsync(IReadOnlyCollection<DueTimer> handled, CancellationToken cancellationToken)
    {
        var ids = handled.Select(timer => timer.BookmarkId).ToList();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Bookmarks.Where(row => ids.Contains(row.Id)).Select(row => row.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Leaves a timer alone for twice as long with each attempt, so that a broken one does not keep the others waiting.</summary>
    public async Task PostponeAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var attempts = await db.Bookmarks.Where(row => ids.Contains(row.Id))
            .Select(row => new { row.Id, row.Attempts }).ToListAsync(cancellationToken);
        var changes = new Changes();
        foreach (var row in attempts)
        {
            var pause = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, row.Attempts), LongestPause.TotalSeconds));
            changes.Execute($"update bookmarks set attempts = attempts + 1, try_after = {time.GetUtcNow() + pause} where id = {row.Id}");
        }

        await lane.CommitAsync(changes, cancellationToken);
    }
}
