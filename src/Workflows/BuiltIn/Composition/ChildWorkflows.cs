using System.Text.Json.Nodes;
using PublicService.Workflows.BuiltIn.Branching;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Workflows.BuiltIn.Composition;

/// <summary>Runs a child workflow inside this run, and waits for it when it waits (Elsa contract D.10).</summary>
[Activity("Elsa.ExecuteWorkflow", "Composition", "Execute Workflow", Description = "Runs a workflow and waits for it.", Kind = "Task")]
[Outcomes("Done")]
public sealed class ExecuteWorkflow : Activity
{
    [Field("Workflow", Hint = UiHints.WorkflowPicker)]
    public Input<string> WorkflowDefinitionId { get; } = new();

    [Field("Correlation ID")]
    public Input<string> CorrelationId { get; } = new();

    [Field("Input", Hint = "dictionary", TypeName = "ObjectDictionary", DefaultSyntax = "Object")]
    public Input<JsonNode> Input { get; } = new();

    [Field("Wait for completion")]
    public Input<bool> WaitForCompletion { get; } = new();

    public Output Result { get; } = new();

    public override StepResult Enter(StepContext step)
    {
        var definition = Children.Find(step, step.Get(WorkflowDefinitionId));
        var child = Children.Run(step, definition, step.Get(CorrelationId), Children.InputOf(step, step.Get(Input)));
        if (child.Status is InstanceStatus.Finished || !step.Get(WaitForCompletion))
        {
            step.Set(Result, Describe(child));
            return StepResult.Done;
        }

        return Children.WaitFor(step, child.Id);
    }

    public override StepResult Resume(StepContext step, Signal signal)
    {
        // Elsa gives the child's output alone here, and the description of the run above; scripts rely on both.
        step.Set(Result, signal.Input["Output"]?.DeepClone());
        return StepResult.Done;
    }

    public override void Leave(StepContext step) => Children.Cancel(step);

    private static JsonObject Describe(InstanceState child) => new()
    {
        ["WorkflowDefinitionVersionId"] = null,
        ["WorkflowInstanceId"] = child.Id,
        ["CorrelationId"] = child.CorrelationId,
        ["Status"] = child.Status.ToString(),
        ["SubStatus"] = child.SubStatus.ToString(),
        ["Output"] = child.Output.ToJson(),
    };
}

/// <summary>Starts a child workflow after this run, and may wait for its end.</summary>
[Activity("Elsa.DispatchWorkflow", "Composition", "Dispatch Workflow", Description = "Starts a workflow in the background.")]
[Outcomes("Done")]
public sealed class DispatchWorkflow : Activity
{
    [Field("Workflow", Hint = UiHints.WorkflowPicker)]
    public Input<string> WorkflowDefinitionId { get; } = new();

    [Field("Correlation ID")]
    public Input<string> CorrelationId { get; } = new();

    [Field("Input", Hint = "dictionary", TypeName = "ObjectDictionary", DefaultSyntax = "Object")]
    public Input<JsonNode> Input { get; } = new();

    [Field("Wait for completion")]
    public Input<bool> WaitForCompletion { get; } = new();

    /// <summary>Elsa's tracing; kept for its files, every child has a trace of its own here.</summary>
    [Field("Start new trace")]
    public Input<bool> StartNewTrace { get; } = new();

    /// <summary>Elsa's queues; kept for its files, there is one here.</summary>
    [Field("Channel", Options = ["=Default"])]
    public Input<string> ChannelName { get; } = new();

    public Output Result { get; } = new();

    public override StepResult Enter(StepContext step)
    {
        var definition = Children.Find(step, step.Get(WorkflowDefinitionId));
        var waits = step.Get(WaitForCompletion);
        var id = Children.Dispatch(step, definition, step.Get(CorrelationId), Children.InputOf(step, step.Get(Input)), waits);
        return waits ? Children.WaitFor(step, id) : StepResult.Done;
    }

    public override StepResult Resume(StepContext step, Signal signal)
    {
        step.Set(Result, signal.Input["Output"]?.DeepClone());
        return StepResult.Done;
    }

    public override void Leave(StepContext step) => Children.Cancel(step);
}

/// <summary>Starts one child workflow for each item, and may wait for all of them.</summary>
[Activity("Elsa.BulkDispatchWorkflows", "Composition", "Bulk Dispatch Workflows", Description = "Starts a workflow for each item of a list.", Kind = "Task")]
[Ports("ChildCompleted", "ChildFaulted")]
[Outcomes("Completed", "Canceled", "Done")]
public sealed class BulkDispatchWorkflows : Activity
{
    [Field("Workflow", Hint = UiHints.WorkflowPicker)]
    public Input<string> WorkflowDefinitionId { get; } = new();

    [Field("Items", DefaultSyntax = "Object")]
    public Input<JsonNode> Items { get; } = new();

    [Field("Input key of an item")]
    public Input<string> DefaultItemInputKey { get; } = new("Item");

