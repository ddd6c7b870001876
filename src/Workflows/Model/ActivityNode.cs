using System.Globalization;
using System.Text.Json.Nodes;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Json;
using PublicService.Workflows.Running;

namespace PublicService.Workflows.Model;

/// <summary>One activity of a definition, ready to run. Immutable after reading.</summary>
public sealed class ActivityNode
{
    public required string Id { get; init; }

    /// <summary>Path of ids from the workflow activity, joined by ':'.</summary>
    public required string NodeId { get; init; }

    public string? Name { get; init; }

    /// <summary>The JSON it was read from, kept so that writing loses nothing.</summary>
    public required JsonObject Source { get; init; }

    /// <summary>What runs; shared by all nodes of its type and stateless.</summary>
    public required Activity Activity { get; init; }

    public ActivityNode? Parent { get; init; }

    public IReadOnlyList<ActivityNode> Activities { get; internal set; } = [];

    /// <summary>Embedded activities by port name (Then, Else, Body).</summary>
    public IReadOnlyDictionary<string, ActivityNode> Ports { get; internal set; } = EmptyPorts;

    public IReadOnlyList<Connection> Connections { get; internal set; } = [];

    public IReadOnlyList<Variable> Variables { get; internal set; } = [];

    public IReadOnlyList<InputBinding> Inputs { get; internal set; } = [];

    public IReadOnlyList<OutputBinding> Outputs { get; internal set; } = [];

    /// <summary>What the activity prepared from its own JSON when the definition was read.</summary>
    public object? Plan { get; internal set; }

    public string Type => Activity.Descriptor.TypeName;

    /// <summary>What the author calls it: the text on the canvas, else its name, else its id. A name Studio gave (OfficerTask2) reads as the kind of step with its number.</summary>
    public string Caption => Source.GetObject("metadata")?.GetFilledText("displayText") ?? NumberOfKind() ?? Name ?? Id;

    public bool CanStartWorkflow => CustomFlag("canStartWorkflow");

    public string? MergeMode => (Source["customProperties"] as JsonObject)?["mergeMode"]?.ToString();

    public ActivityNode? Port(string name) => Ports.TryGetValue(name, out var node) ? node : null;

    private static readonly Dictionary<string, ActivityNode> EmptyPorts = [];

    private string? NumberOfKind()
    {
        var kind = Activity.Descriptor.Name;
        return Name?.StartsWith(kind, StringComparison.Ordinal) == true && int.TryParse(Name.AsSpan(kind.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? string.Create(CultureInfo.InvariantCulture, $"{Activity.Descriptor.DisplayName} {number}")
            : null;
    }

    private bool CustomFlag(string name) =>
        string.Equals((Source["customProperties"] as JsonObject)?[name]?.ToString(), "true", StringComparison.OrdinalIgnoreCase);
}

/// <summary>How one input gets its value.</summary>
/// <param name="Value">Null when the file leaves the input unset.</param>
public sealed record InputBinding(InputDescriptor Descriptor, InputValue? Value);

/// <summary>Where one output goes besides the activity's own record: a variable id or the name of a workflow output.</summary>
public sealed record OutputBinding(string Name, string TargetId);
