using System.Text.Json;
using System.Text.Json.Nodes;

namespace PublicService.Workflows.Json;

/// <summary>
/// The wrapping in which an activity of unknown type travels through Studio, which cannot draw a type it has no descriptor for
/// (Elsa contract B.7).
/// </summary>
internal static class MissingActivity
{
    public const string TypeName = "Elsa.NotFoundActivity";

    public static JsonObject Wrap(JsonObject original, string id, string nodeId) => new()
    {
        ["id"] = id,
        ["nodeId"] = nodeId,
        ["name"] = original.GetText("name"),
        ["type"] = TypeName,
        ["version"] = 1,
        ["missingTypeName"] = original.GetText("type"),
        ["missingTypeVersion"] = original.GetNumber("version") ?? 0,
        ["originalActivityJson"] = Homeless(original).ToJsonString(JsonText.Readable),
        ["customProperties"] = new JsonObject(),
        ["metadata"] = original.GetObject("metadata")?.DeepClone() ?? new JsonObject(),
    };

    /// <summary>Without the node id, which says where it stood once.</summary>
    private static JsonObject Homeless(JsonObject activity)
    {
        var copy = (JsonObject)activity.DeepClone();
        copy.Remove("nodeId");
        return copy;
    }

    /// <summary>The same definition with every wrapping opened; a new one when there is any, otherwise the one given.</summary>
    public static JsonObject Unwrap(JsonObject definition)
    {
        if (!Wrappings(definition).Any())
        {
            return definition;
        }

        var copy = (JsonObject)definition.DeepClone();
        foreach (var wrapping in Wrappings(copy).ToList())
        {
            wrapping.ReplaceWith(Original(wrapping)!);
        }

        return copy;
    }

    private static IEnumerable<JsonObject> Wrappings(JsonObject root)
    {
        var open = new Stack<JsonNode?>([root]);
        while (open.TryPop(out var node))
        {
            if (node is JsonObject activity && activity.GetText("type") == TypeName && Original(activity) is not null)
            {
                yield return activity;
                continue;
            }

            foreach (var child in node switch { JsonObject json => json.Select(entry => entry.Value), JsonArray list => list, _ => [] })
            {
                open.Push(child);
            }
        }
    }

    /// <summary>What the wrapping holds, where the author left it in the drawing; null when it holds nothing readable.</summary>
    private static JsonObject? Original(JsonObject wrapping)
    {
        try
        {
            if (wrapping.GetFilledText("originalActivityJson") is not { } text || JsonNode.Parse(text) is not JsonObject original)
            {
                return null;
            }

            if (wrapping.GetObject("metadata") is { } metadata && (metadata.Count > 0 || original.GetObject("metadata") is not null))
            {
                original[original.Select(entry => entry.Key).FirstOrDefault(name => name.Equals("metadata", StringComparison.OrdinalIgnoreCase)) ?? "metadata"] = metadata.DeepClone();
            }

            return original;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
