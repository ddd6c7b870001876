namespace PublicService.Workflows.Expressions;

/// <summary>Why a script gave no value.</summary>
public enum ScriptFailure
{
    /// <summary>The text is not JavaScript.</summary>
    Syntax,

    /// <summary>The script threw, used an unknown name, or its result cannot cross as JSON.</summary>
    Runtime,

    /// <summary>The script ran longer than <see cref="ScriptLimits.Time"/>.</summary>
    Timeout,

    /// <summary>The script took more memory than <see cref="ScriptLimits.MemoryGrowth"/>, or its result is larger than <see cref="ScriptLimits.ResultLength"/>.</summary>
    Memory,
}

/// <summary>A script failed; the run becomes an incident on the activity (conformance cases 74 and 75).</summary>
public sealed class ScriptException(ScriptFailure kind, string message, int? line = null, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Why it failed.</summary>
    public ScriptFailure Kind { get; } = kind;

    /// <summary>Line of the script, counted from 1, when it is known.</summary>
    public int? Line { get; } = line;
}
