using PublicService.Workflows.BuiltIn.Flow;
using PublicService.Workflows.Model;

namespace PublicService.Workflows.Running;

/// <summary>A step that was left and that the instance can be moved back to.</summary>
/// <param name="Flowchart">The execution of the flowchart it stands in.</param>
/// <param name="Behind">Everything that can follow it; what of this waits now is cancelled by the return.</param>
/// <param name="Left">Those of them that were left already and will run again.</param>
/// <param name="Waiting">Those of them that wait now, joins included.</param>
public sealed record EarlierStep(
    StepState Flowchart, ActivityNode Node, IReadOnlySet<ActivityNode> Behind, IReadOnlyList<ActivityNode> Left, IReadOnlyList<ActivityNode> Waiting);

/// <summary>Where an instance can be moved back to: steps of a flowchart behind which something waits now.</summary>
public static class EarlierSteps
{
    /// <summary>In the order of the flowchart's arrows. Steps at work in a parallel branch are left alone and are no place to return to.</summary>
    public static IEnumerable<EarlierStep> Of(WorkflowDefinition definition, InstanceState state) =>
        state.Steps.Where(step => step.Status is StepStatus.Running).SelectMany(step => step.Flow is { } flow ? In(definition, state, step, flow) : []);

    private static IEnumerable<EarlierStep> In(WorkflowDefinition definition, InstanceState state, StepState flowchart, FlowState flow)
    {
        var graph = ((FlowGraphs)definition.Nodes[flowchart.NodeId].Plan!).From(flow.Start);
        var atWork = state.Steps.Where(step => step.ParentId == flowchart.Id && step.Status is StepStatus.Running or StepStatus.Faulted)
            .Select(step => definition.Nodes[step.NodeId]).Where(graph.Contains).ToHashSet();
        var waiting = atWork.Concat((flow.Joins ?? []).Select(graph.Node)).ToHashSet();
        return
            from node in graph.Nodes
            where flow.WasLeft(node, graph) && !atWork.Contains(node)
            let behind = graph.Behind(node)
            where !behind.Contains(node) && behind.Overlaps(waiting)
            select new EarlierStep(flowchart, node, behind, [.. behind.Where(next => flow.WasLeft(next, graph))], [.. behind.Where(waiting.Contains)]);
    }
}
