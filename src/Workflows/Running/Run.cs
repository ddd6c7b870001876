using System.Text.Json.Nodes;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Expressions;
using PublicService.Workflows.Model;

namespace PublicService.Workflows.Running;

/// <summary>
/// One run of one instance: take the next piece of work, let its activity act, go on until nothing is left (Elsa contract D.1).
/// Work is first in, first out and single-threaded, so branches interleave and never race.
/// </summary>
internal sealed partial class Run : IDisposable
{
    private readonly Queue<WorkItem> queue = new();
    private readonly Dictionary<string, StepContext> contexts = [];
    private readonly HashSet<string> bookmarksBefore;
    private readonly HashSet<StepState> touched = [];
    private ScriptContext? scripts;
    private bool ended;

    public Run(WorkflowDefinition definition, InstanceState state, RunEnvironment environment, RunBudget budget, List<string>? lines = null)
    {
        Definition = definition;
        State = state;
        Environment = environment;
        Budget = budget;
        Result = new RunResult { State = state, Lines = lines ?? [] };
        bookmarksBefore = state.Bookmarks.Count == 0 ? [] : [.. state.Bookmarks.Select(bookmark => bookmark.Id)];
    }

    public WorkflowDefinition Definition { get; }

    public InstanceState State { get; }

    public RunEnvironment Environment { get; }

    public RunBudget Budget { get; }

    public RunResult Result { get; }

    public string? TriggerActivityId { get; init; }

    /// <summary>Result of the activity that completed last in this run.</summary>
    public JsonNode? LastResult { get; set; }

    /// <summary>The world scripts live in, made when the first one runs.</summary>
    public ScriptContext Scripts => scripts ??= new ScriptContext(Environment.Limits.Scripts);

    public void Schedule(ActivityNode node, StepContext? owner, WorkItem? with) =>
        queue.Enqueue((with ?? new WorkItem()) with { Node = node, Owner = owner });

    public void ScheduleResume(Bookmark bookmark, JsonObject input)
    {
        var step = ContextOf(State.Steps.Find(step => step.Id == bookmark.StepId)!);
        queue.Enqueue(new WorkItem { Node = step.Node, Owner = step.Parent, Existing = step, Signal = new(bookmark, input) });
    }

    /// <summary>Whether work of this container or of anything in it is still to come.</summary>
    public bool HasWorkFor(StepContext owner) => queue.Any(item => item.Owner is { } itemOwner && itemOwner.IsWithin(owner));

    /// <summary>Nodes directly in a container whose turn is still to come.</summary>
    public IEnumerable<ActivityNode> QueuedIn(StepContext owner) => queue.Where(item => item.Owner == owner).Select(item => item.Node);

    public bool IsQueued(ActivityNode node, StepContext owner) => queue.Any(item => item.Node == node && item.Owner == owner);

    public RunResult ToEnd()
    {
        if (queue.Count > 0)
        {
            State.SubStatus = InstanceSubStatus.Executing;
        }

        while (queue.TryDequeue(out var item))
        {
            // Work whose container has ended meanwhile is void.
            if (item.Owner is null || item.Owner.State.Status is StepStatus.Running)
            {
                Execute(item);
            }
        }

        Settle();
        return Result;
    }

    private void Execute(WorkItem item)
    {
        var step = item.Existing ?? Create(item);
        touched.Add(step.State);
        try
        {
            Budget.CountStep();

            // Elsa calls a step resumed whenever some bookmark stands on its node, also one of a sibling iteration (case 57).
            Log(step, State.Bookmarks.Exists(bookmark => bookmark.NodeId == step.Node.NodeId) ? "Resumed" : "Started");
            StepResult result;
            if (Environment.Skips.TryGetValue(step.Node.Id, out var outcome) && !Result.Skipped.Contains(step.Node.Id))
            {
                Result.Skipped.Add(step.Node.Id);
                result = Skip(step, outcome);
            }
            else if (item.Signal is { } signal)
            {
                result = step.Node.Activity.Resume(step, signal);
                if (signal.Bookmark.AutoBurn)
                {
                    State.Bookmarks.Remove(signal.Bookmark);
                }
            }
            else
            {
                step.State.Status = StepStatus.Running;
                step.Parent?.Node.Activity.ChildEnters(step.Parent, step);
                step.DeclareVariables();
                step.EvaluateInputs();
                result = step.Node.Activity.Enter(step);
            }

            if (result.IsDone)
            {
                Complete(step, result.Outcomes);
            }
            else if (step.State.Status is StepStatus.Running && State.Bookmarks.Exists(bookmark => bookmark.StepId == step.State.Id))
            {
                Log(step, "Suspended");
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException and not ScriptEngineMissingException && !Environment.IsRefusal(failure))
        {
            Fail(step, failure);
        }
    }

    private static StepResult Skip(StepContext step, string outcome)
    {
        if (step.State.Status is not StepStatus.Running)
        {
            step.State.Status = StepStatus.Running;
            step.Parent?.Node.Activity.ChildEnters(step.Parent, step);
        }

        return StepResult.With(outcome);
    }

    private StepContext Create(WorkItem item)
    {
        var state = new StepState
        {
            Id = $"{State.Id}-{++State.StepSequence}",
            ParentId = item.Owner?.State.Id,
            NodeId = item.Node.NodeId,
            Tag = item.Tag,
            ScheduledById = item.ScheduledBy,
            StartedAt = Environment.Now,
            DynamicVariables = item.Variables,
            EnteredBackward = item.Backward,
        };
        State.Steps.Add(state);
        var context = new StepContext(this, item.Node, state, item.Owner);
        contexts.Add(state.Id, context);
        return context;
    }

    /// <summary>The context of a stored step, with those of its ancestors.</summary>
    public StepContext ContextOf(StepState state)
    {
        if (!contexts.TryGetValue(state.Id, out var context))
        {
            var node = Definition.Nodes.GetValueOrDefault(state.NodeId)
                ?? throw new InvalidOperationException($"Definition {Definition.Id} has no node {state.NodeId}.");
            var parent = state.ParentId is null ? null : ContextOf(State.Steps.Find(step => step.Id == state.ParentId)!);
            context = new StepContext(this, node, state, parent);
            contexts.Add(state.Id, context);
        }

        return context;
    }

    /// <summary>Evaluates the inputs of a step anew.</summary>
    public Dictionary<string, JsonNode?> InputsOf(string stepId)
    {
        var step = ContextOf(State.Steps.Find(step => step.Id == stepId)!);
        step.State.Inputs = null;
        step.EvaluateInputs();
        return step.State.Inputs ?? [];
    }

    public void Dispose() => scripts?.Dispose();
}

/// <summary>A piece of work: an activity to execute, or a waiting step to go on with.</summary>
internal sealed record WorkItem
{
    public ActivityNode Node { get; init; } = null!;

    public StepContext? Owner { get; init; }

    public string? Tag { get; init; }

    public Dictionary<string, JsonNode?>? Variables { get; init; }

    public StepContext? Existing { get; init; }

    public Signal? Signal { get; init; }

    /// <summary>Entered by an arrow that leads back (Elsa: BackwardConnection).</summary>
    public bool Backward { get; init; }

    public string? ScheduledBy { get; init; }
}
