using System.Text.Json.Nodes;
using PublicService.Workflows.BuiltIn.Flow;

namespace PublicService.Workflows.Running;

/// <summary>
/// Everything that must be remembered of one running workflow between two runs: state in, state out.
/// Mutable during a run and owned by that run alone; whoever stores it serialises it with <see cref="InstanceJson"/>.
/// Values are JSON nodes and are treated as immutable.
/// </summary>
public sealed class InstanceState
{
    public required string Id { get; init; }

    public required string DefinitionId { get; init; }

    /// <summary>Version the instance was started with; publishing never changes it.</summary>
    public required string DefinitionVersionId { get; set; }

    public required int DefinitionVersion { get; set; }

    public string? ParentInstanceId { get; init; }

    public string? CorrelationId { get; set; }

    public string? Name { get; set; }

    public InstanceStatus Status { get; set; } = InstanceStatus.Running;

    public InstanceSubStatus SubStatus { get; set; } = InstanceSubStatus.Pending;

    public Dictionary<string, JsonNode?> Input { get; set; } = [];

    public Dictionary<string, JsonNode?> Output { get; set; } = [];

    /// <summary>Live steps and those of their ancestors; finished steps leave at the end of the run that finished them.</summary>
    public List<StepState> Steps { get; set; } = [];

    public List<Bookmark> Bookmarks { get; set; } = [];

    public List<Incident> Incidents { get; set; } = [];

    /// <summary>Last outputs by activity id, so that scripts of a later run can still read them.</summary>
    public Dictionary<string, Dictionary<string, JsonNode?>> Outputs { get; set; } = [];

    /// <summary>Number of the last journal entry; entries of one instance are numbered from 1 without gaps.</summary>
    public long JournalSequence { get; set; }

    /// <summary>Number of the last step; makes step ids unique without a generator.</summary>
    public int StepSequence { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }
}

/// <summary>One execution of one activity (Elsa: activity execution context).</summary>
public sealed class StepState
{
    /// <summary><c>{instance id}-{n}</c>: the instance can be read off it.</summary>
    public required string Id { get; init; }

    public string? ParentId { get; init; }

    /// <summary>Path of ids from the workflow activity, joined by ':' (Elsa contract B.2).</summary>
    public required string NodeId { get; init; }

    public StepStatus Status { get; set; } = StepStatus.Pending;

    /// <summary>Mark a container gave this execution to recognise it (ParallelForEach).</summary>
    public string? Tag { get; init; }

    public string? ScheduledById { get; init; }

    public int FaultCount { get; set; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>Evaluated inputs by PascalCase name, without sensitive ones.</summary>
    public Dictionary<string, JsonNode?>? Inputs { get; set; }

    public Dictionary<string, JsonNode?>? Outputs { get; set; }

    /// <summary>Values of the variables this step declares, by variable id.</summary>
    public Dictionary<string, JsonNode?>? Variables { get; set; }

    /// <summary>Loop variables declared for this step alone, by name.</summary>
    public Dictionary<string, JsonNode?>? DynamicVariables { get; set; }

    /// <summary>What the activity itself must remember between runs (position in a sequence, join counters).</summary>
    public Dictionary<string, JsonNode?>? Properties { get; set; }

    /// <summary>Visit counters of a flowchart.</summary>
    public FlowState? Flow { get; set; }

    /// <summary>Entered by an arrow that leads back; such a visit is not counted when it leaves (Elsa contract D.7).</summary>
    public bool EnteredBackward { get; init; }

    /// <summary>A Break inside asked the loops and sequences around it to end.</summary>
    public bool Breaking { get; set; }

    /// <summary>Outcomes it completed with; null means the default outcome.</summary>
    public string[]? Outcomes { get; set; }
}

/// <summary>A place where an instance waits (Elsa contract D.4).</summary>
public sealed class Bookmark
{
    public required string Id { get; init; }

    /// <summary>Kind of stimulus, e.g. <c>Elsa.Event</c>, <c>Elsa.Delay</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What a stimulus is matched by within its kind (event name, task id, child instance id); null when only its id resumes it.</summary>
    public string? Key { get; init; }

    public JsonNode? Payload { get; init; }

    public required string ActivityId { get; init; }

    public required string NodeId { get; init; }

    public required string StepId { get; init; }

    /// <summary>Instant at which a timer resumes it; null for anything that is not a timer.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public bool AutoBurn { get; init; } = true;
}

/// <summary>A step that failed (Elsa contract D.11).</summary>
public sealed class Incident
{
    public required string StepId { get; init; }

    public required string ActivityId { get; init; }

    public required string NodeId { get; init; }

    public required string ActivityType { get; init; }

    public required string Message { get; init; }

    public string? ExceptionType { get; init; }

    /// <summary>Messages of the inner causes, outermost first.</summary>
    public string? Cause { get; init; }

    /// <summary>Code, category and type given by the Fault activity.</summary>
    public JsonObject? Details { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>Set when somebody retried or skipped the failed step.</summary>
    public DateTimeOffset? ResolvedAt { get; set; }
}
