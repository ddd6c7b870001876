using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Workflows.BuiltIn.Composition;

/// <summary>
/// A published workflow used as an activity (Elsa contract B.6): its root runs inside the same instance, its inputs are variables
/// of that scope, its outcomes come from Complete. The version is the one the node names, else the latest published.
/// </summary>
public sealed class WorkflowActivity : Activity
{
    private readonly Dictionary<string, Output> outputs = [];

    internal WorkflowActivity(WorkflowDefinition definition)
    {
        Definition = definition;
        foreach (var output in definition.Outputs)
        {
            outputs[output.Name] = new Output(output.Type.Name) { Name = output.Name };
        }

        Descriptor = new ActivityDescriptor
        {
            TypeName = TypeNameOf(definition.Name),
            Version = definition.Version,
            Category = definition.Source.GetObject("options")?.GetFilledText("activityCategory") ?? "Workflows",
            DisplayName = definition.Name,
            Description = definition.Description ?? string.Empty,
            Inputs = [.. definition.Inputs.Select((input, order) => new InputDescriptor
            {
                Name = input.Name,
                TypeName = input.Type.Name,
                Type = input.Type,
                DisplayName = input.DisplayName ?? input.Name,
                Description = input.Description ?? string.Empty,
                Order = order,
                IsSynthetic = true,
                UiHint = UiHints.SingleLine,
            })],
            Outputs = [.. definition.Outputs.Select(output => new OutputDescriptor(output.Name, output.Type.Name, output.DisplayName ?? output.Name, output.Description ?? string.Empty) { IsSynthetic = true })],
            Ports =
            [
                .. (definition.Outcomes.Count > 0 ? definition.Outcomes : [ActivityDescriptor.DefaultOutcome]).Select(outcome => new PortDescriptor(outcome, outcome, "Flow")),
                new PortDescriptor("Root", "Root", "Embedded", IsBrowsable: false),
            ],
            CustomProperties = new Dictionary<string, string>
            {
                ["RootType"] = "WorkflowDefinitionActivity",
                ["WorkflowDefinitionId"] = definition.DefinitionId,
                ["WorkflowDefinitionVersionId"] = definition.Id,
            },
            ConstructionProperties = new Dictionary<string, JsonNode?>
            {
                ["WorkflowDefinitionId"] = definition.DefinitionId,
                ["WorkflowDefinitionVersionId"] = definition.Id,
                ["Version"] = definition.Version,
            },
        };
    }

    public WorkflowDefinition Definition { get; }

    public Output OutputNamed(string name) => outputs[name];

    public override object? Prepare(ActivityNode node, NodeReader reader)
    {
        node.Variables =
        [
            .. reader.ReadVariables(Definition.Source, node.Id),
            .. Definition.Inputs.Select(input => new Variable($"{node.Id}:{input.Name}", input.Name, input.Type, input.Default)),
        ];
        var root = Definition.Source.GetObject("root");
        return root is null ? null : reader.Read((JsonObject)root.DeepClone(), node);
    }

    public override StepResult Enter(StepContext step)
    {
        foreach (var (descriptor, _) in step.Node.Inputs)
        {
            if (step.State.Inputs?.GetValueOrDefault(descriptor.Name) is { } value)
            {
                step.SetVariable(descriptor.Name, value);
            }
        }

        if (step.Node.Plan is not ActivityNode root)
        {
            return StepResult.Done;
        }

        step.Schedule(root);
        return StepResult.Wait;
    }

    public override StepResult ChildCompleted(StepContext step, StepContext child) => StepResult.Done;

    /// <summary>PascalCase of a name, as Elsa derives an activity type from a workflow name.</summary>
    private static string TypeNameOf(string name)
    {
        var text = new StringBuilder();
        foreach (var word in name.Split([' ', '-', '_', '.'], StringSplitOptions.RemoveEmptyEntries))
        {
            text.Append(char.ToUpper(word[0], CultureInfo.InvariantCulture)).Append(word.AsSpan(1));
        }

        return text.ToString();
    }
}