    [Field("Correlation ID function", Hint = UiHints.SingleLine, DefaultSyntax = "JavaScript", AutoEvaluate = false)]
    public Input<string> CorrelationIdFunction { get; } = new();

    [Field("Input", Hint = "dictionary", TypeName = "ObjectDictionary", DefaultSyntax = "Object")]
    public Input<JsonNode> Input { get; } = new();

    [Field("Wait for completion")]
    public Input<bool> WaitForCompletion { get; } = new(true);

    /// <summary>Elsa's tracing; kept for its files, every child has a trace of its own here.</summary>
    [Field("Start new trace")]
    public Input<bool> StartNewTrace { get; } = new();

    /// <summary>Elsa's queues; kept for its files, there is one here.</summary>
    [Field("Channel", Options = ["=Default"])]
    public Input<string> ChannelName { get; } = new();

    public override StepResult Enter(StepContext step)
    {
        var definition = Children.Find(step, step.Get(WorkflowDefinitionId));
        var waits = step.Get(WaitForCompletion);
        var items = step.Get(Items) as JsonArray ?? [];
        foreach (var item in items)
        {
            var input = Children.InputOf(step, step.Get(Input));
            if (item is JsonObject entries)
            {
                foreach (var (name, value) in entries)
                {
                    input[name] = value?.DeepClone();
                }
            }
            else
            {
                input[step.Get(DefaultItemInputKey)!] = item?.DeepClone();
            }

            var id = Children.Dispatch(step, definition, CorrelationOf(step, item), input, waits);
            if (waits)
            {
                Children.WaitFor(step, id);
            }
        }

        step[Together.Open] = items.Count;
        return waits && items.Count > 0 ? StepResult.Wait : StepResult.With("Done");
    }

    public override StepResult Resume(StepContext step, Signal signal)
    {
        var ending = signal.Input["SubStatus"]?.ToString();
        if (ending == nameof(InstanceSubStatus.Cancelled))
        {
            step["Canceled"] = true;
        }

        if (step.Node.Port(ending == nameof(InstanceSubStatus.Finished) ? "ChildCompleted" : "ChildFaulted") is { } reaction)
        {
            step.Schedule(reaction, variables: new() { ["ChildOutput"] = signal.Input["Output"]?.DeepClone() });
            return StepResult.Wait;
        }

        return OneDone(step);
    }

    public override StepResult ChildCompleted(StepContext step, StepContext child) => OneDone(step);

    public override void Leave(StepContext step) => Children.Cancel(step);

    private static StepResult OneDone(StepContext step) =>
        Together.OneDone(step).IsDone ? StepResult.With(step["Canceled"] is null ? "Completed" : "Canceled", "Done") : StepResult.Wait;

    private string? CorrelationOf(StepContext step, JsonNode? item)
    {
        var script = step.Node.Inputs.First(binding => binding.Descriptor.Name == CorrelationIdFunction.Name).Value?.Script;
        return script is null ? null : step.Evaluate(script, new Dictionary<string, JsonNode?> { ["item"] = item?.DeepClone() })?.ToString();
    }
}

/// <summary>Starting, awaiting and cancelling of child instances.</summary>
internal static class Children
{
    public static WorkflowDefinition Find(StepContext step, string? definitionId) =>
        step.Run.Environment.FindDefinition(definitionId ?? string.Empty)
        ?? throw new InvalidOperationException($"No published version of workflow definition with ID {definitionId} found.");

    public static Dictionary<string, JsonNode?> InputOf(StepContext step, JsonNode? input)
    {
        var values = (input as JsonObject)?.ToValues() ?? [];
        values["ParentInstanceId"] = step.Instance.Id;
        return values;
    }

    public static InstanceState Run(StepContext step, WorkflowDefinition definition, string? correlationId, Dictionary<string, JsonNode?> input)
    {
        var run = step.Run;
        run.Budget.EnterChild();
        var child = WorkflowRunner.Start(
            definition,
            new StartRequest { Input = input, CorrelationId = correlationId, ParentInstanceId = step.Instance.Id },
            run.Environment,
            run.Budget,
            run.Result.Lines);
        run.Budget.LeaveChild();
        child.Effects.RemoveAll(effect => effect is ResumeParent);
        run.Result.Children.Add(child);
        return child.State;
    }

    public static string Dispatch(StepContext step, WorkflowDefinition definition, string? correlationId, Dictionary<string, JsonNode?> input, bool waits)
    {
        var id = step.NewId();
        step.Emit(new StartInstance(id, definition.DefinitionId, input, correlationId, step.Instance.Id, waits));
        return id;
    }

    public static StepResult WaitFor(StepContext step, string childId) =>
        step.WaitFor(step.Node.Type, childId, new JsonObject { ["ChildInstanceId"] = childId });

    public static void Cancel(StepContext step)
    {
        foreach (var bookmark in step.Bookmarks)
        {
            step.Emit(new CancelInstance(bookmark.Key!));
        }
    }
}
