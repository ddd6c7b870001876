using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PublicService.Workflows.Expressions;

/// <summary>One evaluation: what it read, what it may still use, and why it was stopped.</summary>
internal sealed unsafe class ScriptEvaluation(ScriptMachine machine, ScriptWorld world, ScriptScope scope, ScriptPlan plan, ScriptLimits limits)
{
    /// <summary>The processor time after which the limits are looked at again.</summary>
    public static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(25);

    [ThreadStatic]
    private static ScriptEvaluation? current;

    private Dictionary<string, (nint Value, string Before)>? objects;
    private Exception? cause;
    private int slices;
    private long residentBefore;
    private readonly long started = Stopwatch.GetTimestamp();

    public static ScriptEvaluation? Current => current;

    public ScriptScope Scope => scope;

    public ScriptWorld World => world;

    /// <summary>Why the engine was told to stop, if it was; the machine is then not to be used again.</summary>
    public ScriptFailure? Stopped { get; private set; }

    /// <exception cref="ScriptException">The script failed.</exception>
    public JsonNode? Run()
    {
        // A setter of the scope may itself evaluate a script, in another context.
        var outer = current;
        current = this;
        try
        {
            world.Prepare(plan, scope);
            GiveArguments();
            var value = world.Run(plan.Source);
            value = plan.UsesPromise ? world.CallMember(world.Install("Promise"), "settle", value) : value;
            var result = TakeResult(value);
            WriteBack();
            return result;
        }
        catch (ScriptException failure)
        {
            throw Stopped switch
            {
                ScriptFailure.Timeout => new ScriptException(ScriptFailure.Timeout, $"The script was stopped after {limits.Time.TotalMilliseconds} ms"),
                ScriptFailure.Memory => new ScriptException(ScriptFailure.Memory, "The script was stopped because it took too much memory"),
                _ when cause is not null && failure.Message.Contains(cause.Message, StringComparison.Ordinal) =>
                    new ScriptException(failure.Kind, failure.Message, failure.Line, cause),
                _ => failure,
            };
        }
        catch (Exception error) when (error is ConversionException or JsonException or FormatException)
        {
            throw new ScriptException(ScriptFailure.Runtime, error.Message, null, error);
        }
        finally
        {
            Forget();
            current = outer;
        }
    }

    /// <summary>Asked by the engine after each slice of processor time: 1 stops the script.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    public static byte Tick(nint context, nint state) => current?.IsOver() == true ? (byte)1 : (byte)0;

    /// <summary>The value of a variable, or null when there is none.</summary>
    public nint? ReadVariable(string name)
    {
        if (objects?.TryGetValue(name, out var known) == true)
        {
            return known.Value;
        }

        if (!scope.TryGetVariable(name, out var value, out var type))
        {
            return null;
        }

        var given = Give(value, type);
        if (plan.MayMutate && value is JsonObject or JsonArray)
        {
            JavaScriptCore.Protect(world.Context, given);
            (objects ??= []).Add(name, (given, JsonOf(given)));
        }

        return given;
    }

    public void WriteVariable(string name, JsonNode? value)
    {
        if (!scope.SetVariable(name, value))
        {
            throw new KeyNotFoundException($"There is no variable '{name}'");
        }

        if (objects?.Remove(name, out var known) == true)
        {
            JavaScriptCore.Unprotect(world.Context, known.Value);
        }
    }

    public nint Give(JsonNode? value, TypeAlias? type = null) => ScriptValues.FromNode(world.Context, value, type ?? TypeAlias.Object, MakeObject);

    /// <summary>Keeps the reason of a refusal that was given to the script as an error.</summary>
    public void Remember(Exception error) => cause = error;

    private nint MakeObject(string name, string text) => world.CallMember(world.Install(name), "Parse", ScriptValues.FromText(world.Context, text));

    private void GiveArguments()
    {
        foreach (var (name, value) in scope.Arguments)
        {
            if (plan.Identifiers.Contains(name))
            {
                world.Set(name, Give(value));
            }
        }
    }

    private JsonNode? TakeResult(nint value)
    {
        var type = JavaScriptCore.GetType(world.Context, value);
        var mayBeLarge = type == JavaScriptCore.Object || (type == JavaScriptCore.String && plan.MayGrow);
        return mayBeLarge && !world.IsSmall(value, limits.ResultLength) ? throw TooLarge() : Checked(ScriptValues.ToNode(world.Context, value));
    }

    private JsonNode? Checked(JsonNode? result) => result is JsonValue text && text.TryGetValue<string>(out var written) && written.Length > limits.ResultLength ? throw TooLarge() : result;

    private ScriptException TooLarge() => new(ScriptFailure.Memory, $"The result of the script is larger than {limits.ResultLength} characters");

    // An object that the script changed in place is the variable's new value, as it is in Elsa, where scripts hold the object itself.
    private void WriteBack()
    {
        foreach (var (name, (value, before)) in objects ?? [])
        {
            if (!string.Equals(JsonOf(value), before, StringComparison.Ordinal) && !scope.SetVariable(name, TakeResult(value)))
            {
                throw new ScriptException(ScriptFailure.Runtime, $"There is no variable '{name}'");
            }
        }
    }

    private string JsonOf(nint value) => ScriptText.Take(JavaScriptCore.CreateJson(world.Context, value, 0, out _)) ?? string.Empty;

    private void Forget()
    {
        foreach (var (value, _) in (objects ?? []).Values)
        {
            JavaScriptCore.Unprotect(world.Context, value);
        }

        foreach (var name in scope.Arguments.Keys.Where(plan.Identifiers.Contains))
        {
            world.Remove(name);
        }
    }

    private bool IsOver()
    {
        var resident = Environment.WorkingSet;
        residentBefore = residentBefore == 0 ? resident : residentBefore;
        slices++;
        // One built-in, such as a pattern, can run for long without being interrupted and then counts as one slice.
        if (slices * Slice >= limits.Time || Stopwatch.GetElapsedTime(started) >= 4 * limits.Time)
        {
            Stopped = ScriptFailure.Timeout;
        }
        else if (resident - residentBefore > limits.MemoryGrowth)
        {
            Stopped = ScriptFailure.Memory;
        }
        else
        {
            // The engine forgets to ask again unless the limit is set anew.
            machine.Watch(limits);
        }

        return Stopped is not null;
    }
}
