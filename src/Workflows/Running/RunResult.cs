using System.Text.Json.Nodes;

namespace PublicService.Workflows.Running;

/// <summary>
/// Outcome of one run: the new state, what happened, and what the host must do in the same transaction.
/// Nothing has left the process yet.
/// </summary>
public sealed class RunResult
{
    public required InstanceState State { get; init; }

    public List<JournalEntry> Journal { get; } = [];

    /// <summary>Every step this run created or changed, with its final figures (Elsa: activity execution records).</summary>
    public List<StepState> Touched { get; } = [];

    /// <summary>Bookmarks created by this run and still open at its end.</summary>
    public List<Bookmark> BookmarksAdded { get; } = [];

    /// <summary>Ids of bookmarks that existed before this run and are gone.</summary>
    public List<string> BookmarksRemoved { get; } = [];

    /// <summary>Ids of activities that were left by <see cref="RunEnvironment.Skips"/> instead of being executed.</summary>
    public List<string> Skipped { get; } = [];

    public List<Effect> Effects { get; } = [];

    /// <summary>Instances that ran inside this one (ExecuteWorkflow); they are stored together with it.</summary>
    public List<RunResult> Children { get; } = [];

    /// <summary>Lines printed by WriteLine.</summary>
    public List<string> Lines { get; init; } = [];
}

/// <summary>One line of the journal (Elsa contract F.3).</summary>
public sealed class JournalEntry
{
    public required long Sequence { get; init; }

    public required string StepId { get; init; }

    public string? ParentStepId { get; init; }

    public required string ActivityId { get; init; }

    public required string NodeId { get; init; }

    public required string ActivityType { get; init; }

    public string? ActivityName { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Started, Resumed, Suspended, Completed, Canceled or Faulted.</summary>
    public required string Event { get; init; }

    public string? Message { get; init; }

    public string[]? Outcomes { get; init; }
}

/// <summary>Something the host does because of a run, in the same transaction or after it from the outbox.</summary>
public abstract record Effect;

/// <summary>Start another instance (DispatchWorkflow, BulkDispatchWorkflows); its id is fixed here so that a parent can wait for it.</summary>
public sealed record StartInstance(
    string InstanceId,
    string DefinitionId,
    Dictionary<string, JsonNode?> Input,
    string? CorrelationId,
    string ParentInstanceId,
    bool ParentWaits) : Effect;

/// <summary>Publish an event: to one instance when <see cref="InstanceId"/> is given, otherwise to all that wait and to triggers.</summary>
public sealed record PublishEvent(string EventName, JsonNode? Payload, string? CorrelationId, string? InstanceId) : Effect;

/// <summary>Ask the host to have a piece of work done (RunTask); it answers with the task id.</summary>
public sealed record RequestTask(string TaskId, string TaskName, JsonNode? Payload) : Effect;

/// <summary>A child ended: its waiting parent goes on, whether the child finished, faulted or was cancelled.</summary>
public sealed record ResumeParent(string ParentInstanceId, string ChildInstanceId, InstanceSubStatus Ending, JsonObject Output) : Effect;

/// <summary>Cancel a child instance because its parent was cancelled.</summary>
public sealed record CancelInstance(string InstanceId) : Effect;

/// <summary>A message for the outside world, stored in the outbox and sent after the commit.</summary>
/// <param name="Kind">Channel, e.g. <c>notification</c>, <c>national-portal</c>.</param>
public sealed record SendMessage(string Kind, JsonObject Payload) : Effect;
