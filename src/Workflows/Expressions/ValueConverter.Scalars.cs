using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml;

namespace PublicService.Workflows.Expressions;

public static partial class ValueConverter
{
    private const string InstantForm = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";
    private const string OffsetForm = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz";
    private const string LocalForm = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF";

    /// <summary>Reads ISO 8601 text as an instant; a time without zone is taken as UTC.</summary>
    /// <exception cref="ConversionException">It is not ISO 8601.</exception>
    internal static DateTimeOffset ReadDate(string text) =>
        ParseDate(text, out var date, out _) ? date : throw Refuse(JsonValue.Create(text), TypeAlias.DateTimeOffset);

    internal static bool TryReadDate(JsonNode value, out DateTimeOffset date)
    {
        date = default;
        return value is JsonValue scalar && (!IsText(value) ? scalar.TryGetValue(out date) : ParseDate(scalar.GetValue<string>(), out date, out _));
    }

    /// <summary>Reads .NET text such as <c>1.02:03:04</c>, or ISO 8601 such as <c>PT5M</c>.</summary>
    /// <exception cref="ConversionException">It is neither.</exception>
    internal static TimeSpan ReadTimeSpan(string text)
    {
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span))
        {
            return span;
        }

        try
        {
            return XmlConvert.ToTimeSpan(text);
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            throw Refuse(JsonValue.Create(text), TypeAlias.TimeSpan, error);
        }
    }

    private static JsonNode FromText(JsonNode value, string text, TypeAlias type) => type.Kind switch
    {
        ValueKind.Boolean => bool.TryParse(text, out var isTrue) ? Same(value, isTrue) : throw Refuse(value, type),
        ValueKind.Integer => ToInteger(value, text, type),
        ValueKind.Real => ToReal(value, text, type),
        ValueKind.Decimal => ToDecimal(value, text, type),
        ValueKind.Guid => Guid.TryParse(text, out var guid) ? JsonValue.Create(guid.ToString()) : throw Refuse(value, type),
        ValueKind.TimeSpan => JsonValue.Create(ReadTimeSpan(text).ToString("c", CultureInfo.InvariantCulture)),
        ValueKind.DateTime or ValueKind.DateTimeOffset or ValueKind.DateOnly => ToDate(value, text, type),
        ValueKind.Enumeration => ToMember(value, text, type),
        ValueKind.Bytes => Convert64(value, text, type),
        _ => throw Refuse(value, type),
    };

    private static JsonValue Same(JsonNode value, bool isTrue) => !IsText(value) ? value.AsValue() : JsonValue.Create(isTrue);

    private static JsonValue ToInteger(JsonNode value, string text, TypeAlias type)
    {
        // Decimal holds every 64-bit number exactly; a double holds them only to 2^53.
        if (!TryDecimal(value, text, out var number) || number != decimal.Truncate(number) || number < type.Smallest || number > type.Largest)
        {
            throw Refuse(value, type);
        }

        return type.Largest <= int.MaxValue ? JsonValue.Create((int)number) : JsonValue.Create((long)number);
    }

    private static JsonValue ToReal(JsonNode value, string text, TypeAlias type)
    {
        var isReal = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number);
        return isReal ? JsonValue.Create(type.Name == "Single" ? (float)number : number) : throw Refuse(value, type);
    }

    private static JsonValue ToDecimal(JsonNode value, string text, TypeAlias type) =>
        TryDecimal(value, text, out var number) ? JsonValue.Create(number) : throw Refuse(value, type);

    private static bool TryDecimal(JsonNode value, string text, out decimal number)
    {
        // From a double 15 digits are meant: 0.1 + 0.2 is 0.3 (conformance case 60).
        if (IsDouble(value, out var real))
        {
            number = Math.Abs(real) < 7.9e27 ? (decimal)real : 0;
            return Math.Abs(real) < 7.9e27;
        }

        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    private static bool IsDouble(JsonNode value, out double real)
    {
        real = 0;
        return value is JsonValue scalar && !scalar.TryGetValue<System.Text.Json.JsonElement>(out _) && scalar.TryGetValue(out real);
    }

    private static JsonValue ToDate(JsonNode value, string text, TypeAlias type)
    {
        var hasZone = true;
        if (!(IsText(value) ? ParseDate(text, out var date, out hasZone) : TryReadDate(value, out date)))
        {
            throw Refuse(value, type);
        }

        return JsonValue.Create(type.Kind switch
        {
            ValueKind.DateOnly => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ValueKind.DateTimeOffset => date.ToString(OffsetForm, CultureInfo.InvariantCulture),
            _ when hasZone => date.ToUniversalTime().ToString(InstantForm, CultureInfo.InvariantCulture),
            _ => date.ToString(LocalForm, CultureInfo.InvariantCulture),
        });
    }

    // Only ISO 8601: 01/07/2025 is July in Vietnam and January to the invariant culture, and nobody would notice.
    private static bool ParseDate(string text, out DateTimeOffset date, out bool hasZone)
    {
        date = default;
        var match = IsoDate().Match(text);
        hasZone = match.Groups["zone"].Success;
        return match.Success && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date);
    }

    private static JsonValue ToMember(JsonNode value, string text, TypeAlias type)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < type.Members.Count)
        {
            return JsonValue.Create(type.Members[number]);
        }

        var member = type.Members.FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        return member is null ? throw Refuse(value, type) : JsonValue.Create(member);
    }

    private static JsonNode Convert64(JsonNode value, string text, TypeAlias type) =>
        System.Buffers.Text.Base64.IsValid(text) ? value : throw Refuse(value, type);

    private static JsonValue ToBytes(JsonArray items, TypeAlias type)
    {
        var octet = items.Select(item => ValueConverter.Convert(item, TypeAlias.Int32)?.GetValue<int>() ?? -1).ToList();
        return octet.TrueForAll(number => number is >= 0 and <= 255)
            ? JsonValue.Create(System.Convert.ToBase64String([.. octet.Select(number => (byte)number)]))
            : throw Refuse(items, type);
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,7})?)?\s?(?<zone>Z|z|[+-]\d{2}:?\d{2})?)?$")]
    private static partial Regex IsoDate();
}
