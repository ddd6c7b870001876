using PublicService.Workflows.Catalog;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Workflows.BuiltIn.Flow;

/// <summary>
/// Activities joined by arrows. Joins count how often each arrow was visited, and paths that are not taken are followed as dead
/// paths so that later joins do not hang (Elsa contract D.7, counter mode). This is the only join algorithm of the runtime.
/// </summary>
[Activity("Elsa.Flowchart", "Flow", "Flowchart", Description = "Activities joined by arrows.", IsContainer = true, IsBrowsable = false)]
public sealed class Flowchart : Activity
{
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
            CancelAncestors(step, child.Node);
        }
    }

    public override StepResult ChildCompleted(StepContext step, StepContext child)
    {
        if (child.Node.Activity.IsTerminal)
        {
            return StepResult.Done;
        }

        Leave(step, child, child.State.Outcomes ?? DefaultOutcomes);
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
            Leave(step, child, []);
        }
    }

    /// <summary>Cancels what is still running on the way to a node: the losers of a race.</summary>
    private static void CancelAncestors(StepContext flowchart, ActivityNode node)
    {
        var ancestors = GraphOf(flowchart).AncestorsOf(node);
        foreach (var child in flowchart.Instance.Steps.Where(child => child.ParentId == flowchart.State.Id).ToList())
        {
            if (child.Status is StepStatus.Running && flowchart.Run.ContextOf(child) is var context && ancestors.Contains(context.Node))
            {
                flowchart.Run.Cancel(context);
            }
        }
    }

    private static readonly string[] DefaultOutcomes = [ActivityDescriptor.DefaultOutcome];

    private static FlowGraph GraphOf(StepContext flowchart) => ((FlowGraphs)flowchart.Node.Plan!).From(flowchart.State.Flow!.Start);

    private static void Leave(StepContext flowchart, StepContext child, string[] outcomes) =>
        LeaveAndFree(flowchart, GraphOf(flowchart), child, outcomes);

    private static void LeaveAndFree(StepContext flowchart, FlowGraph graph, StepContext child, string[] outcomes)
    {
        Leave(flowchart, graph, child.Node, outcomes, countVisit: !child.State.EnteredBackward);
        FreeJoins(flowchart, graph);
    }

    private static void Leave(StepContext flowchart, FlowGraph graph, ActivityNode node, string[] outcomes, bool countVisit)
    {
        var counters = flowchart.State.Flow!;
        if (!graph.Contains(node))
        {
            throw new InvalidOperationException($"Activity '{node.Id}' is not reachable from the start of the flowchart.");
        }

        if (countVisit)
        {
            counters.Visit(node);
        }

        foreach (var arrow in graph.Outgoing(node))
        {
            var followed = outcomes.Contains(arrow.Port);
            counters.Visit(arrow, followed);
            if (!graph.IsBackward(arrow))
            {
                Arrive(flowchart, graph, arrow);
            }
            else if (followed)
            {
                FollowBack(flowchart, graph, arrow);
            }
        }
    }

    private static void FollowBack(StepContext flowchart, FlowGraph graph, Connection arrow)
    {
        if (!graph.IsValidBackward(arrow))
        {
            throw new InvalidOperationException(
                $"Invalid backward connection: every path from '{arrow.Source.Id}' back to the start must go through '{arrow.Target.Id}'.");
        }

        flowchart.Run.Schedule(arrow.Target, flowchart, new WorkItem { Backward = true, ScheduledBy = flowchart.State.Id });
    }

    private static void Arrive(StepContext flowchart, FlowGraph graph, Connection arrow)
    {
        var counters = flowchart.State.Flow!;
        var target = arrow.Target;
        var inbound = graph.ForwardInbound(target);
        var visits = counters.VisitsOf(target);
        var most = inbound.Max(counters.VisitsOf);
        var allVisited = inbound.Min(counters.VisitsOf) > visits;
        var anyFollowed = most > visits && inbound.Any(other => counters.VisitsOf(other) == most && counters.WasFollowed(other));
        switch (FlowJoin.ModeOf(flowchart, target))
        {
            case JoinMode.WaitAny:
                if (counters.VisitsOf(arrow) <= visits || flowchart.Run.IsQueued(target, flowchart) || IsRunning(flowchart, target))
                {
                    return;
                }

                if (anyFollowed)
                {
                    // Scheduled before the losers are cancelled: otherwise the flowchart finds itself empty and ends early.
                    flowchart.Schedule(target);
                    CancelAncestors(flowchart, target);
                }
                else if (allVisited)
                {
                    Leave(flowchart, graph, target, [], countVisit: true);
                }

                return;
            case JoinMode.WaitAll:
                Decide(allVisited, inbound.All(other => counters.VisitsOf(other) == most && counters.WasFollowed(other)));
                return;
            default:
                counters.Wait(target, !allVisited && anyFollowed);
                Decide(allVisited, anyFollowed);
                return;
        }

        void Decide(bool complete, bool follow)
        {
            if (complete && follow)
            {
                flowchart.Schedule(target);
            }
            else if (complete)
            {
                Leave(flowchart, graph, target, [], countVisit: true);
            }
        }
    }

    /// <summary>
    /// Counters alone hang where a loop leads into a join from one side only: the other side is never visited again. Such a join goes
    /// on as soon as nothing alive in the flowchart can still reach it.
    /// </summary>
    private static void FreeJoins(StepContext flowchart, FlowGraph graph)
    {
        var counters = flowchart.State.Flow!;
        foreach (var id in counters.Joins?.ToList() ?? [])
        {
            var join = graph.Nodes.First(node => node.Id == id);
            if (!flowchart.Run.QueuedIn(flowchart).Concat(Alive(flowchart)).Any(node => graph.CanReach(node, join)))
            {
                counters.Wait(join, false);
                counters.Settle(join, graph.ForwardInbound(join));
                flowchart.Schedule(join);
            }
        }
    }

    private static IEnumerable<ActivityNode> Alive(StepContext flowchart) => flowchart.Instance.Steps
        .Where(step => step.ParentId == flowchart.State.Id && step.Status is StepStatus.Running or StepStatus.Faulted)
        .Select(step => flowchart.Run.ContextOf(step).Node);

    private static bool IsRunning(StepContext flowchart, ActivityNode node) =>
        flowchart.Instance.Steps.Exists(step => step.ParentId == flowchart.State.Id && step.NodeId == node.NodeId && step.Status is StepStatus.Running);

    private static bool IsExhausted(StepContext flowchart) =>
        !flowchart.Instance.Steps.Exists(step => step.ParentId == flowchart.State.Id && step.Status is StepStatus.Running or StepStatus.Faulted)
        && !flowchart.Run.HasWorkFor(flowchart);
}
