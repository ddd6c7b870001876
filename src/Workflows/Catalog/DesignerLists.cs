using PublicService.Workflows.Expressions;

namespace PublicService.Workflows.Catalog;

/// <summary>A type of variable the designer offers (Elsa contract A.3, B.1).</summary>
public sealed record VariableTypeDescriptor(string TypeName, string DisplayName, string Category, string Description = "");

/// <summary>Where the value of a variable lives; files name it, and every variable survives a wait whatever they name.</summary>
public sealed record StorageDriverDescriptor(string TypeName, string DisplayName, double Priority, bool Deprecated);

/// <summary>A strategy a workflow chooses: for incidents, activation or log persistence.</summary>
public sealed record StrategyDescriptor(string TypeName, string DisplayName, string Description);

/// <summary>When a run is written down.</summary>
public sealed record CommitStrategyDescriptor(string Name, string DisplayName, string Description);

/// <summary>The lists behind the designer's choices; it enumerates them without asking whether they are there (Elsa contract A.3).</summary>
public static class DesignerLists
{
    private static readonly (string Category, TypeAlias[] Types)[] Groups =
    [
        ("Primitives", [.. Named("Object", "String", "Boolean", "Int32", "Int64", "Single", "Double", "Decimal", "Guid", "DateTime", "DateTimeOffset", "DateOnly", "TimeSpan")]),
        ("Lookups", [.. Named("StringDictionary", "ObjectDictionary")]),
        ("Dynamic", [.. Named("JSON", "JsonElement", "JsonNode", "JsonObject", "JsonArray")]),
        ("Data", [.. Named("ByteArray")]),
    ];

    public static IReadOnlyList<VariableTypeDescriptor> VariableTypes { get; } =
        [.. Groups.SelectMany(group => group.Types.Select(type => new VariableTypeDescriptor(type.Name, type.Name, group.Category)))];

    /// <summary>The same names as in definitions; Elsa's own list differs from them and so its dialog cannot preselect one.</summary>
    public static IReadOnlyList<StorageDriverDescriptor> StorageDrivers { get; } =
    [
        new("WorkflowInstanceStorageDriver", "Workflow Instance", 5, false),
        new("MemoryStorageDriver", "Memory", 10, true),
    ];

    public static IReadOnlyList<StrategyDescriptor> IncidentStrategies { get; } =
    [
        new("FaultStrategy", "Fault", "Ends the instance when a step fails; the step can be retried or skipped."),
        new("ContinueWithIncidentsStrategy", "Continue with incidents", "Other branches go on; the failed step can be retried or skipped."),
    ];

    public static IReadOnlyList<StrategyDescriptor> ActivationStrategies { get; } =
    [
        new("Elsa.Workflows.ActivationValidators.AllowAlwaysStrategy, Elsa.Workflows.Core", "Always", "Any number of instances may run."),
        new("Elsa.Workflows.Runtime.ActivationValidators.SingletonStrategy, Elsa.Workflows.Runtime", "Singleton", "One instance of this workflow may run."),
        new("Elsa.Workflows.Runtime.ActivationValidators.CorrelationStrategy, Elsa.Workflows.Runtime", "Correlation", "One instance of any workflow may run with a correlation id."),
        new("Elsa.Workflows.Runtime.ActivationValidators.CorrelatedSingletonStrategy, Elsa.Workflows.Runtime", "Correlated singleton", "One instance of this workflow may run with a correlation id."),
    ];

    public static IReadOnlyList<StrategyDescriptor> LogPersistenceStrategies { get; } =
    [
        Log("Include", "Values are written to the journal."),
        Log("Exclude", "Values are left out of the journal."),
        Log("Inherit", "As the container around says."),
        Log("Configuration", "As the server says."),
    ];

    /// <summary>One: a run is one transaction, so there is nothing to choose.</summary>
    public static IReadOnlyList<CommitStrategyDescriptor> WorkflowCommitStrategies { get; } =
        [new("WorkflowExecuted", "Workflow executed", "Everything a run did is written in one transaction at its end.")];

    /// <summary>As for workflows.</summary>
    public static IReadOnlyList<CommitStrategyDescriptor> ActivityCommitStrategies { get; } =
        [new("Executed", "Executed", "Written together with the run it belongs to.")];

    private static StrategyDescriptor Log(string name, string description) =>
        new($"Elsa.Workflows.LogPersistence.Strategies.{name}, Elsa.Workflows.Core", name, description);

    private static IEnumerable<TypeAlias> Named(params string[] names) => names.Select(name => TypeAlias.Parse(name)!);
}
