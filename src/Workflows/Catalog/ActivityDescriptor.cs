using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using PublicService.Workflows.Expressions;
using PublicService.Workflows.Model;

namespace PublicService.Workflows.Catalog;

/// <summary>What Studio shows of an activity type; serialises to the shape of Elsa contract C.1.</summary>
public sealed class ActivityDescriptor
{
    public required string TypeName { get; init; }

    public string Namespace => TypeName.LastIndexOf('.') is > 0 and var dot ? TypeName[..dot] : string.Empty;

    public string Name => TypeName[(TypeName.LastIndexOf('.') + 1)..];

    public int Version { get; init; } = 1;

    public required string Category { get; init; }

    public required string DisplayName { get; init; }

    public string Description { get; init; } = string.Empty;

    public string Kind { get; init; } = "Action";

    public required IReadOnlyList<InputDescriptor> Inputs { get; init; }

    public required IReadOnlyList<OutputDescriptor> Outputs { get; init; }

    public required IReadOnlyList<PortDescriptor> Ports { get; init; }

    public IReadOnlyDictionary<string, string> CustomProperties { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, JsonNode?> ConstructionProperties { get; init; } = new Dictionary<string, JsonNode?>();

    public bool IsContainer { get; init; }

    public bool IsBrowsable { get; init; } = true;

    public bool IsStart { get; init; }

    public bool IsTerminal { get; init; }

    public bool RunAsynchronously { get; init; }

    /// <summary>Flow ports of the type, plus the tags the author gave this node through a dynamic-outcomes input (Elsa contract C.6).</summary>
    public IReadOnlyList<string> OutcomesOf(ActivityNode node)
    {
        var outcomes = Ports.Where(port => port.Type == "Flow").Select(port => port.Name).ToList();
        foreach (var binding in node.Inputs.Where(input => input.Descriptor.UiHint == UiHints.DynamicOutcomes))
        {
            if (binding.Value?.Constant is JsonArray tags)
            {
                outcomes.AddRange(tags.Select(tag => tag?.ToString() ?? string.Empty));
            }
        }

        return outcomes.Count > 0 || IsTerminal ? outcomes : [DefaultOutcome];
    }

    /// <summary>Name of the outcome of a step that names none.</summary>
    public const string DefaultOutcome = "Done";
}

/// <summary>One input as Studio shows it (Elsa contract C.2).</summary>
public sealed class InputDescriptor
{
    public required string Name { get; init; }

    public required string TypeName { get; init; }

    public required string DisplayName { get; init; }

    public string Description { get; init; } = string.Empty;

    public string? Category { get; init; }

    public float Order { get; init; }

    public bool IsBrowsable { get; init; } = true;

    public bool IsSerializable { get; init; } = true;

    public bool IsSynthetic { get; init; }

    public bool IsReadOnly { get; init; }

    public bool IsSensitive { get; init; }

    public bool IsWrapped { get; init; } = true;

    public required string UiHint { get; init; }

    public JsonNode? DefaultValue { get; init; }

    public string DefaultSyntax { get; init; } = ExpressionKinds.Literal;

    public string? StorageDriverType { get; init; }

    public bool AutoEvaluate { get; init; } = true;

    public JsonObject? UiSpecifications { get; init; }

    [JsonIgnore]
    public TypeAlias Type { get; init; } = TypeAlias.Object;
}

/// <summary>One output as Studio shows it (Elsa contract C.3).</summary>
public sealed record OutputDescriptor(string Name, string TypeName, string DisplayName, string Description)
{
    public float Order { get; init; }

    public bool IsBrowsable { get; init; } = true;

    public bool IsSerializable { get; init; } = true;

    public bool IsSynthetic { get; init; }
}

/// <summary>A port: an outcome (<c>Flow</c>) or a slot for another activity (<c>Embedded</c>).</summary>
public sealed record PortDescriptor(string Name, string DisplayName, string Type, bool IsBrowsable = true);
