using System.Text.Json.Nodes;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Workflows.BuiltIn.Primitives;

/// <summary>Assigns a variable.</summary>
[Activity("Elsa.SetVariable", "Primitives", "Set Variable", Description = "Assigns a value to a variable.")]
[Outcomes("Done")]
public sealed class SetVariable : Activity
{
    [Field("Variable", Hint = UiHints.VariablePicker, IsWrapped = false, TypeName = "Variable")]
    public Input<JsonNode> Variable { get; } = new();

    public Input<JsonNode> Value { get; } = new();

    public override object? Prepare(ActivityNode node, NodeReader reader)
    {
        var variable = node.Source.GetObject("variable");
        return new Target(variable?.GetFilledText("id"), variable?.GetFilledText("name"));
    }

    public override StepResult Enter(StepContext step)
    {
        var target = (Target)step.Node.Plan!;
        var variable = step.FindVariable(target.Id, target.Name)
            ?? throw new InvalidOperationException($"Variable '{target.Id ?? target.Name}' not found.");
        StepContext.Assign(variable, step.Get(Value));
        return StepResult.Done;
    }

    public override IEnumerable<Finding> Check(ActivityNode node, WorkflowDefinition definition)
    {
        var target = (Target)node.Plan!;
        for (var scope = node; scope is not null; scope = scope.Parent)
        {
            if (scope.Variables.Any(variable => variable.Id == target.Id || variable.Name == target.Name))
            {
                yield break;
            }
        }

        yield return new Finding("UNKNOWN_VARIABLE", FindingLevel.Error, node.Id, $"Không có biến “{target.Name ?? target.Id}” trong phạm vi của hoạt động.");
    }

    private sealed record Target(string? Id, string? Name);
}

/// <summary>Gives an output of the workflow its value.</summary>
[Activity("Elsa.SetOutput", "Primitives", "Set Output", Description = "Gives an output of the workflow its value.")]
[Outcomes("Done")]
public sealed class SetOutput : Activity
{
    [Field("Output", Hint = UiHints.OutputPicker)]
    public Input<string> OutputName { get; } = new();

    [Field("Value")]
    public Input<JsonNode> OutputValue { get; } = new();

    public override StepResult Enter(StepContext step)
    {
        step.SetOutput(step.Get(OutputName) ?? string.Empty, step.Get(OutputValue));
        return StepResult.Done;
    }

    public override IEnumerable<Finding> Check(ActivityNode node, WorkflowDefinition definition) =>
        node.Inputs[0].Value?.Constant?.ToString() is { } name && definition.Outputs.All(output => output.Name != name)
            ? [new Finding("UNKNOWN_OUTPUT", FindingLevel.Warning, node.Id, $"Quy trình không khai báo kết quả đầu ra “{name}”.")]
            : [];
}

/// <summary>Names the instance.</summary>
[Activity("Elsa.SetName", "Primitives", "Set Name", Description = "Names the workflow instance.")]
[Outcomes("Done")]
public sealed class SetName : Activity
{
    public Input<string> Value { get; } = new();

    public override StepResult Enter(StepContext step)
    {
        step.Instance.Name = step.Get(Value);
        return StepResult.Done;
    }
}

/// <summary>Gives the instance the id by which events find it.</summary>
[Activity("Elsa.Correlate", "Primitives", "Correlate", Description = "Sets the correlation id of the workflow instance.")]
[Outcomes("Done")]
public sealed class Correlate : Activity
{
    [Field("Correlation ID")]
    public Input<string> CorrelationId { get; } = new();

    public override StepResult Enter(StepContext step)
    {
        step.Instance.CorrelationId = step.Get(CorrelationId);
        return StepResult.Done;
    }
}

/// <summary>Prints a line to the run's record.</summary>
[Activity("Elsa.WriteLine", "Console", "Write Line", Description = "Writes a line of text.")]
[Outcomes("Done")]
public sealed class WriteLine : Activity
{
    [Field("Text", Hint = UiHints.MultiLine)]
    public Input<string> Text { get; } = new();

    public override StepResult Enter(StepContext step)
    {
        step.Print(step.Get(Text) ?? string.Empty);
        return StepResult.Done;
    }
}

/// <summary>Fails on purpose.</summary>
[Activity("Elsa.Fault", "Primitives", "Fault", Description = "Fails with a code and a message.")]
[Outcomes("Done")]
public sealed class Fault : Activity
{
    public Input<string> Code { get; } = new();

    public Input<string> Category { get; } = new();

    [Field("Type")]
    public Input<string> FaultType { get; } = new();

    public Input<string> Message { get; } = new();

    public override StepResult Enter(StepContext step) => throw new FaultException(step.Get(Message) ?? string.Empty, new JsonObject
    {
        ["code"] = step.Get(Code),
        ["category"] = step.Get(Category),
        ["type"] = step.Get(FaultType),
    });
}

/// <summary>Runs a script that may choose outcomes.</summary>
[Activity("Elsa.RunJavaScript", "Scripting", "Run JavaScript", Description = "Runs a script.")]
public sealed class RunJavaScript : Activity
{
    [Field("Script", Hint = UiHints.CodeEditor, AutoEvaluate = false)]
    public Input<string> Script { get; } = new();

    [Field("Possible outcomes", Hint = UiHints.DynamicOutcomes)]
    public Input<string[]> PossibleOutcomes { get; } = new();

    public Output Result { get; } = new();

    public override StepResult Enter(StepContext step)
    {
        var script = step.Evaluate(Script);
        if (string.IsNullOrWhiteSpace(script))
        {
            return StepResult.Done;
        }

        var outcomes = new List<string>();
        step.Set(Result, Expressions.ValueConverter.Convert(step.Evaluate(script, outcomes), Expressions.TypeAlias.Object));
        return outcomes.Count > 0 ? StepResult.With([.. outcomes]) : StepResult.Done;
    }
}
