using System.Text.Json.Nodes;

namespace PublicService.Workflows.Expressions;

/// <summary>
/// The JavaScript of one run of one instance; never shared between instances. It may move between threads, but serves one call at
/// a time. Costs nothing until the first script that is more than a constant. Contract E.1; conformance cases 60, 71, 72, 74, 75, 77.
/// </summary>
/// <remarks>
/// Nothing that one script leaves behind is seen by the next: a script that could leave something has its world of globals and
/// built-ins replaced by a new one. <c>eval</c>, <c>new Function</c>, <c>async</c> and <c>await</c> are not offered; promises are awaited.
/// </remarks>
public sealed class ScriptContext(ScriptLimits? limits = null) : IDisposable
{
    private ScriptMachine? machine;
    private ScriptWorld? world;
    private bool isDisposed;
    private int callers;

    /// <summary>What one evaluation may use.</summary>
    public ScriptLimits Limits { get; } = limits ?? ScriptLimits.Default;

    /// <summary>True when the JavaScriptCore library was found.</summary>
    public static bool IsAvailable => JavaScriptCore.IsLoaded;

    /// <summary>Refuses to go on without the library; call it at start-up.</summary>
    /// <exception cref="ScriptEngineMissingException">The library is missing.</exception>
    public static void EnsureAvailable()
    {
        if (!IsAvailable)
        {
            throw new ScriptEngineMissingException();
        }
    }

    /// <summary>Evaluates an expression or statements; a top-level <c>return</c> is allowed.</summary>
    /// <returns>
    /// Null for null and undefined. A Date is a value holding a <see cref="DateTimeOffset"/>, NaN and the infinities a value holding
    /// a double: give the result to <see cref="ValueConverter"/> before it is stored.
    /// </returns>
    /// <exception cref="ScriptException">The script failed or went over a limit.</exception>
    /// <exception cref="ScriptEngineMissingException">The library is missing.</exception>
    public JsonNode? Evaluate(string script, ScriptScope scope)
    {
        ArgumentNullException.ThrowIfNull(script);
        ArgumentNullException.ThrowIfNull(scope);
        Enter();
        try
        {
            var plan = ScriptPlan.For(script, () => World().Context);
            return plan.IsConstant ? plan.Constant?.DeepClone() : Evaluate(plan, scope);
        }
        finally
        {
            Volatile.Write(ref callers, 0);
        }
    }

    /// <summary>Checks a script without running it.</summary>
    /// <returns>Null when it is JavaScript that <see cref="Evaluate(string, ScriptScope)"/> accepts, else a message with the line.</returns>
    public static string? CheckSyntax(string script)
    {
        ArgumentNullException.ThrowIfNull(script);
        using var context = new ScriptContext();
        try
        {
            _ = ScriptPlan.For(script, () => context.World().Context);
            return null;
        }
        catch (ScriptException failure)
        {
            return failure.Message;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (!isDisposed)
        {
            Enter();
            isDisposed = true;
            world?.Dispose();
            machine?.Return();
            Volatile.Write(ref callers, 0);
        }
    }

    private void Enter()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (Interlocked.Exchange(ref callers, 1) != 0)
        {
            throw new InvalidOperationException("A script context serves one call at a time");
        }
    }

    private ScriptWorld World()
    {
        if (machine is null)
        {
            machine = ScriptMachine.Rent();
            machine.Watch(Limits);
        }

        return world ??= new ScriptWorld(machine);
    }

    private JsonNode? Evaluate(ScriptPlan plan, ScriptScope scope)
    {
        var here = World();
        var evaluation = new ScriptEvaluation(machine!, here, scope, plan, Limits);
        try
        {
            return evaluation.Run();
        }
        catch (ScriptException failure) when (evaluation.Stopped is not null || failure.Kind == ScriptFailure.Memory)
        {
            here.Dispose();
            machine!.Discard();
            (world, machine) = (null, null);
            throw;
        }
        finally
        {
            if (plan.LeavesTraces && world is not null)
            {
                world.Dispose();
                world = null;
            }
        }
    }
}
