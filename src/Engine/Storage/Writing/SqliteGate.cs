namespace PublicService.Engine.Storage;

/// <summary>
/// SQLite has one writer at a time. Inside this process the writers queue here, in order,
/// instead of running into the database's lock and polling it.
/// </summary>
internal sealed class SqliteGate : IDisposable
{
    public SemaphoreSlim Semaphore { get; } = new(1, 1);

    public void Dispose() => Semaphore.Dispose();
}
