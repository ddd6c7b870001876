using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Model;

namespace PublicService.Workflows.Json;

/// <summary>Reads an Elsa workflow definition (Elsa contract B) into a runnable one. The only place that knows the file's spelling.</summary>
public static class DefinitionReader
{
    /// <summary>Deepest nesting a file may have; deeper files are refused instead of exhausting the stack.</summary>
    public const int MaxDepth = 64;

    private static readonly JsonDocumentOptions Options = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = 8 * MaxDepth,
    };

    /// <summary>Reads a file.</summary>
    /// <exception cref="DefinitionException">The text is not JSON, or not an object.</exception>
    public static WorkflowDefinition Read(string json, ActivityCatalog catalog)
    {
        try
        {
            return JsonNode.Parse(json, documentOptions: Options) is JsonObject definition
                ? Read(Unique(definition), catalog)
                : throw new DefinitionException("DEFINITION_MALFORMED", "A workflow definition is a JSON object.");
        }
        catch (JsonException malformed)
        {
            throw new DefinitionException("DEFINITION_MALFORMED", malformed.Message, malformed);
        }
        catch (ArgumentException malformed)
        {
            throw new DefinitionException("DEFINITION_MALFORMED", malformed.Message, malformed);
        }
    }

    /// <summary>Reads a file that is JSON already; activities Studio keeps for us in wrappings are unwrapped first.</summary>
    public static WorkflowDefinition Read(JsonObject source, ActivityCatalog catalog)
    {
        source = MissingActivity.Unwrap(source);
        var nodes = new NodeReader(catalog);
        var options = source.GetObject("options") ?? [];
        var definitionId = source.GetFilledText("definitionId") ?? Guid.NewGuid().ToString("n");
        var version = source.GetNumber("version") ?? 1;
        var workflow = ReadWorkflow(source, catalog, nodes);
        return new WorkflowDefinition
        {
            Id = source.GetFilledText("id") ?? $"{definitionId}:{version}",
            DefinitionId = definitionId,
            Name = source.GetFilledText("name") ?? definitionId,
            Description = source.GetText("description"),
            Version = version,
            IsLatest = source.GetFlag("isLatest"),
            IsPublished = source.GetFlag("isPublished"),
            Inputs = [.. source.GetArray("inputs").OfType<JsonObject>().Select(input => new WorkflowInput(
                input.GetText("name") ?? string.Empty,
                nodes.TypeOf(input, "type", null),
                input.GetText("displayName"),
                input.GetText("description"),
                input.Get("defaultValue")))],
            Outputs = [.. source.GetArray("outputs").OfType<JsonObject>().Select(output => new WorkflowOutput(
                output.GetText("name") ?? string.Empty,
                nodes.TypeOf(output, "type", null),
                output.GetText("displayName"),
                output.GetText("description")))],
            Outcomes = [.. source.GetArray("outcomes").Select(outcome => outcome?.ToString() ?? string.Empty)],
            Activation = ActivationOf(options.GetText("activationStrategyType")),
            Incidents = options.GetText("incidentStrategyType")?.Contains("ContinueWithIncidents", StringComparison.Ordinal) == true
                ? IncidentStrategy.ContinueWithIncidents
                : IncidentStrategy.Fault,
            UsableAsActivity = options.GetFlag("usableAsActivity") || source.GetFlag("usableAsActivity"),
            Workflow = workflow,
            Nodes = nodes.Nodes,
            Written = nodes.Written,
            Findings = nodes.Findings,
            Source = source,
        };
    }

    private static ActivityNode ReadWorkflow(JsonObject source, ActivityCatalog catalog, NodeReader nodes)
    {
        var workflow = new ActivityNode
        {
            Id = "Workflow1",
            NodeId = "Workflow1",
            Source = [],
            Activity = catalog.Required("Elsa.Workflow"),
        };
        workflow.Variables = nodes.ReadVariables(source, workflow.Id);
        nodes.Nodes.Add(workflow.NodeId, workflow);

        // A file without a root is an empty sequence, as in Elsa.
        var root = source.GetObject("root") ?? new JsonObject { ["id"] = "Sequence1", ["type"] = "Elsa.Sequence" };
        workflow.Ports = new Dictionary<string, ActivityNode> { ["Root"] = nodes.Read(root, workflow) };
        return workflow;
    }

    private static ActivationStrategy ActivationOf(string? type) => type switch
    {
        null => ActivationStrategy.Always,
        _ when type.Contains("CorrelatedSingleton", StringComparison.Ordinal) => ActivationStrategy.CorrelatedSingleton,
        _ when type.Contains("Singleton", StringComparison.Ordinal) => ActivationStrategy.Singleton,
        _ when type.Contains("CorrelationStrategy", StringComparison.Ordinal) => ActivationStrategy.Correlation,
        _ => ActivationStrategy.Always,
    };

    /// <summary>Touches every object once, so that a file with one name twice is refused here and not in the middle of a run.</summary>
    private static JsonObject Unique(JsonObject root)
    {
        var open = new Stack<JsonNode?>([root]);
        while (open.TryPop(out var node))
        {
            foreach (var child in node switch { JsonObject o => o.Select(pair => pair.Value), JsonArray a => a, _ => [] })
            {
                open.Push(child);
            }
        }

        return root;
    }

    /// <summary>Reads UTF-8 bytes, with or without a byte-order mark.</summary>
    public static WorkflowDefinition Read(ReadOnlySpan<byte> utf8, ActivityCatalog catalog) =>
        Read(Encoding.UTF8.GetString(utf8).TrimStart('\uFEFF'), catalog);
}
