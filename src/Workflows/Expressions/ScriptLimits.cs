namespace PublicService.Workflows.Expressions;

/// <summary>What one evaluation may use before it is stopped.</summary>
public sealed record ScriptLimits
{
    /// <summary>The limits used when the host gives none.</summary>
    public static ScriptLimits Default { get; } = new();

    /// <summary>Processor time of one evaluation.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Growth of the resident memory of the process during one evaluation, in bytes. Generous, because other requests grow the process too;
    /// the time limit is what usually stops a greedy script.
    /// </summary>
    public long MemoryGrowth { get; init; } = 256L * 1024 * 1024;

    /// <summary>Length of the JSON text or string that a script may give back.</summary>
    public int ResultLength { get; init; } = 1024 * 1024;
}
