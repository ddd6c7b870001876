namespace PublicService.Workflows.Expressions;

/// <summary>
/// A value does not fit the type it is assigned to. Elsa silently takes the default value of the type instead; ours becomes an
/// incident on the activity (contract E.0, conformance case 61).
/// </summary>
public sealed class ConversionException(string message, Exception? inner = null) : Exception(message, inner);
