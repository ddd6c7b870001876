using System.Text.Json.Nodes;

namespace PublicService.Workflows.Running;

/// <summary>Named values and JSON objects, one made of the other.</summary>
public static class ValueBags
{
    /// <summary>A copy as a JSON object; values are immutable, so each gets a parent of its own.</summary>
    public static JsonObject ToJson(this IReadOnlyDictionary<string, JsonNode?> values)
    {
        var json = new JsonObject();
        foreach (var (name, value) in values)
        {
            json[name] = value?.DeepClone();
        }

        return json;
    }

    /// <summary>The entries of a JSON object as values of their own.</summary>
    public static Dictionary<string, JsonNode?> ToValues(this JsonObject json) =>
        json.ToDictionary(entry => entry.Key, entry => entry.Value?.DeepClone());
}
