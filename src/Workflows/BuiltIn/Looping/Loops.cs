using System.Text.Json.Nodes;
using PublicService.Workflows.BuiltIn.Branching;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Running;

namespace PublicService.Workflows.BuiltIn.Looping;

/// <summary>Repeats its body while a condition holds.</summary>
[Activity("Elsa.While", "Looping", "While", Description = "Repeats while a condition holds.")]
[Ports("Body")]
[Outcomes("Done")]
public sealed class While : Activity
{
    [Field("Condition", Hint = UiHints.SingleLine, AutoEvaluate = false)]
    public Input<bool> Condition { get; } = new();

    public override StepResult Enter(StepContext step) => Next(step);

    public override StepResult ChildCompleted(StepContext step, StepContext child) => Next(step);

    private StepResult Next(StepContext step)
    {
        if (step.State.Breaking || !step.Evaluate(Condition) || step.Node.Port("Body") is not { } body)
        {
            return StepResult.Done;
        }

        step.Schedule(body);
        return StepResult.Wait;
    }
}

/// <summary>Repeats its body for a range of numbers.</summary>
[Activity("Elsa.For", "Looping", "For", Description = "Repeats for a range of numbers.")]
[Ports("Body")]
[Outcomes("Done")]
public sealed class For : Activity
{
    public Input<int> Start { get; } = new();

    public Input<int> End { get; } = new();

    public Input<int> Step { get; } = new(1);

    [Field("Outer bound inclusive")]
    public Input<bool> OuterBoundInclusive { get; } = new(true);

    [Field("Current value")]
    public Output CurrentValue { get; } = new();

    public override StepResult Enter(StepContext step) => Next(step, step.Get(Start));

    public override StepResult ChildCompleted(StepContext step, StepContext child) =>
        Next(step, step["CurrentValue"]!.GetValue<int>() + step.Get(Step));

    private StepResult Next(StepContext step, int value)
    {
        var end = step.Get(End);
        var inclusive = step.Get(OuterBoundInclusive);
        var inside = step.Get(Step) < 0 ? (inclusive ? value >= end : value > end) : inclusive ? value <= end : value < end;

        // A loop without a body has nothing to repeat; Elsa waits in it for ever.
        if (!inside || step.State.Breaking || step.Node.Port("Body") is not { } body)
        {
            return StepResult.Done;
        }

        step["CurrentValue"] = value;
        step.Set(CurrentValue, JsonValue.Create(value));
        step.Schedule(body, variables: new() { ["CurrentValue"] = JsonValue.Create(value) });
        return StepResult.Wait;
    }
}

/// <summary>Repeats its body for each item, one after the other.</summary>
[Activity("Elsa.ForEach", "Looping", "For each", Description = "Repeats for each item of a list.")]
[Ports("Body")]
[Outcomes("Done")]
public sealed class ForEach : Activity
{
    [Field("Items", TypeName = "List<Object>", DefaultSyntax = "Object")]
    public Input<JsonNode> Items { get; } = new();

    [Field("Current value")]
    public Output CurrentValue { get; } = new();

    public override StepResult Enter(StepContext step) => Next(step, 0);

    public override StepResult ChildCompleted(StepContext step, StepContext child) => Next(step, step["CurrentIndex"]!.GetValue<int>() + 1);

    private StepResult Next(StepContext step, int index)
    {
        var items = step.Get(Items) as JsonArray ?? [];
        if (index >= items.Count || step.State.Breaking || step.Node.Port("Body") is not { } body)
        {
            return StepResult.Done;
        }

        var value = items[index]?.DeepClone();
        step["CurrentIndex"] = index;
        step.Set(CurrentValue, value);
        step.Schedule(body, variables: new() { ["CurrentIndex"] = JsonValue.Create(index), ["CurrentValue"] = value });
        return StepResult.Wait;
    }
}

/// <summary>Runs its body once for each item, interleaved; each iteration has variables of its own.</summary>
[Activity("Elsa.ParallelForEach", "Looping", "Parallel for each", Description = "Runs for all items of a list side by side.")]
[Ports("Body")]
[Outcomes("Done")]
public sealed class ParallelForEach : Activity
{
    [Field("Items", DefaultSyntax = "Object")]
    public Input<JsonNode> Items { get; } = new();

    public override StepResult Enter(StepContext step)
    {
        if (step.Get(Items) is not JsonArray { Count: > 0 } items || step.Node.Port("Body") is not { } body)
        {
            return StepResult.Done;
        }

        step[Together.Open] = items.Count;
        for (var index = 0; index < items.Count; index++)
        {
            step.Schedule(body, tag: $"{index}", variables: new()
            {
                ["CurrentValue"] = items[index]?.DeepClone(),
                ["CurrentIndex"] = JsonValue.Create(index),
            });
        }

        return StepResult.Wait;
    }

    public override StepResult ChildCompleted(StepContext step, StepContext child)
    {
        var all = Together.OneDone(step);
        return step.State.Breaking ? StepResult.Done : all;
    }
}

/// <summary>Ends the nearest loop after the current body.</summary>
[Activity("Elsa.Break", "Looping", "Break", Description = "Ends the nearest loop.")]
public sealed class Break : Activity
{
    public override bool IsTerminal => true;

    public override StepResult Enter(StepContext step)
    {
        for (var scope = step.Parent; scope is not null; scope = scope.Parent)
        {
            scope.State.Breaking = true;
            if (scope.Node.Activity is While or For or ForEach or ParallelForEach)
            {
                break;
            }
        }

        return StepResult.Done;
    }
}
