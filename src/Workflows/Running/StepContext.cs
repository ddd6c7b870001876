using System.Text.Json.Nodes;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Expressions;
using PublicService.Workflows.Model;

namespace PublicService.Workflows.Running;

/// <summary>What an activity sees of the step it executes: its inputs, variables, the instant, the subject, and what it may ask for.</summary>
public sealed partial class StepContext
{
    private readonly Run run;

    internal StepContext(Run run, ActivityNode node, StepState state, StepContext? parent)
    {
        this.run = run;
        Node = node;
        State = state;
        Parent = parent;
    }

    public ActivityNode Node { get; }

    public StepState State { get; }

    public StepContext? Parent { get; }

    public InstanceState Instance => run.State;

    public WorkflowDefinition Definition => run.Definition;

    public DateTimeOffset Now => run.Environment.Now;

    /// <summary>What the workflow is about, as the host gave it.</summary>
    public object? Subject => run.Environment.Subject;

    /// <summary>Outcomes a Complete activity inside this composite chose for it.</summary>
    internal string[]? CompositeOutcomes { get; set; }

    internal Run Run => run;

    /// <summary>Value of an input, or its fallback when the file leaves it unset.</summary>
    public T? Get<T>(Input<T> input) =>
        State.Inputs is { } inputs && inputs.TryGetValue(input.Name, out var value) && value is not null ? InputCast.To<T>(value) : input.Fallback;

    /// <summary>Evaluates an input the activity evaluates itself, such as a loop condition.</summary>
    public T? Evaluate<T>(Input<T> input) =>
        Node.Inputs.First(binding => binding.Descriptor.Name == input.Name).Value is { } value && value.Evaluate(this) is { } node
            ? InputCast.To<T>(node)
            : input.Fallback;

    /// <summary>Gives an output its value and hands it to the variable or workflow output it is bound to.</summary>
    public void Set(Output output, JsonNode? value)
    {
        (State.Outputs ??= [])[output.Name] = value;
        if (!run.State.Outputs.TryGetValue(Node.Id, out var known))
        {
            run.State.Outputs[Node.Id] = known = [];
        }

        known[output.Name] = value;
        foreach (var binding in Node.Outputs)
        {
            if (binding.Name == output.Name)
            {
                Bind(binding.TargetId, value);
            }
        }
    }

    /// <summary>What the last execution of this activity gave an output, also in an earlier run; null when none did.</summary>
    public JsonNode? Last(Output output) =>
        run.State.Outputs.TryGetValue(Node.Id, out var known) ? known.GetValueOrDefault(output.Name) : null;

    /// <summary>Waits for a stimulus of a kind; <paramref name="key"/> is what it is matched by.</summary>
    public StepResult WaitFor(string name, string? key, JsonNode? payload, DateTimeOffset? dueAt = null, string? id = null)
    {
        run.State.Bookmarks.Add(new Bookmark
        {
            Id = id ?? run.Environment.NewId(),
            Name = name,
            Key = key,
            Payload = payload,
            ActivityId = Node.Id,
            NodeId = Node.NodeId,
            StepId = State.Id,
            DueAt = dueAt,
            CreatedAt = Now,
        });
        return StepResult.Wait;
    }

    /// <summary>Bookmarks this step waits at.</summary>
    public IEnumerable<Bookmark> Bookmarks => run.State.Bookmarks.Where(bookmark => bookmark.StepId == State.Id);

    /// <summary>Takes back one of several bookmarks of this step.</summary>
    public void StopWaitingFor(Bookmark bookmark) => run.State.Bookmarks.Remove(bookmark);

    /// <summary>Lets a child run; its completion comes back to <see cref="Activity.ChildCompleted"/>.</summary>
    /// <param name="tag">Mark by which the container recognises this execution.</param>
    /// <param name="variables">Variables declared for this execution alone, by name.</param>
    public void Schedule(ActivityNode child, string? tag = null, Dictionary<string, JsonNode?>? variables = null) =>
        run.Schedule(child, this, new WorkItem { Tag = tag, Variables = variables, ScheduledBy = State.Id });

    public void Emit(Effect effect) => run.Result.Effects.Add(effect);

    /// <summary>Prints a line (WriteLine).</summary>
    public void Print(string line) => run.Result.Lines.Add(line);

    public string NewId() => run.Environment.NewId();

    /// <summary>What the activity remembers between runs.</summary>
    public JsonNode? this[string property]
    {
        get => State.Properties?.GetValueOrDefault(property);
        set => (State.Properties ??= [])[property] = value;
    }

    internal bool IsWithin(StepContext ancestor)
    {
        for (var step = this; step is not null; step = step.Parent)
        {
            if (step == ancestor)
            {
                return true;
            }
        }

        return false;
    }

    internal void EvaluateInputs()
    {
        foreach (var (descriptor, value) in Node.Inputs)
        {
            if (value is null || !descriptor.AutoEvaluate)
            {
                continue;
            }

            try
            {
                (State.Inputs ??= [])[descriptor.Name] = value.Evaluate(this);
            }
            catch (Exception cause) when (cause is ScriptException or ConversionException or ExpressionException)
            {
                throw new ExpressionException($"Failed to evaluate activity input '{descriptor.Name}'", cause);
            }
        }
    }
}
