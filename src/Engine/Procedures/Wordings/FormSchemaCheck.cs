using System.Text.Json.Nodes;
using NJsonSchema;

namespace PublicService.Engine.Procedures;

/// <summary>Whether something can be the schema of an electronic form before it is stored for every dossier to come.</summary>
internal static class FormSchemaCheck
{
    private static readonly HashSet<string> Types = ["object", "array", "string", "number", "integer", "boolean", "null"];

    private static readonly string[] Named = ["properties", "patternProperties", "definitions", "$defs"];

    private static readonly string[] Inner = ["items", "additionalProperties", "contains", "not", "if", "then", "else", "allOf", "anyOf", "oneOf"];

    /// <summary>A Vietnamese sentence; null when the schema is fine: it must be one, and must refer to nothing outside itself.</summary>
    public static string? FlawOf(JsonObject schema)
    {
        if (References(schema).Any(reference => !reference.StartsWith('#')))
        {
            return "Lược đồ biểu mẫu không được trỏ ra ngoài ($ref).";
        }

        // The library takes a type it does not know for any type.
        if (!HasKnownTypes(schema))
        {
            return "Lược đồ biểu mẫu có kiểu dữ liệu không tồn tại (type).";
        }

        try
        {
            // Nothing outside is referred to, so reading never waits.
            _ = JsonSchema.FromJsonAsync(schema.ToJsonString()).GetAwaiter().GetResult();
            return null;
        }
        catch (Exception error) when (error is Newtonsoft.Json.JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            return "Không phải lược đồ JSON Schema hợp lệ.";
        }
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject json => json.SelectMany(pair => pair.Key == "$ref" ? [pair.Value.Text() ?? ""] : References(pair.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };

    private static bool HasKnownTypes(JsonNode? node) => node switch
    {
        JsonObject schema => TypesOf(schema["type"]).All(type => type is not null && Types.Contains(type))
            && Named.All(name => (schema[name] as JsonObject ?? []).All(pair => HasKnownTypes(pair.Value)))
            && Inner.All(name => HasKnownTypes(schema[name])),
        JsonArray list => list.All(HasKnownTypes),
        _ => true,
    };

    private static IEnumerable<string?> TypesOf(JsonNode? type) => type switch
    {
        null => [],
        JsonArray list => list.Select(one => one.Text()),
        _ => [type.Text()],
    };
}
