using System.Text.Json.Nodes;
using PublicService.Workflows.Expressions;

namespace PublicService.Workflows.Running;

/// <summary>What a script of one step sees.</summary>
internal sealed class StepScriptScope(StepContext step, IReadOnlyDictionary<string, JsonNode?>? arguments, List<string>? outcomes) : ScriptScope
{
    public override string WorkflowDefinitionId => step.Instance.DefinitionId;

    public override string WorkflowDefinitionVersionId => step.Instance.DefinitionVersionId;

    public override int WorkflowDefinitionVersion => step.Instance.DefinitionVersion;

    public override string WorkflowInstanceId => step.Instance.Id;

    public override string? CorrelationId
    {
        get => step.Instance.CorrelationId;
        set => step.Instance.CorrelationId = value;
    }

    public override string? WorkflowInstanceName
    {
        get => step.Instance.Name;
        set => step.Instance.Name = value;
    }

    public override DateTimeOffset Now => step.Now;

    public override IEnumerable<string> VariableNames => step.VariableNames();

    public override IEnumerable<string> InputNames =>
        step.Definition.Inputs.Select(input => input.Name).Concat(step.Instance.Input.Keys).Distinct();

    public override IEnumerable<string> ActivityNames => step.Definition.Nodes.Values.Select(node => node.Name).OfType<string>();

    public override JsonNode? LastResult => step.Run.LastResult;

    public override bool AllowsOutcomes => outcomes is not null;

    public override IReadOnlyDictionary<string, JsonNode?> Arguments => arguments ?? base.Arguments;

    public override IReadOnlyDictionary<string, string>? Configuration => step.Run.Environment.Configuration;

    public override bool TryGetVariable(string name, out JsonNode? value, out TypeAlias type)
    {
        var found = step.FindVariable(name);
        value = found?.Value;
        type = found?.Variable?.Type ?? TypeAlias.Object;
        return found is not null;
    }

    public override bool SetVariable(string name, JsonNode? value) => step.SetVariable(name, value);

    public override bool TryGetInput(string name, out JsonNode? value, out TypeAlias type)
    {
        var declared = step.TypeOfInput(name);
        type = declared ?? TypeAlias.Object;
        value = step.WorkflowInput(name);
        return declared is not null || step.Instance.Input.ContainsKey(name);
    }

    public override JsonNode? GetOutput(string activityIdOrName, string outputName)
    {
        var id = step.Instance.Outputs.ContainsKey(activityIdOrName) ? activityIdOrName : step.Definition.FindActivity(activityIdOrName)?.Id;
        return id is not null && step.Instance.Outputs.TryGetValue(id, out var outputs) ? outputs.GetValueOrDefault(outputName) : null;
    }

    public override void SetOutcomes(IReadOnlyList<string> chosen)
    {
        outcomes!.Clear();
        outcomes.AddRange(chosen);
    }
}
