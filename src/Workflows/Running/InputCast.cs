using System.Globalization;
using System.Text.Json.Nodes;

namespace PublicService.Workflows.Running;

/// <summary>Takes a value that already has its canonical JSON form into the .NET type an activity declares.</summary>
internal static class InputCast
{
    public static T To<T>(JsonNode value) => (T)(object)(typeof(T) switch
    {
        var type when type == typeof(string) => value is JsonValue ? value.ToString() : value.ToJsonString(),
        var type when type == typeof(bool) => value.GetValue<bool>(),
        var type when type == typeof(int) => (int)long.Parse(value.ToJsonString(), CultureInfo.InvariantCulture),
        var type when type == typeof(decimal) => decimal.Parse(value.ToJsonString(), CultureInfo.InvariantCulture),
        var type when type == typeof(TimeSpan) => TimeSpan.Parse(value.ToString(), CultureInfo.InvariantCulture),
        var type when type == typeof(DateTimeOffset) => DateTimeOffset.Parse(value.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        var type when type == typeof(string[]) => ((JsonArray)value).Select(item => item?.ToString() ?? string.Empty).ToArray(),
        _ => value,
    });
}
