using System.Text.Json.Nodes;

namespace PublicService.Workflows.Expressions;

/// <summary>
/// One JavaScript world that lives for one run of one instance and is never shared between instances. It may move between
/// threads, but serves one call at a time. Contract E.1; conformance cases 60, 71, 72, 74, 75, 77.
/// </summary>
public sealed class ScriptContext : IDisposable
{
    /// <summary>Costs nothing until the first script is evaluated.</summary>
    public ScriptContext(ScriptLimits? limits = null) => Limits = limits ?? ScriptLimits.Default;

    /// <summary>What one evaluation may use.</summary>
    public ScriptLimits Limits { get; }

    /// <summary>True when the JavaScriptCore library was found.</summary>
    public static bool IsAvailable => throw new NotImplementedException();

    /// <summary>Refuses to go on without the library; call it at start-up.</summary>
    /// <exception cref="ScriptEngineMissingException">The library is missing.</exception>
    public static void EnsureAvailable() => throw new NotImplementedException();

    /// <summary>Evaluates an expression or statements.</summary>
    /// <returns>
    /// Null for null and undefined. A Date is a value holding a <see cref="DateTimeOffset"/>, NaN and the infinities a value holding
    /// a double; give the result to <see cref="ValueConverter"/> before it is stored.
    /// </returns>
    /// <exception cref="ScriptException">The script failed or went over a limit.</exception>
    public JsonNode? Evaluate(string script, ScriptScope scope) => throw new NotImplementedException();

    /// <summary>Checks a script without running it.</summary>
    /// <returns>Null when it is JavaScript, else a message with the line.</returns>
    public static string? CheckSyntax(string script) => throw new NotImplementedException();

    /// <inheritdoc />
    public void Dispose()
    {
    }
}
