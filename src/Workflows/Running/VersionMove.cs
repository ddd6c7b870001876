using PublicService.Workflows.BuiltIn.Composition;
using PublicService.Workflows.BuiltIn.Flow;
using PublicService.Workflows.Expressions;
using PublicService.Workflows.Model;

namespace PublicService.Workflows.Running;

/// <summary>A step that waits, as it stands in both versions.</summary>
/// <param name="IsChanged">Its settings differ; where it stands on the canvas does not matter.</param>
/// <param name="Lost">Outcomes that led somewhere and lead nowhere in the new version.</param>
public sealed record WaitingInBoth(StepState Step, ActivityNode Before, ActivityNode After, bool IsChanged, IReadOnlyList<string> Lost);

/// <summary>
/// Puts a running instance on another version of its definition. Everything alive must be found again by its id: steps at work and the
/// containers around them, variables, joins that have begun. What is over, or still to come, may differ freely.
/// </summary>
public static class VersionMove
{
    /// <summary>What stands in the way; empty when the instance can be moved. The sentences are for the analyst.</summary>
    public static IReadOnlyList<Finding> Obstacles(WorkflowDefinition from, WorkflowDefinition to, InstanceState state)
    {
        var missing = state.Steps.Select(step => Missing(from, to, step)).OfType<Finding>().DistinctBy(finding => finding.ActivityId).ToList();
        return missing.Count > 0 ? missing :
        [
            .. state.Steps.SelectMany(step => Variables(from, to, step)),
            .. state.Steps.Where(IsAlive).SelectMany(step => Inside(from, to, state, step)),
        ];
    }

    /// <summary>The steps that wait, in both versions; only for an instance without obstacles.</summary>
    public static IReadOnlyList<WaitingInBoth> Waiting(WorkflowDefinition from, WorkflowDefinition to, InstanceState state) =>
    [
        .. state.Steps.Where(step => state.Bookmarks.Exists(bookmark => bookmark.StepId == step.Id)).Select(step =>
        {
            var (before, after) = (from.Nodes[step.NodeId], to.Nodes[step.NodeId]);
            var lost = PortsOf(before).Except(PortsOf(after)).ToList();
            return new WaitingInBoth(step, before, after, !StepSettings.AreEqual(before, after), lost);
        }),
    ];

    /// <summary>Moves it; only for an instance without obstacles. Bookmarks, timers and what waiting steps were asked stay as they are.</summary>
    public static void Apply(WorkflowDefinition from, WorkflowDefinition to, InstanceState state)
    {
        foreach (var step in state.Steps)
        {
            var (before, after) = (from.Nodes[step.NodeId], to.Nodes[step.NodeId]);
            TakeVariables(step, before, after);
            if (step.Flow is { } flow && IsAlive(step))
            {
                step.Flow = FlowMove.Of(before, after, step, state, to).Move(flow);
            }
        }

        (state.DefinitionVersionId, state.DefinitionVersion) = (to.Id, to.Version);
    }

    internal static bool IsAlive(StepState step) => step.Status is StepStatus.Running or StepStatus.Faulted;

    private static Finding? Missing(WorkflowDefinition from, WorkflowDefinition to, StepState step)
    {
        if (!from.Nodes.TryGetValue(step.NodeId, out var before))
        {
            return Obstacle("STEP_UNKNOWN", step.NodeId, $"Phiên bản đang chạy không có bước “{step.NodeId}”.");
        }

        if (to.Nodes.TryGetValue(step.NodeId, out var after))
        {
            return after.Type == before.Type ? null
                : Obstacle("STEP_OTHER_TYPE", before.Id, $"Bước “{before.Caption}” nay là loại hoạt động khác ({after.Activity.Descriptor.DisplayName}).");
        }

        return to.FindActivity(before.Id)?.Id == before.Id
            ? Obstacle("STEP_ELSEWHERE", before.Id, $"Bước “{before.Caption}” nay nằm trong một khối khác.")
            : Obstacle("STEP_GONE", before.Id, $"Bước “{before.Caption}” không còn trong phiên bản mới.");
    }

    private static IEnumerable<Finding> Variables(WorkflowDefinition from, WorkflowDefinition to, StepState step)
    {
        var after = to.Nodes[step.NodeId].Variables;
        return
            from variable in @from.Nodes[step.NodeId].Variables
            where step.Variables?.GetValueOrDefault(variable.Id) is not null
            let same = after.FirstOrDefault(other => other.Id == variable.Id)
            where same is not null && same.Type != variable.Type
            select Obstacle("VARIABLE_OTHER_TYPE", step.NodeId, $"Biến “{variable.Name}” đã đổi kiểu từ {variable.Type.Name} sang {same.Type.Name}.");
    }

    /// <summary>What a container remembers must still mean the same.</summary>
    private static IEnumerable<Finding> Inside(WorkflowDefinition from, WorkflowDefinition to, InstanceState state, StepState step)
    {
        var (before, after) = (from.Nodes[step.NodeId], to.Nodes[step.NodeId]);
        if (step.Flow is { } flow)
        {
            return FlowMove.Of(before, after, step, state, to).Obstacles(flow);
        }

        var order = before.Activities.Select(child => child.Id).ToList();
        if (before.Activity is Sequence && step.Properties?.GetValueOrDefault("CurrentIndex") is { } index)
        {
            order = order[..(index.GetValue<int>() + 1)];
        }

        return order.Count == 0 || (order.SequenceEqual(after.Activities.Take(order.Count).Select(child => child.Id)) && (before.Activity is Sequence || order.Count == after.Activities.Count))
            ? []
            : [Obstacle("CONTENT_CHANGED", before.Id, $"Các bước bên trong “{before.Caption}” đã đổi trong khi đang thực hiện.")];
    }

    /// <summary>Outcomes by which arrows leave a step; everything it can leave by where no arrows are.</summary>
    private static IEnumerable<string> PortsOf(ActivityNode node) =>
        node.Parent is { Connections.Count: > 0 } flowchart ? flowchart.Connections.Where(arrow => arrow.Source == node).Select(arrow => arrow.Port).Distinct() : [];

    private static void TakeVariables(StepState step, ActivityNode before, ActivityNode after)
    {
        var known = before.Variables.Select(variable => variable.Id).ToHashSet();
        foreach (var variable in after.Variables.Where(variable => variable.Default is not null && !known.Contains(variable.Id)))
        {
            (step.Variables ??= [])[variable.Id] = ValueConverter.Convert(variable.Default, variable.Type);
        }

        foreach (var gone in known.Except(after.Variables.Select(variable => variable.Id)))
        {
            step.Variables?.Remove(gone);
        }
    }

    internal static Finding Obstacle(string code, string? activityId, string message) => new(code, FindingLevel.Error, activityId, message);
}
