using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Workflows.BuiltIn.Flow;

/// <summary>
/// What happens in a flowchart when one of its activities is left. Joins count how often each arrow was visited, and paths that are
/// not taken are followed as dead paths so that later joins do not hang (Elsa contract D.7, counter mode). This is the only join
/// algorithm of the runtime.
/// </summary>
internal sealed class FlowWalk
{
    private readonly StepContext flowchart;
    private readonly FlowGraph graph;
    private readonly FlowState counters;

    /// <summary>Targets of arrows that are followed now but have not been arrived at yet.</summary>
    private readonly List<ActivityNode> ahead = [];

    /// <summary>Activities that won a race in this walk.</summary>
    private readonly List<ActivityNode> winners = [];

    public FlowWalk(StepContext flowchart)
    {
        this.flowchart = flowchart;
        counters = flowchart.State.Flow!;
        graph = ((FlowGraphs)flowchart.Node.Plan!).From(counters.Start);
    }

    /// <summary>Goes on from an activity that completed, or was cancelled and has no outcomes.</summary>
    public void Leave(StepContext child, string[] outcomes)
    {
        Leave(child.Node, outcomes, countVisit: !child.State.EnteredBackward);
        ahead.Clear();

        // Only now, with every arrow arrived: a loser that leaves in between would free joins which an arrow of this walk still reaches.
        foreach (var winner in winners)
        {
            CancelAncestors(winner);
        }

        FreeJoins();
    }

    /// <summary>Goes back to an activity that was left: what waits behind it is cancelled, and it begins anew.</summary>
    public void ReturnTo(ActivityNode node)
    {
        var behind = graph.Behind(node);
        Cancel(behind, tellOwner: false);
        counters.Rewind(node, behind, graph);
        flowchart.Run.Schedule(node, flowchart, new WorkItem { Backward = true, ScheduledBy = flowchart.State.Id });
    }

    /// <summary>Cancels what is still running on the way to a node: the losers of a race.</summary>
    public void CancelAncestors(ActivityNode node)
    {
        Cancel(graph.AncestorsOf(node), tellOwner: true);
    }

    private void Cancel(HashSet<ActivityNode> nodes, bool tellOwner)
    {
        foreach (var child in flowchart.Instance.Steps.Where(child => child.ParentId == flowchart.State.Id).ToList())
        {
            if (child.Status is StepStatus.Running && flowchart.Run.ContextOf(child) is var context && nodes.Contains(context.Node))
            {
                flowchart.Run.Cancel(context, tellOwner);
            }
        }
    }

    private void Leave(ActivityNode node, string[] outcomes, bool countVisit)
    {
        if (!graph.Contains(node))
        {
            throw new InvalidOperationException($"Activity '{node.Id}' is not reachable from the start of the flowchart.");
        }

        if (countVisit)
        {
            counters.Visit(node);
        }

        var arrows = graph.Outgoing(node);
        ahead.AddRange(arrows.Where(arrow => outcomes.Contains(arrow.Port)).Select(arrow => arrow.Target));
        foreach (var arrow in arrows)
        {
            var followed = outcomes.Contains(arrow.Port);
            if (!followed && MayComeAgain(arrow))
            {
                continue;
            }

            counters.Visit(arrow, followed);
            if (!graph.IsBackward(arrow))
            {
                Arrive(arrow);
            }
            else if (followed)
            {
                FollowBack(arrow);
            }
        }
    }

    private void FollowBack(Connection arrow)
    {
        if (!graph.IsValidBackward(arrow))
        {
            throw new InvalidOperationException(
                $"Invalid backward connection: every path from '{arrow.Source.Id}' back to the start must go through '{arrow.Target.Id}'.");
        }

        flowchart.Run.Schedule(arrow.Target, flowchart, new WorkItem { Backward = true, ScheduledBy = flowchart.State.Id });
    }

    private void Arrive(Connection arrow)
    {
        var target = arrow.Target;
        var inbound = graph.ForwardInbound(target);
        var visits = counters.VisitsOf(target);
        var most = inbound.Max(counters.VisitsOf);
        var allVisited = inbound.Min(counters.VisitsOf) > visits;
        var anyFollowed = most > visits && inbound.Any(other => counters.VisitsOf(other) == most && counters.WasFollowed(other));
        switch (FlowJoin.ModeOf(flowchart, target))
        {
            case JoinMode.WaitAny:
                if (counters.VisitsOf(arrow) > visits && !flowchart.Run.IsQueued(target, flowchart) && !IsRunning(target))
                {
                    Decide(target, anyFollowed || allVisited, anyFollowed);
                    winners.AddRange(anyFollowed ? [target] : []);
                }

                return;
            case JoinMode.WaitAll:
                Decide(target, allVisited, inbound.All(other => counters.VisitsOf(other) == most && counters.WasFollowed(other)));
                return;
            default:
                counters.Wait(target, !allVisited && anyFollowed);
                Decide(target, allVisited, anyFollowed);
                return;
        }
    }

    private void Decide(ActivityNode target, bool complete, bool follow)
    {
        if (complete && follow)
        {
            flowchart.Schedule(target);
        }
        else if (complete)
        {
            Leave(target, [], countVisit: true);
        }
    }

    /// <summary>
    /// Whether an arrow that leads out of a loop was left only because the loop goes on: it is not dead yet, and a join behind it must
    /// not go on without it.
    /// </summary>
    private bool MayComeAgain(Connection arrow)
    {
        if (!graph.HasLoops || graph.IsBackward(arrow))
        {
            return false;
        }

        var leading = graph.LeadingTo(arrow.Source, arrow.Target);
        return Coming().Concat(ahead).Any(node => node == arrow.Source || leading.Contains(node));
    }

    /// <summary>
    /// Counters alone hang where a loop leads into a join from one side only: the other side is never visited again. Such a join goes
    /// on as soon as nothing alive in the flowchart can still come to it in this round, joins before it first.
    /// </summary>
    private void FreeJoins()
    {
        while (counters.Joins is { Count: > 0 } joins)
        {
            var waiting = joins.ConvertAll(graph.Node);
            if (waiting.Find(join => !Coming().Any(graph.LeadingTo(join, join).Contains)) is not { } free)
            {
                return;
            }

            counters.Wait(free, false);
            counters.Settle(free, graph.ForwardInbound(free));
            flowchart.Schedule(free);
        }
    }

    /// <summary>Everything in the flowchart that will still leave by some arrow: steps in the queue, steps at work, joins that wait.</summary>
    private IEnumerable<ActivityNode> Coming() => flowchart.Run.QueuedIn(flowchart)
        .Concat(flowchart.Instance.Steps.Where(IsAlive).Select(step => flowchart.Run.ContextOf(step).Node))
        .Concat((counters.Joins ?? []).Select(graph.Node));

    private bool IsAlive(StepState step) => step.ParentId == flowchart.State.Id && step.Status is StepStatus.Running or StepStatus.Faulted;

    private bool IsRunning(ActivityNode node) =>
        flowchart.Instance.Steps.Exists(step => step.ParentId == flowchart.State.Id && step.NodeId == node.NodeId && step.Status is StepStatus.Running);
}
