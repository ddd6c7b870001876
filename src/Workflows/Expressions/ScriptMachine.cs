using System.Collections.Concurrent;

namespace PublicService.Workflows.Expressions;

/// <summary>
/// A JavaScript virtual machine. It costs 0.6 ms to make, so machines are kept and lent to one run at a time; worlds made in it
/// share compiled code but no objects. A machine that hit a limit is thrown away.
/// </summary>
internal sealed unsafe class ScriptMachine
{
    private static readonly ConcurrentBag<ScriptMachine> Idle = [];
    private static readonly int MostIdle = Environment.ProcessorCount * 2;

    private ScriptMachine() => Group = JavaScriptCore.CreateGroup();

    public nint Group { get; }

    /// <exception cref="ScriptEngineMissingException">The library is missing.</exception>
    public static ScriptMachine Rent()
    {
        ScriptContext.EnsureAvailable();
        return Idle.TryTake(out var machine) ? machine : new ScriptMachine();
    }

    /// <summary>Watches what runs from now on: <see cref="ScriptEvaluation.Tick"/> is asked after each slice of processor time.</summary>
    public void Watch(ScriptLimits limits)
    {
        var slice = Math.Min(ScriptEvaluation.Slice.TotalSeconds, limits.Time.TotalSeconds);
        JavaScriptCore.SetTimeLimit(Group, slice, &ScriptEvaluation.Tick, 0);
    }

    public void Return()
    {
        if (Idle.Count < MostIdle)
        {
            Idle.Add(this);
        }
        else
        {
            Discard();
        }
    }

    public void Discard() => JavaScriptCore.ReleaseGroup(Group);
}
