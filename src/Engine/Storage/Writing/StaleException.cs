namespace PublicService.Engine.Storage;

/// <summary>
/// Somebody else changed or removed a row of this unit of work after it was read. Nothing was stored;
/// load again and decide anew.
/// </summary>
public sealed class StaleException : Exception
{
    public StaleException()
        : this("A row was changed or removed by somebody else.")
    {
    }

    public StaleException(string message)
        : base(message)
    {
    }

    public StaleException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
