namespace PublicService.Workflows.Model;

/// <summary>Whether a finding forbids publishing.</summary>
public enum FindingLevel
{
    Warning,
    Error,
}

/// <summary>Something wrong in a definition.</summary>
/// <param name="Code">Stable upper-snake code, e.g. <c>UNKNOWN_ACTIVITY</c>.</param>
/// <param name="ActivityId">Activity it is about; null when it concerns the whole definition.</param>
/// <param name="Message">One Vietnamese sentence for the analyst.</param>
public sealed record Finding(string Code, FindingLevel Level, string? ActivityId, string Message);

/// <summary>The text is no workflow definition at all.</summary>
public sealed class DefinitionException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Stable code: <c>DEFINITION_MALFORMED</c> or <c>DEFINITION_TOO_DEEP</c>.</summary>
    public string Code { get; } = code;
}
