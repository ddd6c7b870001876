namespace PublicService.Engine.Procedures;

/// <summary>How much a finding weighs: a row with a refusal cannot be accepted before it is mended.</summary>
public enum EntryLevel
{
    Info,
    Warning,
    Refusal,
}

/// <summary>Something to know about an entry of the catalogue before it is taken over.</summary>
/// <param name="Code">Stable, upper snake case; see <c>seed/README.md</c> for the list.</param>
/// <param name="Field">Field of the catalogue's JSON it is about.</param>
/// <param name="Raw">The value as it was delivered.</param>
/// <param name="Sentence">For the reviewer, in Vietnamese.</param>
/// <param name="Suggestion">A value that may be meant; never taken over by itself.</param>
public sealed record EntryFinding(string Code, EntryLevel Level, string Field, string? Raw, string Sentence, string? Suggestion = null);

/// <summary>A field that differs from the wording in force; values as compact JSON, null when the field was or will be absent.</summary>
public sealed record EntryDifference(string Field, string? Before, string? After);
