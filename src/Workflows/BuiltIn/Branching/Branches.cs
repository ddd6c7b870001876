using System.Text.Json.Nodes;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Workflows.BuiltIn.Branching;

/// <summary>Runs Then or Else.</summary>
[Activity("Elsa.If", "Branching", "If", Description = "Runs one of two activities by a condition.")]
[Ports("Then", "Else")]
[Outcomes("Done")]
public sealed class If : Activity
{
    [Field("Condition", Hint = UiHints.SingleLine)]
    public Input<bool> Condition { get; } = new();

    public Output Result { get; } = new("Boolean");

    public override StepResult Enter(StepContext step)
    {
        var condition = step.Get(Condition);
        step.Set(Result, JsonValue.Create(condition));
        if (step.Node.Port(condition ? "Then" : "Else") is not { } branch)
        {
            return StepResult.Done;
        }

        step.Schedule(branch);
        return StepResult.Wait;
    }

    public override StepResult ChildCompleted(StepContext step, StepContext child) => StepResult.Done;
}

/// <summary>Runs the bodies of the cases that are true, else Default.</summary>
[Activity("Elsa.Switch", "Branching", "Switch", Description = "Runs the activities of the cases that are true.")]
[Ports("Default")]
[Outcomes("Done")]
public sealed class Switch : Activity
{
    [Field("Cases", Hint = UiHints.SwitchEditor, IsWrapped = false)]
    public Input<JsonNode> Cases { get; } = new();

    [Field("Mode", Options = ["MatchFirst=Match first", "MatchAny=Match any"], TypeName = "SwitchMode")]
    public Input<string> Mode { get; } = new("MatchFirst");

    public Output Output { get; } = new();

    public override object? Prepare(ActivityNode node, NodeReader reader) => SwitchCase.Read(node, reader);

    public override StepResult Enter(StepContext step)
    {
        var matches = SwitchCase.Matches(step, step.Get(Mode));
        var bodies = matches.Count > 0 ? matches.Select(@case => @case.Body).OfType<ActivityNode>().ToList() : [];
        if (matches.Count == 0 && step.Node.Port("Default") is { } fallback)
        {
            bodies.Add(fallback);
        }

        return Together.Start(step, bodies);
    }

    public override StepResult ChildCompleted(StepContext step, StepContext child) => Together.OneDone(step);
}

/// <summary>Runs all its children, interleaved.</summary>
[Activity("Elsa.Parallel", "Workflows", "Parallel", Description = "Runs all activities in it.", IsContainer = true, IsBrowsable = false)]
[Outcomes("Done")]
public sealed class Parallel : Activity
{
    public override StepResult Enter(StepContext step) => Together.Start(step, step.Node.Activities);

    public override StepResult ChildCompleted(StepContext step, StepContext child) => Together.OneDone(step);
}

/// <summary>Runs its branches, and goes on when all or the first have completed.</summary>
[Activity("Elsa.Fork", "Branching", "Fork", Description = "Runs several branches.", IsBrowsable = false)]
[Outcomes("Done")]
public sealed class Fork : Activity
{
    public override object? Prepare(ActivityNode node, NodeReader reader) => new Plan(
        node.Source.GetText("joinMode") ?? node.Source.GetObject("joinMode")?.GetObject("expression")?.GetText("value"),
        [.. node.Source.GetArray("branches").OfType<JsonObject>().Select(branch => reader.Read(branch, node))]);

    public override StepResult Enter(StepContext step) => Together.Start(step, ((Plan)step.Node.Plan!).Branches);

    public override StepResult ChildCompleted(StepContext step, StepContext child) =>
        ((Plan)step.Node.Plan!).JoinMode == "WaitAny" ? StepResult.Done : Together.OneDone(step);

    private sealed record Plan(string? JoinMode, IReadOnlyList<ActivityNode> Branches);
}

/// <summary>Counting of children that run side by side.</summary>
internal static class Together
{
    public const string Open = "Open";

    public static StepResult Start(StepContext step, IReadOnlyCollection<ActivityNode> children)
    {
        if (children.Count == 0)
        {
            return StepResult.Done;
        }

        step[Open] = children.Count;
        foreach (var child in children)
        {
            step.Schedule(child);
        }

        return StepResult.Wait;
    }

    public static StepResult OneDone(StepContext step)
    {
        var open = step[Open]!.GetValue<int>() - 1;
        step[Open] = open;
        return open == 0 ? StepResult.Done : StepResult.Wait;
    }
}
