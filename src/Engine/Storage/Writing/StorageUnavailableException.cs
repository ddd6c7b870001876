namespace PublicService.Engine.Storage;

/// <summary>
/// The database cannot write at the moment: disk full, input/output error, locked by another process, connection lost.
/// Nothing was stored, except when a PostgreSQL connection broke while it was committing: then nobody can know, and the
/// idempotency key of the request decides.
/// </summary>
public sealed class StorageUnavailableException : Exception
{
    public StorageUnavailableException()
        : this("The database cannot write at the moment.")
    {
    }

    public StorageUnavailableException(string message)
        : base(message)
    {
    }

    public StorageUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
