using PublicService.Workflows.Catalog;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Workflows.BuiltIn.Flow;

/// <summary>Activities joined by arrows; which of them go on when one is left is decided by <see cref="FlowWalk"/>.</summary>
[Activity("Elsa.Flowchart", "Flow", "Flowchart", Description = "Activities joined by arrows.", IsContainer = true, IsBrowsable = false)]
public sealed class Flowchart : Activity
{
    private static readonly string[] DefaultOutcomes = [ActivityDescriptor.DefaultOutcome];

    public override object? Prepare(ActivityNode node, NodeReader reader) => new FlowGraphs(node);

    public override StepResult Enter(StepContext step)
    {
        var graphs = (FlowGraphs)step.Node.Plan!;
        if (graphs.StartOf(step.Run.TriggerActivityId) is not { } start)
        {
            return StepResult.Done;
        }

        step.State.Flow = new FlowState { Start = start.Id };
        step.Schedule(start);
        return StepResult.Wait;
    }

    /// <summary>Losers that were still queued when the race was decided may have begun to wait since.</summary>
    public override void ChildEnters(StepContext step, StepContext child)
    {
        if (FlowJoin.EndsWhatLeadsTo(child.Node))
        {
            new FlowWalk(step).CancelAncestors(child.Node);
        }
    }

    public override StepResult ChildCompleted(StepContext step, StepContext child)
    {
        if (child.Node.Activity.IsTerminal)
        {
            return StepResult.Done;
        }

        new FlowWalk(step).Leave(child, child.State.Outcomes ?? DefaultOutcomes);
        return IsExhausted(step) ? StepResult.Done : StepResult.Wait;
    }

    public override void ChildCanceled(StepContext step, StepContext child)
    {
        if (IsExhausted(step))
        {
            step.Run.Complete(step, null);
        }

        if (step.State.Status is StepStatus.Running)
        {
            new FlowWalk(step).Leave(child, []);
        }
    }

    private static bool IsExhausted(StepContext flowchart) =>
        !flowchart.Instance.Steps.Exists(step => step.ParentId == flowchart.State.Id && step.Status is StepStatus.Running or StepStatus.Faulted)
        && !flowchart.Run.HasWorkFor(flowchart);
}
