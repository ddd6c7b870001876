using System.Text.Json;
using System.Text.Json.Nodes;

namespace PublicService.Workflows.Json;

/// <summary>Reading of JSON written by many hands: names in any case, the last of equal names wins, as in Elsa.</summary>
internal static class JsonReading
{
    public static JsonNode? Get(this JsonObject json, string name)
    {
        JsonNode? found = null;
        foreach (var (key, value) in json)
        {
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase))
            {
                found = value;
            }
        }

        return found;
    }

    public static JsonObject? GetObject(this JsonObject json, string name) => json.Get(name) as JsonObject;

    /// <summary>A list, also in the legacy form <c>{"$values": [...]}</c>.</summary>
    public static JsonArray GetArray(this JsonObject json, string name) => json.Get(name) switch
    {
        JsonArray array => array,
        JsonObject legacy when legacy["$values"] is JsonArray values => values,
        _ => [],
    };

    public static string? GetText(this JsonObject json, string name) =>
        json.Get(name) is JsonValue value
            ? value.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString()
            : null;

    public static string? GetFilledText(this JsonObject json, string name) => json.GetText(name) is { Length: > 0 } text ? text : null;

    public static bool GetFlag(this JsonObject json, string name) =>
        string.Equals(json.GetText(name), "true", StringComparison.OrdinalIgnoreCase);

    public static int? GetNumber(this JsonObject json, string name) =>
        int.TryParse(json.GetText(name), out var number) ? number : null;
}
