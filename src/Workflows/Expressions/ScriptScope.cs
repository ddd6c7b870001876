using System.Text.Json.Nodes;

namespace PublicService.Workflows.Expressions;

/// <summary>
/// What a script may see and change: the rows of contract E.1. The runtime gives one for each evaluation; values are immutable,
/// and are fetched only when the script asks for them.
/// </summary>
public abstract class ScriptScope
{
    public abstract string WorkflowDefinitionId { get; }
    public abstract string WorkflowDefinitionVersionId { get; }
    public abstract int WorkflowDefinitionVersion { get; }
    public abstract string WorkflowInstanceId { get; }
    public abstract string? CorrelationId { get; set; }
    public abstract string? WorkflowInstanceName { get; set; }

    /// <summary>The instant of the run. <c>new Date()</c> and <c>Date.now()</c> give it, so that a run can be repeated.</summary>
    public abstract DateTimeOffset Now { get; }

    /// <summary>Names of the variables in scope, nearest first.</summary>
    public abstract IEnumerable<string> VariableNames { get; }

    /// <summary>Names of the inputs of the workflow.</summary>
    public abstract IEnumerable<string> InputNames { get; }

    /// <summary>Names of the activities whose outputs can be read, for <c>get&lt;Output&gt;From&lt;ActivityName&gt;()</c>.</summary>
    public virtual IEnumerable<string> ActivityNames => [];

    /// <summary>Finds a variable by its exact name, nearest scope first.</summary>
    public abstract bool TryGetVariable(string name, out JsonNode? value, out TypeAlias type);

    /// <summary>
    /// Assigns a variable; the scope converts to the variable's type. A date arrives as a value holding a <see cref="DateTimeOffset"/>,
    /// which <see cref="ValueConverter"/> understands.
    /// </summary>
    /// <returns>False when there is no such variable; the script then fails.</returns>
    public abstract bool SetVariable(string name, JsonNode? value);

    /// <summary>Finds an input of the workflow by its exact name.</summary>
    public abstract bool TryGetInput(string name, out JsonNode? value, out TypeAlias type);

    /// <summary>The output of an activity, or null when it has none.</summary>
    public abstract JsonNode? GetOutput(string activityIdOrName, string outputName);

    /// <summary>The result of the previous activity.</summary>
    public virtual JsonNode? LastResult => null;

    /// <summary>True only inside RunJavaScript: then <c>setOutcome</c> and <c>setOutcomes</c> exist.</summary>
    public virtual bool AllowsOutcomes => false;

    /// <summary>Takes the outcomes chosen by the script; called only when <see cref="AllowsOutcomes"/>.</summary>
    public virtual void SetOutcomes(IReadOnlyList<string> outcomes) => throw new NotSupportedException();

    /// <summary>Extra names given to the script, for example <c>item</c>.</summary>
    public virtual IReadOnlyDictionary<string, JsonNode?> Arguments => NoArguments;

    /// <summary>Settings readable by <c>getConfig(key)</c>; null (the default) means that the function does not exist.</summary>
    public virtual IReadOnlyDictionary<string, string>? Configuration => null;

    /// <summary>The next value of <c>newGuid()</c>; a test may make it predictable.</summary>
    public virtual Guid NewGuid() => Guid.NewGuid();

    private static readonly Dictionary<string, JsonNode?> NoArguments = [];
}
