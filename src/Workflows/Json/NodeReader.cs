using System.Text.Json.Nodes;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Expressions;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Workflows.Json;

/// <summary>Reads activities (Elsa contract B.2-B.7) and collects what is wrong with them.</summary>
public sealed class NodeReader
{
    private readonly ActivityCatalog catalog;
    private readonly Dictionary<string, int> counters = [];
    private int depth;

    internal NodeReader(ActivityCatalog catalog)
    {
        this.catalog = catalog;
    }

    internal Dictionary<string, ActivityNode> Nodes { get; } = [];

    /// <summary>Activities by the JSON object they were read from.</summary>
    internal Dictionary<JsonObject, ActivityNode> Written { get; } = new(ReferenceEqualityComparer.Instance);

    internal List<Finding> Findings { get; } = [];

    /// <summary>Reads an activity and everything in it.</summary>
    public ActivityNode Read(JsonObject source, ActivityNode parent)
    {
        if (++depth > DefinitionReader.MaxDepth)
        {
            throw new DefinitionException("DEFINITION_TOO_DEEP", $"Activities may be nested {DefinitionReader.MaxDepth} deep.");
        }

        var type = source.GetText("type") ?? string.Empty;
        var activity = catalog.FindWorkflow(source.GetFilledText("workflowDefinitionVersionId"), source.GetFilledText("workflowDefinitionId"))
            ?? catalog.Find(type, source.GetNumber("version") ?? 0);
        if (activity is null)
        {
            Report("UNKNOWN_ACTIVITY", FindingLevel.Error, source.GetText("id"), $"Không có loại hoạt động “{type}”.");
            activity = catalog.Required("Elsa.NotFoundActivity");
        }

        var id = source.GetFilledText("id") ?? NextId(type);
        var node = new ActivityNode
        {
            Id = id,
            NodeId = $"{parent.NodeId}:{id}",
            Name = source.GetFilledText("name"),
            Source = source,
            Activity = activity,
            Parent = parent,
        };
        Written[source] = node;
        if (!Nodes.TryAdd(node.NodeId, node))
        {
            Report("DUPLICATE_ID", FindingLevel.Error, id, $"Mã hoạt động “{id}” bị trùng.");
        }

        Fill(node);
        depth--;
        return node;
    }

    private void Fill(ActivityNode node)
    {
        var descriptor = node.Activity.Descriptor;
        node.Variables = ReadVariables(node.Source, node.Id);
        node.Inputs = [.. descriptor.Inputs.Select(input => new InputBinding(input, ReadInput(node, input)))];
        node.Outputs = [.. descriptor.Outputs.Select(output => ReadOutput(node.Source, output.Name)).OfType<OutputBinding>()];
        if (descriptor.IsContainer)
        {
            node.Activities = [.. node.Source.GetArray("activities").OfType<JsonObject>().Select(child => Read(child, node))];
            node.Connections = ConnectionReader.Read(node, this);
        }

        var ports = new Dictionary<string, ActivityNode>();
        foreach (var port in descriptor.Ports.Where(port => port.Type == "Embedded"))
        {
            if (node.Source.GetObject(port.Name) is { Count: > 0 } body)
            {
                ports[port.Name] = Read(body, node);
            }
        }

        node.Ports = ports;
        node.Plan = node.Activity.Prepare(node, this);
    }

    /// <summary>Reads an input of an activity; null when it is left unset.</summary>
    private InputValue? ReadInput(ActivityNode node, InputDescriptor input)
    {
        var json = node.Source.Get(input.Name);
        if (!input.IsWrapped || json is null)
        {
            return null;
        }

        if (json is not JsonObject wrapped)
        {
            return InputReader.Literal(json, input.Type);
        }

        if (wrapped.GetText("typeName") is null && wrapped.GetObject("expression") is not null)
        {
            // Elsa takes an input without typeName for unset; saying so is better than guessing.
            Report("INPUT_WITHOUT_TYPE", FindingLevel.Warning, node.Id, $"Trường “{input.DisplayName}” thiếu typeName nên bị bỏ qua.");
            return null;
        }

        return wrapped.GetObject("expression") is { } expression ? ReadExpression(expression, input.Type, node.Id) : null;
    }

    /// <summary>Reads a bare expression such as the condition of a case.</summary>
    public InputValue? ReadExpression(JsonObject expression, TypeAlias type, string activityId)
    {
        var value = InputReader.Read(expression, type, out var problem);
        if (problem is not null)
        {
            Report(problem.Value.Code, FindingLevel.Error, activityId, problem.Value.Message);
        }

        return value;
    }

    private static OutputBinding? ReadOutput(JsonObject source, string name) =>
        (source.Get(name) as JsonObject)?.GetObject("memoryReference")?.GetFilledText("id") is { } target ? new OutputBinding(name, target) : null;

    public IReadOnlyList<Variable> ReadVariables(JsonObject source, string ownerId) =>
        [.. source.GetArray("variables").OfType<JsonObject>().Select(variable => new Variable(
            variable.GetFilledText("id") ?? variable.GetText("name") ?? string.Empty,
            variable.GetText("name") ?? string.Empty,
            TypeOf(variable, "typeName", ownerId),
            variable.Get("value")))];

    public TypeAlias TypeOf(JsonObject source, string property, string? ownerId)
    {
        var alias = source.GetFilledText(property) ?? "Object";
        var type = TypeAlias.Parse(source.GetFlag("isArray") ? alias + "[]" : alias);
        if (type is null)
        {
            Report("UNKNOWN_TYPE", FindingLevel.Error, ownerId, $"Không có kiểu dữ liệu “{alias}” (biến hoặc trường “{source.GetText("name")}”).");
        }

        return type ?? TypeAlias.Object;
    }

    public void Report(string code, FindingLevel level, string? activityId, string message) =>
        Findings.Add(new Finding(code, level, activityId, message));

    private string NextId(string type)
    {
        var name = type[(type.LastIndexOf('.') + 1)..] is { Length: > 0 } shortName ? shortName : "Activity";
        counters[name] = counters.GetValueOrDefault(name) + 1;
        return $"{name}{counters[name]}";
    }
}
