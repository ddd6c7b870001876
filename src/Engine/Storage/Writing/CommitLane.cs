using System.Diagnostics;

namespace PublicService.Engine.Storage;

/// <summary>
/// The only way a click is stored. On SQLite one writer stores all units that are ready in one transaction, each behind
/// its own savepoint, so that one flush to disk serves many callers; on PostgreSQL each unit is one batch in one transaction.
/// </summary>
public sealed class CommitLane : IAsyncDisposable
{
    private readonly IUnitWriter writer;
    private readonly UnitPreparation preparation;

    internal CommitLane(IUnitWriter writer, UnitPreparation preparation)
    {
        this.writer = writer;
        this.preparation = preparation;
    }

    /// <summary>Called after each commit, on the caller's thread: wakes those who wait for new timers or messages. Must not throw or block.</summary>
    public event Action<Changes>? Committed;

    /// <summary>
    /// Stores everything or nothing and returns after the commit is on disk. Cancelling helps only until the unit is being
    /// written; from then on the outcome is awaited, so that nobody has to guess it.
    /// </summary>
    /// <exception cref="StaleException">A row was changed or removed by somebody else.</exception>
    /// <exception cref="DuplicateException">A unique value exists already.</exception>
    /// <exception cref="StorageUnavailableException">The database cannot write at the moment.</exception>
    public async Task CommitAsync(Changes changes, CancellationToken cancellationToken = default)
    {
        if (changes.Count == 0)
        {
            return;
        }

        cancellationToken.ThrowIfCancellationRequested();
        var started = Stopwatch.GetTimestamp();
        try
        {
            await writer.WriteAsync(preparation.Prepare(changes), cancellationToken);
        }
        catch (Exception error) when (error is StaleException or DuplicateException or StorageUnavailableException)
        {
            StorageMetrics.Failed(error);
            throw;
        }

        StorageMetrics.CommitSeconds.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
        preparation.RaiseVersions(changes);
        Committed?.Invoke(changes);
    }

    public ValueTask DisposeAsync() => writer.DisposeAsync();
}
