using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using PublicService.Workflows.Json;

namespace PublicService.Workflows.Expressions;

/// <summary>
/// Converts a value to the canonical JSON form of a type (contract E.0), always with the invariant culture. Unlike Elsa it never
/// takes a default silently. Empty text is "nothing was given" for every type but String, because the designer writes it for a
/// cleared field.
/// </summary>
public static partial class ValueConverter
{
    /// <summary>Converts <paramref name="value"/> to <paramref name="type"/>; null stays null.</summary>
    /// <returns>A new node without a parent, or the given node itself when it already has the canonical form.</returns>
    /// <exception cref="ConversionException">The value does not fit; nothing is defaulted.</exception>
    public static JsonNode? Convert(JsonNode? value, TypeAlias type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (value is null || value.GetValueKind() is JsonValueKind.Null or JsonValueKind.Undefined)
        {
            return null;
        }

        if (type.Kind == ValueKind.String)
        {
            return ToText(value) is { } text ? IsText(value) ? value : JsonValue.Create(text) : null;
        }

        if (IsText(value) && string.IsNullOrWhiteSpace(value.GetValue<string>()))
        {
            return type.Kind == ValueKind.Any ? value : null;
        }

        return type.Kind switch
        {
            ValueKind.Any => ToAny(value),
            ValueKind.Map => ToMap(value, type),
            ValueKind.List => ToList(value, type),
            ValueKind.Bytes when value is JsonArray bytes => ToBytes(bytes, type),
            _ when value is JsonObject or JsonArray => throw Refuse(value, type),
            _ => FromText(value, ToText(value)!.Trim(), type),
        };
    }

    /// <summary>The text of a value as <c>Elsa.WriteLine</c> prints it; null stays null (conformance cases 71 and 72).</summary>
    /// <remarks>
    /// A date of a script is ISO 8601: <c>2025-07-01</c> when it is midnight where the process runs, otherwise date and time with
    /// <c>Z</c>, or with the offset of the process where that is not zero.
    /// </remarks>
    public static string? ToText(JsonNode? value)
    {
        switch (value)
        {
            case null:
                return null;
            case JsonObject or JsonArray:
                return value.ToJsonString(JsonText.Readable);
            case JsonValue scalar when scalar.TryGetValue<string>(out var text):
                return text;
            case JsonValue scalar when scalar.TryGetValue<bool>(out var isTrue):
                return isTrue ? "True" : "False";
            case JsonValue scalar when scalar.TryGetValue<JsonElement>(out var element):
                return element.ValueKind == JsonValueKind.Null ? null : TidyNumber(element.GetRawText());
            case JsonValue scalar when scalar.TryGetValue<DateTimeOffset>(out var date):
                return DateText(date);
            default:
                return NumberText((JsonValue)value);
        }
    }

    private static bool IsText(JsonNode value) => value is JsonValue scalar && scalar.TryGetValue<string>(out _);

    private static string DateText(DateTimeOffset date) =>
        date.TimeOfDay == TimeSpan.Zero ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : date.Offset == TimeSpan.Zero ? date.ToString(InstantForm, CultureInfo.InvariantCulture)
        : date.ToString(OffsetForm, CultureInfo.InvariantCulture);

    // Digits are kept as written; only an exponent is brought to the form .NET prints.
    private static string TidyNumber(string digits) =>
        digits.AsSpan().IndexOfAny('e', 'E') < 0 ? digits : double.Parse(digits, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture);

    private static string NumberText(JsonValue value)
    {
        if (value.TryGetValue<double>(out var real))
        {
            return real.ToString(CultureInfo.InvariantCulture);
        }

        if (value.TryGetValue<float>(out var single))
        {
            return single.ToString(CultureInfo.InvariantCulture);
        }

        // Guid, TimeSpan and the like: their JSON is a quoted text, a whole number's is its digits.
        var json = value.ToJsonString(JsonText.Readable);
        return json.StartsWith('"') ? JsonSerializer.Deserialize<string>(json)! : json;
    }

    private static JsonNode ToAny(JsonNode value)
    {
        if (value is JsonValue scalar && scalar.TryGetValue<DateTimeOffset>(out var date) && !IsText(value))
        {
            return JsonValue.Create(date.ToUniversalTime().ToString(InstantForm, CultureInfo.InvariantCulture));
        }

        // JSON has no word for them, so they could not be stored.
        var isUnwritable = value is JsonValue number && number.TryGetValue<double>(out var real) && !double.IsFinite(real);
        return isUnwritable ? throw Refuse(value, TypeAlias.Object) : Parsed(value) ?? value;
    }

    private static JsonNode? Parsed(JsonNode value)
    {
        if (!IsText(value) || value.GetValue<string>().TrimStart() is not ['{' or '[', ..])
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(value.GetValue<string>());
        }
        catch (JsonException)
        {
            // Text that only looks like JSON stays text; a target that needs JSON refuses it.
            return null;
        }
    }

    private static JsonObject ToMap(JsonNode value, TypeAlias type) => (Parsed(value) ?? value) as JsonObject ?? throw Refuse(value, type);

    private static JsonArray ToList(JsonNode value, TypeAlias type)
    {
        var element = type.Element ?? TypeAlias.Object;
        var source = Parsed(value) ?? value;
        if (source is not JsonArray items)
        {
            var isSingle = element.Kind == ValueKind.String && source is not JsonObject;
            return isSingle ? new JsonArray(JsonValue.Create(ToText(source))) : throw Refuse(value, type);
        }

        var converted = items.Select(item => Convert(item, element)).ToList();
        if (converted.Zip(items).All(pair => ReferenceEquals(pair.First, pair.Second)))
        {
            return items;
        }

        return new JsonArray([.. converted.Select(item => item?.Parent is null ? item : item.DeepClone())]);
    }

    private static ConversionException Refuse(JsonNode value, TypeAlias type, Exception? inner = null)
    {
        var text = ToText(value) ?? string.Empty;
        return new ConversionException($"'{(text.Length > 80 ? text[..80] + "…" : text)}' is not a {type.Name}", inner);
    }
}
