using PublicService.Workflows.Json;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Workflows.Catalog;

/// <summary>
/// A kind of step. One object serves every node of its type, so it holds no state: what must be remembered lives in the step.
/// Inputs are declared as properties of type <see cref="Input{T}"/>, outputs as <see cref="Output"/>.
/// </summary>
public abstract class Activity
{
    /// <summary>How Studio shows it; set by the catalogue.</summary>
    public ActivityDescriptor Descriptor { get; internal set; } = null!;

    /// <summary>Whether completing it ends the flowchart or sequence it stands in (End, Finish, Complete, Break).</summary>
    public virtual bool IsTerminal => false;

    /// <summary>The step begins.</summary>
    public virtual StepResult Enter(StepContext step) => StepResult.Done;

    /// <summary>A bookmark of the step was met.</summary>
    public virtual StepResult Resume(StepContext step, Signal signal) => StepResult.Done;

    /// <summary>A child this step scheduled begins.</summary>
    public virtual void ChildEnters(StepContext step, StepContext child)
    {
    }

    /// <summary>A child this step scheduled has completed.</summary>
    public virtual StepResult ChildCompleted(StepContext step, StepContext child) => StepResult.Wait;

    /// <summary>A child this step scheduled was cancelled.</summary>
    public virtual void ChildCanceled(StepContext step, StepContext child)
    {
    }

    /// <summary>The step is cancelled; its children already are.</summary>
    public virtual void Leave(StepContext step)
    {
    }

    /// <summary>Reads what the activity keeps in its own JSON (cases, variable), once per definition.</summary>
    public virtual object? Prepare(ActivityNode node, NodeReader reader) => null;

    /// <summary>Outcomes this node can leave by; the default outcome when it declares none.</summary>
    public virtual IReadOnlyList<string> OutcomesOf(ActivityNode node) => Descriptor.OutcomesOf(node);

    /// <summary>What starts an instance here; null when this kind of step cannot.</summary>
    public virtual TriggerStimulus? TriggerOf(ActivityNode node) => null;

    /// <summary>Rules of its own for the <c>check</c> command and for publishing.</summary>
    public virtual IEnumerable<Finding> Check(ActivityNode node, WorkflowDefinition definition) => [];
}

/// <summary>What a start trigger waits for.</summary>
/// <param name="Schedule">Cron text or ISO interval of a recurring trigger; null for events.</param>
public sealed record TriggerStimulus(string Name, string? Key, string? Schedule = null);

/// <summary>How a step leaves: it waits, or it is done with some outcomes.</summary>
public readonly struct StepResult
{
    private StepResult(bool done, string[]? outcomes)
    {
        IsDone = done;
        Outcomes = outcomes;
    }

    public static StepResult Wait { get; } = new(false, null);

    public static StepResult Done { get; } = new(true, null);

    public bool IsDone { get; }

    /// <summary>Null means the default outcome.</summary>
    public string[]? Outcomes { get; }

    public static StepResult With(params string[] outcomes) => new(true, outcomes);
}
