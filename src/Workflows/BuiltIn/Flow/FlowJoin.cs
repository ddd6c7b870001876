using PublicService.Workflows.Catalog;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Workflows.BuiltIn.Flow;

/// <summary>When an activity with several arrows in goes on.</summary>
public enum JoinMode
{
    /// <summary>All arrows were visited and at least one was followed; how every ordinary activity joins.</summary>
    WaitAllActive,

    /// <summary>All arrows were followed.</summary>
    WaitAll,

    /// <summary>The first arrow that is followed wins; the rest is cancelled.</summary>
    WaitAny,
}

/// <summary>Joins branches (Elsa contract D.7).</summary>
[Activity("Elsa.FlowJoin", "Flow", "Join", Description = "Merges several branches into one.")]
[Outcomes("Done")]
public sealed class FlowJoin : Activity
{
    private const string Race = "Race";

    [Field("Mode", Description = "When the branches are joined.", Options = ["WaitAny", "WaitAll", "WaitAllActive"], TypeName = "FlowJoinMode")]
    public Input<string> Mode { get; } = new("WaitAny");

    /// <summary>Whether entering a node ends whatever still runs on the way to it: a join in every mode, any other step in a race.</summary>
    internal static bool EndsWhatLeadsTo(ActivityNode node) => node.Activity is FlowJoin || node.MergeMode == Race;

    internal static JoinMode ModeOf(StepContext flowchart, ActivityNode node)
    {
        if (node.Activity is FlowJoin)
        {
            var value = node.Inputs[0].Value;
            return (value?.Constant ?? value?.Evaluate(flowchart))?.ToString() switch
            {
                "WaitAll" => JoinMode.WaitAll,
                "WaitAllActive" => JoinMode.WaitAllActive,
                _ => JoinMode.WaitAny,
            };
        }

        return node.MergeMode == Race ? JoinMode.WaitAny : JoinMode.WaitAllActive;
    }
}
