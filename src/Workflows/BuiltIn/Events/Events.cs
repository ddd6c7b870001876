using System.Text.Json.Nodes;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Workflows.BuiltIn.Events;

/// <summary>Waits for an event, or starts the workflow when it comes (Elsa contract D.10).</summary>
[Activity("Elsa.Event", "Primitives", "Event", Description = "Waits for an event.", Kind = "Trigger")]
[Outcomes("Done")]
public sealed class Event : Activity
{
    /// <summary>Key under which an event's payload travels.</summary>
    public const string PayloadKey = "__EventPayloadWorkflowInput";

    [Field("Event name")]
    public Input<string> EventName { get; } = new();

    public Output Result { get; } = new();

    public override StepResult Enter(StepContext step)
    {
        if (step.Run.TriggerActivityId == step.Node.Id)
        {
            step.Set(Result, step.Instance.Input.GetValueOrDefault(PayloadKey));
            return StepResult.Done;
        }

        var name = step.Get(EventName) ?? string.Empty;
        return step.WaitFor("Elsa.Event", name, new JsonObject { ["EventName"] = name });
    }

    public override StepResult Resume(StepContext step, Signal signal)
    {
        step.Set(Result, signal.Input[PayloadKey]?.DeepClone());
        return StepResult.Done;
    }

    public override TriggerStimulus? TriggerOf(ActivityNode node) =>
        node.Inputs[0].Value?.Constant?.ToString() is { Length: > 0 } name ? new TriggerStimulus("Elsa.Event", name) : null;

    public override IEnumerable<Finding> Check(ActivityNode node, WorkflowDefinition definition) =>
        node.CanStartWorkflow && TriggerOf(node) is null
            ? [new Finding("TRIGGER_WITHOUT_NAME", FindingLevel.Error, node.Id, "Sự kiện khởi động quy trình phải có tên cố định.")]
            : [];
}

/// <summary>Publishes an event after this run.</summary>
[Activity("Elsa.PublishEvent", "Primitives", "Publish Event", Description = "Publishes an event.")]
[Outcomes("Done")]
public sealed class PublishEvent : Activity
{
    [Field("Event name")]
    public Input<string> EventName { get; } = new();

    [Field("Correlation ID")]
    public Input<string> CorrelationId { get; } = new();

    [Field("Local event")]
    public Input<bool> IsLocalEvent { get; } = new();

    public Input<JsonNode> Payload { get; } = new();

    public override StepResult Enter(StepContext step)
    {
        step.Emit(new Running.PublishEvent(
            step.Get(EventName) ?? string.Empty,
            step.Get(Payload)?.DeepClone(),
            step.Get(CorrelationId),
            step.Get(IsLocalEvent) ? step.Instance.Id : null));
        return StepResult.Done;
    }
}

/// <summary>Asks the host to have a task done and waits for its result.</summary>
[Activity("Elsa.RunTask", "Primitives", "Run Task", Description = "Has a task done outside and waits for its result.")]
[Outcomes("Done")]
public sealed class RunTask : Activity
{
    /// <summary>Key under which the result of a task travels.</summary>
    public const string ResultKey = "RunTaskInput";

    [Field("Task name")]
    public Input<string> TaskName { get; } = new();

    [Field("Payload", Hint = "dictionary", TypeName = "ObjectDictionary", DefaultSyntax = "Object")]
    public Input<JsonNode> Payload { get; } = new();

    public Output Result { get; } = new();

    public Output TaskId { get; } = new("String");

    public override StepResult Enter(StepContext step)
    {
        var id = step.NewId();
        var name = step.Get(TaskName) ?? string.Empty;
        step.Set(TaskId, id);
        step.Emit(new RequestTask(id, name, step.Get(Payload)?.DeepClone()));
        return step.WaitFor("Elsa.RunTask", id, new JsonObject { ["TaskId"] = id, ["TaskName"] = name }, id: id);
    }

    public override StepResult Resume(StepContext step, Signal signal)
    {
        step.Set(Result, signal.Input[ResultKey]?.DeepClone());
        return StepResult.Done;
    }
}
