using System.Text.Json;
using System.Text.Json.Nodes;
using PublicService.Workflows.BuiltIn.Composition;
using PublicService.Workflows.BuiltIn.Flow;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Model;

namespace PublicService.Workflows.Json;

/// <summary>What Studio needs beyond the file: it reads names in one spelling only and enumerates lists without asking whether they are there.</summary>
internal static class StudioForm
{
    private static readonly string[] DefinitionNames =
    [
        "id", "definitionId", "tenantId", "name", "description", "createdAt", "version", "toolVersion", "variables", "inputs", "outputs",
        "outcomes", "customProperties", "isReadonly", "isSystem", "isLatest", "isPublished", "options", "root", "links",
    ];

    private static readonly string[] ActivityNames =
        ["id", "nodeId", "name", "type", "version", "customProperties", "metadata", "activities", "connections", "variables", "start", "cases", "branches"];

    public static JsonObject OfDefinition(WorkflowDefinition definition, JsonObject copy)
    {
        var json = Spelled(copy, DefinitionNames);
        foreach (var list in (string[])["variables", "inputs", "outputs", "outcomes"])
        {
            Straighten(json, list, always: true);
        }

        json["customProperties"] ??= new JsonObject();
        json["options"] ??= new JsonObject();
        if (json["root"] is not JsonObject)
        {
            var root = definition.Workflow.Port("Root")!;
            json["root"] = OfActivity(root, new JsonObject { ["id"] = root.Id, ["nodeId"] = root.NodeId, ["type"] = root.Type });
        }

        return json;
    }

    public static JsonObject OfActivity(ActivityNode node, JsonObject copy)
    {
        if (node.Activity is NotFoundActivity && node.Source.GetText("type") != MissingActivity.TypeName)
        {
            // The source, not the copy: what stands inside belongs to a type unknown here and must come back as it was.
            return MissingActivity.Wrap(node.Source, node.Id, node.NodeId);
        }

        var descriptor = node.Activity.Descriptor;
        var json = Spelled(copy, [.. ActivityNames, .. NamesOf(descriptor)]);
        json["id"] ??= node.Id;
        json["version"] ??= descriptor.Version;
        json["customProperties"] ??= new JsonObject();
        json["metadata"] ??= new JsonObject();
        Straighten(json, "activities", descriptor.IsContainer);
        Straighten(json, "variables", descriptor.IsContainer);
        Straighten(json, "connections", node.Activity is Flowchart);
        if (node.Activity is Flowchart)
        {
            SortConnections(node, json);
        }

        return json;
    }

    private static IEnumerable<string> NamesOf(ActivityDescriptor descriptor) => descriptor.Inputs.Select(input => input.Name)
        .Concat(descriptor.Outputs.Select(output => output.Name))
        .Concat(descriptor.Ports.Where(port => port.Type == "Embedded").Select(port => port.Name))
        .Select(JsonNamingPolicy.CamelCase.ConvertName);

    /// <summary>The same object with known names as Studio spells them; of equal names the last stays, as when reading.</summary>
    private static JsonObject Spelled(JsonObject json, IReadOnlyCollection<string> names)
    {
        var result = new JsonObject();
        foreach (var (written, value) in json.ToList())
        {
            var name = names.FirstOrDefault(known => known.Equals(written, StringComparison.OrdinalIgnoreCase)) ?? written;
            json.Remove(written);
            result[name] = value;
        }

        return result;
    }

    /// <summary>Takes a list out of its legacy wrapping, and puts an empty one where none is.</summary>
    private static void Straighten(JsonObject json, string name, bool always)
    {
        if (json[name] is JsonObject legacy && legacy["$values"] is JsonArray values)
        {
            legacy.Remove("$values");
            json[name] = values;
        }
        else if (always && json[name] is not JsonArray)
        {
            json[name] = new JsonArray();
        }
    }

    /// <summary>
    /// Arrows in the present form; those whose ends are not both here wait in customProperties.notFoundConnections and come back from
    /// there when they are (Elsa contract B.5).
    /// </summary>
    private static void SortConnections(ActivityNode flowchart, JsonObject json)
    {
        var ids = flowchart.Activities.Select(child => child.Id).ToHashSet();
        var custom = json["customProperties"] as JsonObject ?? [];
        var arrows = ((JsonArray)json["connections"]!).Concat(custom["notFoundConnections"] as JsonArray ?? [])
            .OfType<JsonObject>()
            .Select(ConnectionReader.Straight)
            .ToLookup(arrow => ids.Contains(EndOf(arrow, "source")) && ids.Contains(EndOf(arrow, "target")));
        json["connections"] = new JsonArray([.. arrows[true]]);
        if (arrows[false].Any() || custom.ContainsKey("notFoundConnections"))
        {
            custom["notFoundConnections"] = new JsonArray([.. arrows[false]]);
        }
    }

    private static string EndOf(JsonObject arrow, string end) => arrow.GetObject(end)?.GetText("activity") ?? string.Empty;
}
