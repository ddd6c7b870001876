using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace PublicService.Engine.Trials;

/// <summary>Data that fit a JSON Schema of ours, every field filled in, for a trial to begin with.</summary>
internal static class FormSample
{
    private static readonly string[] Words = ["022090000001", "0912345678", "0101234567", "10:30", "2026", "2026-01", "Mẫu"];

    /// <param name="office">An office that exists, for fields that name offices (<c>…OfficeId</c>).</param>
    public static JsonObject Of(JsonObject schema, string office, DateOnly today) => (JsonObject)Value(string.Empty, schema, office, today)!;

    /// <summary>What scripts read of the answer to a step, e.g. <c>getOutputFrom('ThamTra','Data')?.papers</c>; null when they read nothing.</summary>
    public static JsonObject? ReadBy(string scripts, string step)
    {
        var names = Regex.Matches(scripts, $@"getOutputFrom\('{Regex.Escape(step)}', ?'Data'\)\??\.(\w+)").Select(match => match.Groups[1].Value).Distinct().ToList();
        return names.Count == 0 ? null : new(names.Select(name => KeyValuePair.Create<string, JsonNode?>(name, name switch
        {
            "papers" => new JsonArray("Giấy tờ mẫu"),
            _ when name.Contains("fee", StringComparison.OrdinalIgnoreCase) || name.Contains("amount", StringComparison.OrdinalIgnoreCase) => 10_000,
            _ => "Mẫu",
        })));
    }

    private static JsonNode? Value(string name, JsonObject field, string office, DateOnly today)
    {
        if (field["enum"] is JsonArray { Count: > 0 } words)
        {
            return words[0]?.DeepClone();
        }

        switch (field["type"]?.ToString())
        {
            case "object":
                return new JsonObject((field["properties"] as JsonObject ?? []).Where(one => one.Value is JsonObject)
                    .Select(one => KeyValuePair.Create(one.Key, Value(one.Key, (JsonObject)one.Value!, office, today))));
            case "array":
                return new JsonArray([.. Enumerable.Range(0, (int)Math.Max(1, Number(field, "minItems", 1)))
                    .Select(_ => field["items"] is JsonObject item ? Value(name, item, office, today) : null)]);
            case "boolean":
                return true;
            case "integer" or "number":
                return (long)Math.Max(Number(field, "minimum", 0), Math.Min(Number(field, "maximum", 2), 2));
            default:
                return Text(name, field, office, today);
        }
    }

    private static string Text(string name, JsonObject field, string office, DateOnly today)
    {
        if (field["pattern"]?.ToString() is { } pattern)
        {
            return Words.FirstOrDefault(word => Regex.IsMatch(word, pattern, RegexOptions.None, TimeSpan.FromMilliseconds(100))) ?? string.Empty;
        }

        return field["format"]?.ToString() switch
        {
            "date" => today.AddYears(-1).ToString("O", CultureInfo.InvariantCulture),
            "date-time" => today.AddYears(-1).ToString("O", CultureInfo.InvariantCulture) + "T08:00:00Z",
            "email" => "nguyen.an@example.vn",
            _ when name.Contains("OfficeId", StringComparison.Ordinal) => office,
            _ => "Mẫu".PadRight((int)Number(field, "minLength", 0), 'u'),
        };
    }

    private static decimal Number(JsonObject field, string name, decimal otherwise) =>
        field[name] is { } value && decimal.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
