namespace PublicService.Engine.Storage;

/// <summary>A row with the same unique value exists already. Nothing was stored.</summary>
public sealed class DuplicateException : Exception
{
    public DuplicateException()
        : this("unknown")
    {
    }

    public DuplicateException(string constraint)
        : this(constraint, null)
    {
    }

    public DuplicateException(string constraint, Exception? innerException)
        : base($"A row with the same value exists already: {constraint}.", innerException) =>
        Constraint = constraint;

    /// <summary>Name of the key or index in the model, the same on both databases, e.g. <c>ux_dossiers_code</c>.</summary>
    public string Constraint { get; }
}
