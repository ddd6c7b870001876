using System.Text.Json.Nodes;
using PublicService.Workflows.Model;

namespace PublicService.Workflows.Json;

/// <summary>
/// Writes a definition back as JSON without loss: what the reader does not know keeps its place and its order, and each activity
/// gets the node id of where it stands now (Elsa contract B.2).
/// </summary>
public static class DefinitionWriter
{
    /// <summary>As it is stored and exported: the text that was read, activities of unknown type included.</summary>
    public static JsonObject ForFile(WorkflowDefinition definition) => (JsonObject)Copy(definition.Source, definition, (_, activity) => activity)!;

    /// <summary>
    /// As Studio reads it: names in their exact spelling, the lists it enumerates present, legacy forms in the present form, and
    /// activities of unknown type wrapped so that it can draw and keep them (Elsa contract B.7).
    /// </summary>
    public static JsonObject ForStudio(WorkflowDefinition definition) =>
        StudioForm.OfDefinition(definition, (JsonObject)Copy(definition.Source, definition, StudioForm.OfActivity)!);

    private static JsonNode? Copy(JsonNode? source, WorkflowDefinition definition, Func<ActivityNode, JsonObject, JsonObject> form) => source switch
    {
        JsonObject json => definition.Written.TryGetValue(json, out var node)
            ? form(node, Placed(CopyOf(json, definition, form), node.NodeId))
            : CopyOf(json, definition, form),
        JsonArray list => new JsonArray([.. list.Select(item => Copy(item, definition, form))]),
        _ => source?.DeepClone(),
    };

    private static JsonObject CopyOf(JsonObject json, WorkflowDefinition definition, Func<ActivityNode, JsonObject, JsonObject> form) =>
        new(json.Select(entry => KeyValuePair.Create(entry.Key, Copy(entry.Value, definition, form))));

    /// <summary>Corrects the node id where it stands, or puts it behind the id.</summary>
    private static JsonObject Placed(JsonObject activity, string nodeId)
    {
        var names = activity.Select(entry => entry.Key).ToList();
        var place = names.FindLastIndex(name => string.Equals(name, "nodeId", StringComparison.OrdinalIgnoreCase));
        if (place >= 0)
        {
            activity[names[place]] = nodeId;
        }
        else
        {
            activity.Insert(names.FindIndex(name => string.Equals(name, "id", StringComparison.OrdinalIgnoreCase)) + 1, "nodeId", nodeId);
        }

        return activity;
    }
}
