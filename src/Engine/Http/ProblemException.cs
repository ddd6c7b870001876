namespace PublicService.Engine.Http;

/// <summary>
/// Ends a request with a problem document (RFC 9457). Rules of law refuse with <c>RefusedException</c> in Dossiers;
/// this is for what only the door knows: rights, missing things, bad input. Made in <see cref="Problems"/>.
/// </summary>
public sealed class ProblemException(int status, string code, string sentence) : Exception(sentence)
{
    public int Status { get; } = status;

    /// <summary>Stable, upper snake case; a contract.</summary>
    public string Code { get; } = code;

    /// <summary>What is wrong, by field of the input.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }
}
