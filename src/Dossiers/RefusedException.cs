namespace PublicService.Dossiers;

/// <summary>
/// A rule of law or procedure says no. The Engine answers 409 with <see cref="Code"/> for programs
/// and <see cref="Exception.Message"/>, a Vietnamese sentence, for the officer. Nothing has changed when it is thrown.
/// </summary>
public sealed class RefusedException(string code, string sentence) : Exception(sentence)
{
    /// <summary>Stable, upper snake case, for example <c>SUPPLEMENT_ALREADY_OPEN</c>.</summary>
    public string Code { get; } = code;
}
