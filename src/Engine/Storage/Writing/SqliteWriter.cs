using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace PublicService.Engine.Storage;

/// <summary>
/// The one writer of a SQLite file. Callers that arrive while a commit is being flushed form the next batch.
/// A unit that breaks a rule is undone to its savepoint and fails alone; a database that cannot write fails the whole batch.
/// </summary>
internal sealed class SqliteWriter : IUnitWriter
{
    /// <summary>Keeps a single transaction, and with it the wait of its first caller, short.</summary>
    private const int LargestBatch = 256;

    private readonly Channel<Unit> queue = Channel.CreateUnbounded<Unit>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Func<SqliteConnection> open;
    private readonly SqliteGate gate;
    private readonly UniqueNames uniqueNames;
    private readonly Task loop;
    private SqliteBatch? batch;

    public SqliteWriter(Func<SqliteConnection> open, SqliteGate gate, UniqueNames uniqueNames)
    {
        this.open = open;
        this.gate = gate;
        this.uniqueNames = uniqueNames;
        loop = Task.Run(RunAsync);
    }

    public async Task WriteAsync(Step[] unit, CancellationToken cancellationToken)
    {
        var waiting = new Unit(unit);
        if (!queue.Writer.TryWrite(waiting))
        {
            throw new StorageUnavailableException("The engine is stopping.");
        }

        await using (cancellationToken.Register(() => waiting.Cancel(cancellationToken)))
        {
            await waiting.Done;
        }
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop;
        batch?.Dispose();
    }

    private async Task RunAsync()
    {
        var ready = new List<Unit>(LargestBatch);
        while (await queue.Reader.WaitToReadAsync())
        {
            await gate.Semaphore.WaitAsync();
            try
            {
                while (ready.Count < LargestBatch && queue.Reader.TryRead(out var unit))
                {
                    if (unit.Claim())
                    {
                        ready.Add(unit);
                    }
                }

                Write(ready);
            }
            finally
            {
                gate.Semaphore.Release();
                ready.Clear();
            }
        }
    }

    private void Write(List<Unit> units)
    {
        if (units.Count == 0)
        {
            return;
        }

        try
        {
            // Inside, because whoever listens may throw, and the lane has to survive that as well.
            StorageMetrics.BatchSize.Record(units.Count);
            batch ??= new SqliteBatch(open(), uniqueNames);
            batch.Begin();
            foreach (var unit in units)
            {
                unit.Error = batch.TryRun(unit.Steps);
            }

            batch.Commit();
        }
        catch (Exception error)
        {
            // Whatever it was, the connection may be in any state: give it up and open a new one for the next batch.
            batch?.Dispose();
            batch = null;
            var unavailable = new StorageUnavailableException($"SQLite could not write: {error.Message}", error);
            // Also for units that seemed stale or double: what they ran into is undone as well.
            units.ForEach(unit => unit.Finish(unavailable));
            return;
        }

        units.ForEach(unit => unit.Finish(unit.Error));
    }

    private sealed class Unit(Step[] steps)
    {
        private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int claimed;

        public Step[] Steps { get; } = steps;

        public Exception? Error { get; set; }

        public Task Done => done.Task;

        public bool Claim() => Interlocked.Exchange(ref claimed, 1) == 0;

        public void Cancel(CancellationToken cancellationToken)
        {
            if (Claim())
            {
                done.TrySetCanceled(cancellationToken);
            }
        }

        public void Finish(Exception? error)
        {
            if (error is null)
            {
                done.TrySetResult();
            }
            else
            {
                done.TrySetException(error);
            }
        }
    }
}
