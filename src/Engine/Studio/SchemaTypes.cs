using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PublicService.Engine.Studio;

/// <summary>Writes a JSON Schema as a TypeScript type, so that the script editor knows the fields of a form by name.</summary>
internal static class SchemaTypes
{
    private const int Deepest = 8;

    /// <summary>The type of what the schema describes; <c>any</c> for what it does not.</summary>
    public static string Of(JsonNode? schema) => Of(schema as JsonObject, schema as JsonObject, 0);

    /// <summary>The same for a schema as text; text that is no schema describes nothing.</summary>
    public static string OfText(string? schema)
    {
        try
        {
            return schema is null ? "any" : Of(JsonNode.Parse(schema));
        }
        catch (JsonException)
        {
            return "any";
        }
    }

    private static string Of(JsonObject? schema, JsonObject? root, int depth)
    {
        if (schema is null || depth > Deepest)
        {
            return "any";
        }

        if (schema["$ref"]?.ToString() is { } reference)
        {
            return Of(Find(root, reference), root, depth + 1);
        }

        if (schema["enum"] is JsonArray { Count: > 0 } members)
        {
            return string.Join(" | ", members.Select(member => member?.ToJsonString(Workflows.Json.JsonText.Readable) ?? "null"));
        }

        if ((schema["oneOf"] ?? schema["anyOf"]) is JsonArray { Count: > 0 } choices && schema["properties"] is null)
        {
            return string.Join(" | ", choices.Select(choice => Of(choice as JsonObject, root, depth + 1)).Distinct());
        }

        return schema["type"] switch
        {
            JsonArray types => string.Join(" | ", types.Select(type => OfKind(type?.ToString(), schema, root, depth)).Distinct()),
            var type => OfKind(type?.ToString(), schema, root, depth),
        };
    }

    private static string OfKind(string? type, JsonObject schema, JsonObject? root, int depth) => type switch
    {
        "string" => "string",
        "integer" or "number" => "number",
        "boolean" => "boolean",
        "null" => "null",
        "array" => $"Array<{Of(schema["items"] as JsonObject, root, depth + 1)}>",
        _ => schema["properties"] is JsonObject properties ? Object(properties, root, depth) : "any",
    };

    /// <summary>Every field may be missing: a script runs before the form is complete.</summary>
    private static string Object(JsonObject properties, JsonObject? root, int depth)
    {
        var text = new StringBuilder("{ ");
        foreach (var (name, property) in properties)
        {
            if ((property as JsonObject)?["title"]?.ToString() is { Length: > 0 } title)
            {
                text.Append("/** ").Append(title.Replace("*/", "* /", StringComparison.Ordinal)).Append(" */ ");
            }

            text.Append(JsonValue.Create(name).ToJsonString(Workflows.Json.JsonText.Readable)).Append("?: ").Append(Of(property as JsonObject, root, depth + 1)).Append("; ");
        }

        return text.Append('}').ToString();
    }

    /// <summary>Follows a reference inside the same schema.</summary>
    private static JsonObject? Find(JsonObject? root, string reference)
    {
        if (!reference.StartsWith("#/", StringComparison.Ordinal))
        {
            return null;
        }

        JsonNode? at = root;
        foreach (var part in reference[2..].Split('/'))
        {
            at = (at as JsonObject)?[part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)];
        }

        return at as JsonObject;
    }
}
