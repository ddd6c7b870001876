using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PublicService.Activities.Tests;

/// <summary>Data a citizen could enter into the electronic form of a procedure, made from its schema in seed/forms.</summary>
internal static class SampleForm
{
    private static readonly string[] Shapes = ["001086000001", "0912345678", "4711", "08:30", "2026-01"];

    private static readonly Dictionary<string, JsonObject> Schemas = Directory
        .GetFiles(Path.Combine(AppContext.BaseDirectory, "forms"), "*.json")
        .Select(file => JsonNode.Parse(File.ReadAllText(file))!.AsObject())
        .ToDictionary(schema => schema["x-procedure"]!.ToString());

    public static JsonObject? SchemaOf(string procedure) => Schemas.GetValueOrDefault(procedure);

    /// <summary>What must be entered and, by chance, what may be; null for a procedure without a form.</summary>
    public static JsonObject? Of(string procedure, Random random) =>
        SchemaOf(procedure) is { } schema ? Of(schema, random) : null;

    public static JsonObject Of(JsonObject schema, Random random) => (JsonObject)Value(string.Empty, schema, random);

    private static JsonNode Value(string name, JsonObject schema, Random random)
    {
        var (least, most) = (Number(schema, "minimum", 0), Number(schema, "maximum", 1000));
        return schema["type"]!.ToString() switch
        {
            "object" => new JsonObject(Fields(schema, random)),
            "array" => new JsonArray([.. Enumerable.Range(0, Items(schema, random)).Select(_ => Value(name, schema["items"]!.AsObject(), random))]),
            "boolean" => random.Next(2) == 0,
            "integer" or "number" => least + random.NextInt64(Math.Min(most - least, 12) + 1),
            _ when schema["enum"] is JsonArray values => values[random.Next(values.Count)]!.DeepClone(),
            _ when schema["pattern"]?.ToString() is { } pattern => Shapes.First(shape => Regex.IsMatch(shape, pattern)),
            _ when schema["format"]?.ToString() == "date" => new DateOnly(1930, 1, 1).AddDays(random.Next(95 * 365)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => name.EndsWith("fficeId", StringComparison.Ordinal) ? DossierTrial.OtherCommune : "Mẫu",
        };
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Fields(JsonObject schema, Random random)
    {
        var required = (schema["required"] as JsonArray ?? []).Select(name => name!.ToString()).ToHashSet();
        return (schema["properties"] as JsonObject ?? [])
            .Where(field => required.Contains(field.Key) || random.Next(2) == 0)
            .Select(field => KeyValuePair.Create<string, JsonNode?>(field.Key, Value(field.Key, field.Value!.AsObject(), random)));
    }

    private static int Items(JsonObject schema, Random random)
    {
        var least = (int)Number(schema, "minItems", 0);
        return least + random.Next((int)Math.Min(Number(schema, "maxItems", 3) - least, 2) + 1);
    }

    private static long Number(JsonObject schema, string name, long otherwise) => schema[name]?.GetValue<long>() ?? otherwise;
}
