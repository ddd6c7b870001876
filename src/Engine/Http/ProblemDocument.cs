namespace PublicService.Engine.Http;

/// <summary>Shape of every error answer (RFC 9457).</summary>
/// <param name="Code">Stable code for programs.</param>
/// <param name="Detail">Vietnamese sentence for the person at the screen.</param>
/// <param name="TraceId">Number to give to support.</param>
/// <param name="Errors">Sentences by field of the input.</param>
public sealed record ProblemDocument(
    string Type,
    string Title,
    int Status,
    string Detail,
    string? Instance,
    string Code,
    string TraceId,
    IReadOnlyDictionary<string, string[]>? Errors);
