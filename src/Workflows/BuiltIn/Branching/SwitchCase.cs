using System.Text.Json.Nodes;
using PublicService.Workflows.Expressions;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Workflows.BuiltIn;

/// <summary>One case of a switch: a label, a condition and, in the Switch activity, a body.</summary>
internal sealed record SwitchCase(string Label, InputValue? Condition, ActivityNode? Body)
{
    public static IReadOnlyList<SwitchCase> Read(ActivityNode node, NodeReader reader) =>
        [.. node.Source.GetArray("cases").OfType<JsonObject>().Select(@case => new SwitchCase(
            @case.GetText("label") ?? string.Empty,
            @case.GetObject("condition") is { } condition ? reader.ReadExpression(condition, TypeAlias.Boolean, node.Id) : null,
            @case.GetObject("activity") is { Count: > 0 } body ? reader.Read(body, node) : null))];

    /// <summary>The cases that are true, only the first of them unless the mode is MatchAny.</summary>
    public static List<SwitchCase> Matches(StepContext step, string? mode)
    {
        var matches = new List<SwitchCase>();
        foreach (var @case in (IReadOnlyList<SwitchCase>)step.Node.Plan!)
        {
            if (@case.Condition?.Evaluate(step)?.GetValue<bool>() == true)
            {
                matches.Add(@case);
                if (mode != "MatchAny")
                {
                    break;
                }
            }
        }

        return matches;
    }
}
