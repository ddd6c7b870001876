using System.Text.Json.Nodes;

namespace PublicService.Workflows.Model;

/// <summary>How many instances may run at once (Elsa contract D.3).</summary>
public enum ActivationStrategy
{
    Always,
    Singleton,
    Correlation,
    CorrelatedSingleton,
}

/// <summary>What happens when a step fails (Elsa contract D.11).</summary>
public enum IncidentStrategy
{
    Fault,
    ContinueWithIncidents,
}

/// <summary>One version of a workflow definition, ready to run. Immutable; shared by all its instances.</summary>
public sealed class WorkflowDefinition
{
    /// <summary>Id of this version.</summary>
    public required string Id { get; init; }

    /// <summary>Id shared by all versions.</summary>
    public required string DefinitionId { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    public required int Version { get; init; }

    public bool IsLatest { get; init; }

    public bool IsPublished { get; init; }

    public required IReadOnlyList<WorkflowInput> Inputs { get; init; }

    public required IReadOnlyList<WorkflowOutput> Outputs { get; init; }

    public required IReadOnlyList<string> Outcomes { get; init; }

    public ActivationStrategy Activation { get; init; }

    public IncidentStrategy Incidents { get; init; }

    /// <summary>Whether other workflows may use it as one of their activities (Elsa contract B.6).</summary>
    public bool UsableAsActivity { get; init; }

    /// <summary>The implicit workflow activity; its port <c>Root</c> is the root of the file.</summary>
    public required ActivityNode Workflow { get; init; }

    public required IReadOnlyDictionary<string, ActivityNode> Nodes { get; init; }

    /// <summary>Which JSON object of <see cref="Source"/> is which activity; nodes of workflows used as activities are not in it.</summary>
    internal IReadOnlyDictionary<JsonObject, ActivityNode> Written { get; init; } = new Dictionary<JsonObject, ActivityNode>();

    /// <summary>What the reader noticed; running is still possible, publishing may not be.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>The JSON it was read from.</summary>
    public required JsonObject Source { get; init; }

    public ActivityNode? FindActivity(string idOrName) =>
        Nodes.Values.FirstOrDefault(node => node.Id == idOrName) ?? Nodes.Values.FirstOrDefault(node => node.Name == idOrName);
}
