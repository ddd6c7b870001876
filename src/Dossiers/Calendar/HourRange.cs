using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PublicService.Dossiers;

/// <summary>Working hours of one part of a day, local time, the end not included. In JSON and text: <c>07:00-11:30</c>.</summary>
[JsonConverter(typeof(HourRangeJson))]
public readonly record struct HourRange
{
    public HourRange(TimeOnly from, TimeOnly to)
    {
        if (to <= from)
        {
            throw new ArgumentException($"Working hours end ({to:HH:mm}) before they begin ({from:HH:mm}).", nameof(to));
        }

        (From, To) = (from, to);
    }

    public TimeOnly From { get; }

    public TimeOnly To { get; }

    /// <exception cref="FormatException">Not of the form <c>HH:mm-HH:mm</c>.</exception>
    public static HourRange Parse(string text)
    {
        var parts = text.Split('-');
        return parts.Length == 2
            ? new(Clock(parts[0]), Clock(parts[1]))
            : throw new FormatException($"'{text}' is not of the form 07:00-11:30.");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From:HH:mm}-{To:HH:mm}");

    private static TimeOnly Clock(string text) => TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture);
}

/// <summary>Keeps calendars readable for the administrator who edits them.</summary>
internal sealed class HourRangeJson : JsonConverter<HourRange>
{
    public override HourRange Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return HourRange.Parse(reader.GetString() ?? "");
        }
        catch (Exception wrong) when (wrong is FormatException or ArgumentException)
        {
            throw new JsonException(wrong.Message, wrong);
        }
    }

    public override void Write(Utf8JsonWriter writer, HourRange value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
