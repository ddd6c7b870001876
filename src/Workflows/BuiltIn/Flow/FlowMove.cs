using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Workflows.BuiltIn.Flow;

/// <summary>
/// Carries the counters of a running flowchart over to another version of it. Arrows and steps keep theirs by id; an arrow that is new
/// begins even with its target, as a path that was not taken, so that the next round of a loop comes out right.
/// </summary>
internal sealed class FlowMove
{
    private readonly FlowGraph before;
    private readonly FlowGraph? after;
    private readonly HashSet<ActivityNode> atWork;
    private readonly HashSet<string> enteredBackward;
    private readonly string startId;

    private FlowMove(ActivityNode oldFlowchart, ActivityNode newFlowchart, StepState flowchart, InstanceState state, WorkflowDefinition to)
    {
        var (oldGraphs, newGraphs) = ((FlowGraphs)oldFlowchart.Plan!, (FlowGraphs)newFlowchart.Plan!);
        var children = state.Steps.Where(step => step.ParentId == flowchart.Id && VersionMove.IsAlive(step)).ToList();
        var started = flowchart.Flow!.Start;
        before = oldGraphs.From(started);
        // A run that an event began at a step of its own goes on from there.
        startId = oldGraphs.StartOf(null)?.Id == started ? newGraphs.StartOf(null)?.Id ?? started : started;
        after = newFlowchart.Activities.Any(node => node.Id == startId) ? newGraphs.From(startId) : null;
        atWork = [.. children.Select(step => to.Nodes[step.NodeId])];
        enteredBackward = [.. children.Where(step => step.EnteredBackward).Select(step => to.Nodes[step.NodeId].Id)];
    }

    public static FlowMove Of(ActivityNode before, ActivityNode after, StepState flowchart, InstanceState state, WorkflowDefinition to) =>
        new(before, after, flowchart, state, to);

    public IEnumerable<Finding> Obstacles(FlowState flow)
    {
        if (after is null || atWork.Any(node => !after.Contains(node)))
        {
            var lost = atWork.FirstOrDefault(node => after?.Contains(node) != true);
            yield return VersionMove.Obstacle(
                "STEP_UNREACHABLE", lost?.Id, $"Bước “{(lost is null ? startId : lost.Caption)}” không còn nối được từ điểm bắt đầu của sơ đồ.");
            yield break;
        }

        foreach (var join in before.Nodes.Where(node => !IsAtWork(node) && before.ForwardInbound(node).Exists(arrow => flow.VisitsOf(arrow) > flow.VisitsOf(node) && flow.WasFollowed(arrow))))
        {
            var same = after.Nodes.FirstOrDefault(node => node.Id == join.Id);
            if (same is null)
            {
                yield return VersionMove.Obstacle("JOIN_GONE", join.Id, $"Bước hợp nhánh “{join.Caption}” không còn, trong khi một nhánh của hồ sơ đã tới đó.");
            }
            else if (Rule(join) != Rule(same) || !Into(before, join).SetEquals(Into(after, same)))
            {
                yield return VersionMove.Obstacle("JOIN_CHANGED", join.Id, $"Bước hợp nhánh “{join.Caption}” đã đổi, trong khi một nhánh của hồ sơ đã tới đó.");
            }
        }

        var coming = Coming(flow).ToHashSet();
        foreach (var join in coming.Where(node => !atWork.Contains(node) && Rule(node).Mode == "WaitAll"))
        {
            if (after.ForwardInbound(join).Exists(arrow => !coming.Contains(arrow.Source) && flow.VisitsOf(arrow) <= flow.VisitsOf(join)))
            {
                yield return VersionMove.Obstacle("JOIN_NEVER", join.Id, $"Bước hợp nhánh “{join.Caption}” chờ một nhánh mà hồ sơ đã đi qua.");
            }
        }
    }

    /// <summary>The counters in the new version.</summary>
    public FlowState Move(FlowState flow)
    {
        var kept = after!.Nodes.ToDictionary(node => node.Id);
        var known = after.Nodes.SelectMany(after.Outgoing).ToDictionary(arrow => arrow.Key);
        var moved = new FlowState
        {
            Start = startId,
            Activities = flow.Activities.Where(one => kept.ContainsKey(one.Key)).ToDictionary(one => one.Key, one => one.Value),
            Arrows = flow.Arrows.Where(one => known.ContainsKey(one.Key)).ToDictionary(one => one.Key, one => one.Value),
            Joins = flow.Joins is { } joins ? [.. joins] : null,
        };
        var coming = Coming(flow).ToHashSet();
        var counted = before.Nodes.SelectMany(before.ForwardInbound).Select(arrow => arrow.Key).ToHashSet();
        foreach (var node in kept.Values)
        {
            var (visits, begun) = (flow.VisitsOf(node), HasBegun(flow, node));
            // A race that is decided leaves arrows behind that have not arrived yet; a new one from there is as late as they are.
            var late = Math.Min(visits, Known(node).Select(flow.VisitsOf).DefaultIfEmpty(visits).Min());
            foreach (var arrow in after.ForwardInbound(node).Where(arrow => !counted.Contains(arrow.Key)))
            {
                // Where the run has passed already, the arrow counts as not taken; where it is still to come, nothing has arrived yet.
                moved.Arrows[arrow.Key] = begun && !coming.Contains(arrow.Source) ? -(visits + 1) : -late;
            }
        }

        return moved;
    }

    /// <summary>Whether a round of a step has begun that it has not left: an arrow has arrived, or it is at work.</summary>
    private bool HasBegun(FlowState flow, ActivityNode node) =>
        (IsAtWork(node) && !enteredBackward.Contains(node.Id))
        || Known(node).Exists(arrow => flow.VisitsOf(arrow) > flow.VisitsOf(node));

    /// <summary>Arrows into a step in the old version.</summary>
    private List<Connection> Known(ActivityNode node) => before.Nodes.FirstOrDefault(one => one.Id == node.Id) is { } old ? before.ForwardInbound(old) : [];

    private bool IsAtWork(ActivityNode node) => atWork.Any(one => one.Id == node.Id);

    /// <summary>Everything that is at work, waits at a join, or can still come in this round.</summary>
    private IEnumerable<ActivityNode> Coming(FlowState flow)
    {
        var alive = atWork.Concat(after!.Nodes.Where(node => flow.Joins?.Contains(node.Id) == true)).ToList();
        return alive.Concat(alive.SelectMany(after.Behind));
    }

    private static HashSet<string> Into(FlowGraph graph, ActivityNode node) => [.. graph.ForwardInbound(node).Select(arrow => arrow.Key)];

    private static (string Type, string? Mode) Rule(ActivityNode node) => node.Activity is FlowJoin
        ? (node.Type, node.Inputs[0].Value is { } mode ? mode.Constant?.ToString() ?? mode.Script : null)
        : (node.Type, node.MergeMode);
}
