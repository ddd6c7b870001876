using System.Text.Json.Nodes;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Workflows.BuiltIn.Flow;

/// <summary>Where a flowchart begins.</summary>
[Activity("Elsa.Start", "Flow", "Start", Description = "Where the flowchart begins.", IsStart = true)]
[Outcomes("Done")]
public sealed class Start : Activity;

/// <summary>Ends the flowchart.</summary>
[Activity("Elsa.End", "Flow", "End", Description = "Ends the flowchart.")]
public sealed class End : Activity
{
    public override bool IsTerminal => true;
}

/// <summary>Leaves by True or False.</summary>
[Activity("Elsa.FlowDecision", "Branching", "Decision", Description = "Evaluates a condition and goes on by True or False.")]
[Outcomes("True", "False")]
public sealed class FlowDecision : Activity
{
    [Field("Condition", Hint = UiHints.SingleLine)]
    public Input<bool> Condition { get; } = new();

    public override StepResult Enter(StepContext step) => StepResult.With(step.Get(Condition) ? "True" : "False");
}

/// <summary>Leaves by the labels of the cases that are true, else by Default.</summary>
[Activity("Elsa.FlowSwitch", "Branching", "Switch (flow)", Description = "Goes on by the cases whose condition is true.")]
public sealed class FlowSwitch : Activity
{
    [Field("Cases", Hint = UiHints.FlowSwitchEditor, IsWrapped = false)]
    public Input<JsonNode> Cases { get; } = new();

    [Field("Mode", Options = ["MatchFirst=Match first", "MatchAny=Match any"], TypeName = "SwitchMode")]
    public Input<string> Mode { get; } = new("MatchFirst");

    public override object? Prepare(ActivityNode node, NodeReader reader) => SwitchCase.Read(node, reader);

    public override IReadOnlyList<string> OutcomesOf(ActivityNode node) =>
        [.. ((IReadOnlyList<SwitchCase>)node.Plan!).Select(@case => @case.Label), "Default"];

    public override StepResult Enter(StepContext step)
    {
        var matches = SwitchCase.Matches(step, step.Get(Mode)).Select(@case => @case.Label).ToArray();
        return StepResult.With(matches.Length > 0 ? matches : ["Default"]);
    }
}

/// <summary>Leaves by all its branches at once.</summary>
[Activity("Elsa.FlowFork", "Branching", "Fork (flow)", Description = "Goes on by several branches at once.")]
public sealed class FlowFork : Activity
{
    [Field("Branches", Hint = UiHints.DynamicOutcomes)]
    public Input<string[]> Branches { get; } = new();

    public override StepResult Enter(StepContext step) =>
        step.Get(Branches) is { Length: > 0 } branches ? StepResult.With(branches) : StepResult.Done;
}

/// <summary>Runs its body and goes on.</summary>
[Activity("Elsa.FlowNode", "Flow", "Container", Description = "Runs the activity in it.")]
[Ports("Body")]
[Outcomes("Done")]
public sealed class FlowNode : Activity
{
    public override StepResult Enter(StepContext step)
    {
        if (step.Node.Port("Body") is not { } body)
        {
            return StepResult.Done;
        }

        step.Schedule(body);
        return StepResult.Wait;
    }

    public override StepResult ChildCompleted(StepContext step, StepContext child) => StepResult.Done;
}
