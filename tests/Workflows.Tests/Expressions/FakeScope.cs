using System.Text.Json.Nodes;
using PublicService.Workflows.Expressions;

namespace PublicService.Workflows.Tests.Expressions;

/// <summary>A scope of dictionaries: what the runtime gives to scripts, without a runtime.</summary>
internal sealed class FakeScope : ScriptScope
{
    private readonly Dictionary<string, (JsonNode? Value, TypeAlias Type)> variables = [];
    private readonly Dictionary<string, JsonNode?> inputs = [];
    private readonly Dictionary<(string, string), JsonNode?> outputs = [];

    public List<string> Written { get; } = [];
    public List<string> Outcomes { get; } = [];
    public Dictionary<string, JsonNode?> Given { get; } = [];
    public Dictionary<string, string>? Settings { get; init; }
    public bool MayChooseOutcomes { get; init; }
    public JsonNode? Last { get; init; }

    public override string WorkflowDefinitionId => "khai-sinh";
    public override string WorkflowDefinitionVersionId => "v-12";
    public override int WorkflowDefinitionVersion => 3;
    public override string WorkflowInstanceId => "i-1";
    public override string? CorrelationId { get; set; }
    public override string? WorkflowInstanceName { get; set; }
    public override DateTimeOffset Now { get; } = new(2025, 7, 1, 1, 2, 3, TimeSpan.Zero);
    public override IEnumerable<string> VariableNames => variables.Keys;
    public override IEnumerable<string> InputNames => inputs.Keys;
    public override IEnumerable<string> ActivityNames => outputs.Keys.Select(key => key.Item1);
    public override JsonNode? LastResult => Last;
    public override bool AllowsOutcomes => MayChooseOutcomes;
    public override IReadOnlyDictionary<string, JsonNode?> Arguments => Given;
    public override IReadOnlyDictionary<string, string>? Configuration => Settings;

    public JsonNode? this[string name] => variables[name].Value;

    public FakeScope With(string name, string alias, JsonNode? value)
    {
        var type = TypeAlias.Parse(alias) ?? throw new ArgumentException(alias);
        variables[name] = (ValueConverter.Convert(value, type), type);
        return this;
    }

    public FakeScope Without(string name)
    {
        variables.Remove(name);
        return this;
    }

    public FakeScope WithInput(string name, JsonNode? value)
    {
        inputs[name] = value;
        return this;
    }

    public FakeScope WithOutput(string activity, string output, JsonNode? value)
    {
        outputs[(activity, output)] = value;
        return this;
    }

    public override bool TryGetVariable(string name, out JsonNode? value, out TypeAlias type)
    {
        var isFound = variables.TryGetValue(name, out var variable);
        (value, type) = isFound ? variable : (null, TypeAlias.Object);
        return isFound;
    }

    public override bool SetVariable(string name, JsonNode? value)
    {
        if (!variables.TryGetValue(name, out var variable))
        {
            return false;
        }

        variables[name] = (ValueConverter.Convert(value, variable.Type), variable.Type);
        Written.Add(name);
        return true;
    }

    public override bool TryGetInput(string name, out JsonNode? value, out TypeAlias type)
    {
        type = TypeAlias.Object;
        return inputs.TryGetValue(name, out value);
    }

    public override JsonNode? GetOutput(string activityIdOrName, string outputName) => outputs.GetValueOrDefault((activityIdOrName, outputName));

    public override void SetOutcomes(IReadOnlyList<string> outcomes) => Outcomes.AddRange(outcomes);
}
