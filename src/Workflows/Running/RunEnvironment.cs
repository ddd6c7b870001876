using PublicService.Workflows.Expressions;
using PublicService.Workflows.Model;

namespace PublicService.Workflows.Running;

/// <summary>Everything a run may know besides its definition and state. The host makes one for each run.</summary>
public sealed class RunEnvironment
{
    /// <summary>The instant of the whole run; time does not pass inside it.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>What the workflow is about (a dossier), handed to the host's own activities untouched.</summary>
    public object? Subject { get; init; }

    /// <summary>Finds the published version of a definition for child workflows; null when there is none.</summary>
    public Func<string, WorkflowDefinition?> FindDefinition { get; init; } = _ => null;

    /// <summary>Gives the first instant after the given one that a cron text names (UTC); null when there is none.</summary>
    public Func<string, DateTimeOffset, DateTimeOffset?> NextCron { get; init; } = (_, _) => throw new NotSupportedException("This host has no cron schedule.");

    /// <summary>Makes ids of instances, bookmarks and tasks.</summary>
    public Func<string> NewId { get; init; } = () => Guid.CreateVersion7().ToString("n");

    /// <summary>
    /// Exceptions that are no failure of the step but a rule saying no: they leave the run untouched and reach the caller.
    /// </summary>
    public Func<Exception, bool> IsRefusal { get; init; } = _ => false;

    /// <summary>Outcomes by activity id: such a step is not executed when its turn comes, but left by this outcome, once in a run.</summary>
    public IReadOnlyDictionary<string, string> Skips { get; init; } = new Dictionary<string, string>();

    public RunLimits Limits { get; init; } = RunLimits.Default;

    /// <summary>Stops the run before its next step, as if it were endless: the host has no more time for it.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>Settings scripts may read; null: <c>getConfig</c> does not exist.</summary>
    public IReadOnlyDictionary<string, string>? Configuration { get; init; }
}

/// <summary>What one run may use before it is stopped as endless.</summary>
/// <param name="Steps">Activities executed in one run, those of inline child workflows included.</param>
/// <param name="Depth">Child workflows started inside one another.</param>
public sealed record RunLimits(int Steps, int Depth, ScriptLimits Scripts)
{
    public static RunLimits Default { get; } = new(10_000, 10, ScriptLimits.Default);
}

/// <summary>How an instance is started.</summary>
public sealed record StartRequest
{
    /// <summary>Id of the new instance; made by the environment when null.</summary>
    public string? InstanceId { get; init; }

    public Dictionary<string, System.Text.Json.Nodes.JsonNode?> Input { get; init; } = [];

    public string? CorrelationId { get; init; }

    public string? Name { get; init; }

    public string? ParentInstanceId { get; init; }

    /// <summary>Activity whose trigger started it; it completes at once instead of waiting.</summary>
    public string? TriggerActivityId { get; init; }
}

/// <summary>The instance or bookmark cannot take this call: it is finished, or the bookmark is gone.</summary>
public sealed class RunRefusedException(string code, string message) : Exception(message)
{
    /// <summary>Stable code: <c>BOOKMARK_NOT_FOUND</c>, <c>INSTANCE_FINISHED</c>, <c>STEP_NOT_FAULTED</c> or <c>STEP_NOT_RETURNABLE</c>.</summary>
    public string Code { get; } = code;
}
