namespace PublicService.Engine.Storage;

/// <summary>Stores one unit of work atomically: one writer for all callers on SQLite, a transaction of its own on PostgreSQL.</summary>
internal interface IUnitWriter : IAsyncDisposable
{
    /// <summary>Returns after the commit. Throws <see cref="StaleException"/>, <see cref="DuplicateException"/> or <see cref="StorageUnavailableException"/>.</summary>
    Task WriteAsync(Step[] unit, CancellationToken cancellationToken);
}
