using System.Text.Json.Nodes;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Workflows.BuiltIn.Composition;

/// <summary>The implicit outermost activity: holds the workflow's variables and its root.</summary>
[Activity("Elsa.Workflow", "Workflows", "Workflow", IsBrowsable = false)]
public sealed class Workflow : Activity
{
    public override StepResult Enter(StepContext step)
    {
        step.Schedule(step.Node.Port("Root")!);
        return StepResult.Wait;
    }

    public override StepResult ChildCompleted(StepContext step, StepContext child) => StepResult.Done;
}

/// <summary>Runs its activities one after the other.</summary>
[Activity("Elsa.Sequence", "Workflows", "Sequence", Description = "Runs the activities in it in order.", IsContainer = true, IsBrowsable = false)]
[Outcomes("Done")]
public sealed class Sequence : Activity
{
    public override StepResult Enter(StepContext step) => Next(step, 0);

    public override StepResult ChildCompleted(StepContext step, StepContext child) =>
        child.Node.Activity.IsTerminal || step.State.Breaking ? StepResult.Done : Next(step, step["CurrentIndex"]!.GetValue<int>() + 1);

    private static StepResult Next(StepContext step, int index)
    {
        if (index >= step.Node.Activities.Count)
        {
            return StepResult.Done;
        }

        step["CurrentIndex"] = index;
        step.Schedule(step.Node.Activities[index]);
        return StepResult.Wait;
    }
}

/// <summary>Stands in for an activity whose type is not known here; fails when it is executed (Elsa contract B.7).</summary>
[Activity("Elsa.NotFoundActivity", "System", "Not found", IsBrowsable = false)]
public sealed class NotFoundActivity : Activity
{
    public override StepResult Enter(StepContext step)
    {
        var type = step.Node.Source.GetText("missingTypeName") ?? step.Node.Source.GetText("type");
        var version = step.Node.Source.GetNumber("missingTypeVersion") ?? step.Node.Source.GetNumber("version") ?? 0;
        throw new InvalidOperationException($"Activity type '{type}' version '{version}' could not be found.");
    }

    /// <summary>The reader reports types it does not know; this one says so itself when the file holds nothing else.</summary>
    public override IEnumerable<Finding> Check(ActivityNode node, WorkflowDefinition definition) =>
        node.Source.GetText("type") == node.Type
            ? [new Finding("UNKNOWN_ACTIVITY", FindingLevel.Error, node.Id, $"Không có loại hoạt động “{node.Source.GetText("missingTypeName")}”.")]
            : [];
}

/// <summary>Ends the whole instance at once; whatever still waits is cancelled.</summary>
[Activity("Elsa.Finish", "Primitives", "Finish", Description = "Ends the workflow.")]
public sealed class Finish : Activity
{
    public override bool IsTerminal => true;

    public override StepResult Enter(StepContext step)
    {
        step.Run.FinishAfter(step);
        return StepResult.Wait;
    }
}

/// <summary>Completes the nearest workflow used as an activity, else the workflow, with the given outcomes.</summary>
[Activity("Elsa.Complete", "Composition", "Complete", Description = "Completes the workflow with outcomes.")]
public sealed class Complete : Activity
{
    public override bool IsTerminal => true;

    [Field("Outcomes", Hint = UiHints.OutcomePicker, DefaultSyntax = "Object")]
    public Input<JsonNode> Outcomes { get; } = new();

    public override StepResult Enter(StepContext step)
    {
        var composite = step.Parent!;
        while (composite.Parent is not null && composite.Node.Activity is not WorkflowActivity)
        {
            composite = composite.Parent;
        }

        composite.CompositeOutcomes = step.Get(Outcomes) switch
        {
            null => null,
            JsonArray many => [.. many.Select(outcome => outcome?.ToString() ?? string.Empty)],
            var one => [one.ToString()],
        };
        step.Run.CompleteAfter(step, composite);
        return StepResult.Wait;
    }
}
