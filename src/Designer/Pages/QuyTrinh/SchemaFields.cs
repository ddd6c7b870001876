using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PublicService.Designer.Pages.QuyTrinh;

/// <summary>A field of a form: one value of the JSON, at its path.</summary>
/// <param name="Path">Names joined by a dot, e.g. <c>child.birthDate</c>.</param>
/// <param name="Group">Title of the part of the form it stands in; empty at the top.</param>
/// <param name="Kind">An input type, or <c>select</c>, or <c>json</c> for lists.</param>
public sealed record SchemaField(string Path, string Title, string Group, string Kind, bool Required, IReadOnlyList<(string Value, string Word)> Options, string Value);

/// <summary>A form of the engine (JSON Schema) as plain fields, so that an analyst need not write JSON, and back.</summary>
public static class SchemaFields
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The fields with the values of a form.</summary>
    public static IReadOnlyList<SchemaField> Of(JsonObject schema, JsonObject? values) => [.. Fields(schema, values, "", "")];

    /// <summary>The form that was filled in; empty fields are left out.</summary>
    /// <param name="read">The text of a field by its path.</param>
    /// <exception cref="FormatException">A list or a number cannot be read; the message names the field.</exception>
    public static JsonObject Read(JsonObject schema, Func<string, string?> read)
    {
        var form = new JsonObject();
        foreach (var field in Of(schema, null))
        {
            if (read(field.Path) is { Length: > 0 } text)
            {
                Put(form, field.Path, Parse(field, text));
            }
        }

        return form;
    }

    private static IEnumerable<SchemaField> Fields(JsonObject schema, JsonObject? values, string path, string group)
    {
        var required = (schema["required"] as JsonArray ?? []).Select(name => name?.ToString()).ToHashSet();
        foreach (var (name, node) in schema["properties"] as JsonObject ?? [])
        {
            var (field, at, title) = ((JsonObject)node!, path.Length == 0 ? name : $"{path}.{name}", node!["title"]?.ToString() ?? name);
            if (field["properties"] is JsonObject)
            {
                foreach (var inner in Fields(field, values?[name] as JsonObject, at, group.Length == 0 ? title : $"{group} – {title}"))
                {
                    yield return inner;
                }

                continue;
            }

            var labels = field["x-labels"] as JsonObject;
            IReadOnlyList<(string, string)> options = field["enum"] is JsonArray words ? [.. words.Select(word => (word!.ToString(), labels?[word.ToString()]?.ToString() ?? word.ToString()))]
                : field["type"]?.ToString() == "boolean" ? [("true", "Có"), ("false", "Không")]
                : [];
            yield return new(at, title, group, KindOf(field, options.Count > 0), required.Contains(name), options, TextOf(values?[name]));
        }
    }

    private static string KindOf(JsonObject field, bool isChoice) => (field["type"]?.ToString(), field["format"]?.ToString()) switch
    {
        _ when isChoice => "select",
        ("array" or "object", _) => "json",
        ("integer" or "number", _) => "number",
        (_, "date") => "date",
        _ => "text",
    };

    private static string TextOf(JsonNode? value) => value switch
    {
        null => "",
        JsonValue plain => plain.ToString(),
        _ => value.ToJsonString(Readable),
    };

    private static JsonNode? Parse(SchemaField field, string text)
    {
        try
        {
            return field.Kind switch
            {
                "json" => JsonNode.Parse(text),
                "number" => JsonValue.Create(decimal.Parse(text, CultureInfo.InvariantCulture)),
                "select" when text is "true" or "false" && field.Options[0].Value == "true" => JsonValue.Create(text == "true"),
                _ => JsonValue.Create(text),
            };
        }
        catch (Exception wrong) when (wrong is JsonException or FormatException or OverflowException)
        {
            throw new FormatException($"“{field.Title}” chưa đúng dạng.", wrong);
        }
    }

    private static void Put(JsonObject form, string path, JsonNode? value)
    {
        var names = path.Split('.');
        foreach (var name in names[..^1])
        {
            form = (JsonObject)(form[name] ??= new JsonObject());
        }

        form[names[^1]] = value;
    }
}
