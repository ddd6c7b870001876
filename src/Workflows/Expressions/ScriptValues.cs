using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PublicService.Workflows.Expressions;

/// <summary>Values between JavaScript and JSON.</summary>
internal static unsafe class ScriptValues
{
    private const double LargestExact = 9007199254740992;

    /// <summary>A whole number stays a whole number, so that it prints without a fraction.</summary>
    public static JsonValue Number(double value) =>
        Math.Abs(value) <= LargestExact && Math.Floor(value) == value ? JsonValue.Create((long)value) : JsonValue.Create(value);

    /// <summary>Takes a value out of JavaScript; undefined, functions and symbols are null.</summary>
    /// <exception cref="ScriptException">It cannot be written as JSON.</exception>
    public static JsonNode? ToNode(nint context, nint value)
    {
        switch (JavaScriptCore.GetType(context, value))
        {
            case JavaScriptCore.Boolean:
                return JsonValue.Create(JavaScriptCore.ToBoolean(context, value) != 0);
            case JavaScriptCore.Number:
                return Number(JavaScriptCore.ToNumber(context, value, out _));
            case JavaScriptCore.String:
                return JsonValue.Create(ToText(context, value));
            case JavaScriptCore.BigInt:
                return JsonNode.Parse(ToText(context, value));
            case JavaScriptCore.Object when JavaScriptCore.IsDate(context, value) != 0:
                return ToDate(JavaScriptCore.ToNumber(context, value, out _));
            case JavaScriptCore.Object:
                var json = ScriptText.Take(JavaScriptCore.CreateJson(context, value, 0, out var exception));
                return exception != 0 ? throw Failure(context, exception, ScriptFailure.Runtime) : json is null ? null : JsonNode.Parse(json);
            default:
                return null;
        }
    }

    public static string ToText(nint context, nint value) => ScriptText.Take(JavaScriptCore.CopyString(context, value, out _)) ?? string.Empty;

    /// <summary>Gives a value to JavaScript. Dates become Date objects and byte arrays arrays of numbers; TimeSpan and Guid are made by <paramref name="make"/>.</summary>
    public static nint FromNode(nint context, JsonNode? node, TypeAlias type, Func<string, string, nint> make)
    {
        if (node is null)
        {
            return JavaScriptCore.MakeNull(context);
        }

        switch (type.Kind)
        {
            case ValueKind.DateTime or ValueKind.DateTimeOffset when ValueConverter.TryReadDate(node, out var date):
                return MakeDate(context, date.ToUnixTimeMilliseconds());
            case ValueKind.TimeSpan when ValueConverter.ToText(node) is { } duration:
                return make("TimeSpan", duration);
            case ValueKind.Guid when ValueConverter.ToText(node) is { } guid:
                return make("Guid", guid);
            case ValueKind.Bytes when node.GetValueKind() == JsonValueKind.String:
                return FromBytes(context, Convert.FromBase64String(ValueConverter.ToText(node)!));
            default:
                return FromNode(context, node);
        }
    }

    public static nint FromNode(nint context, JsonNode node)
    {
        switch (node.GetValueKind())
        {
            case JsonValueKind.True or JsonValueKind.False:
                return JavaScriptCore.MakeBoolean(context, node.GetValueKind() == JsonValueKind.True ? (byte)1 : (byte)0);
            case JsonValueKind.Number:
                return JavaScriptCore.MakeNumber(context, double.Parse(ValueConverter.ToText(node)!, NumberStyles.Float, CultureInfo.InvariantCulture));
            case JsonValueKind.String:
                return FromText(context, ValueConverter.ToText(node)!);
            case JsonValueKind.Null or JsonValueKind.Undefined:
                return JavaScriptCore.MakeNull(context);
            default:
                return FromJson(context, node.ToJsonString());
        }
    }

    public static nint FromText(nint context, string? value)
    {
        if (value is null)
        {
            return JavaScriptCore.MakeNull(context);
        }

        using var text = new ScriptText(value);
        return JavaScriptCore.MakeString(context, text.Handle);
    }

    public static nint FromJson(nint context, string json)
    {
        using var text = new ScriptText(json);
        return JavaScriptCore.MakeFromJson(context, text.Handle);
    }

    public static nint FromBytes(nint context, byte[] bytes) => FromJson(context, $"[{string.Join(',', bytes)}]");

    public static nint MakeError(nint context, string message)
    {
        var text = FromText(context, message);
        return JavaScriptCore.MakeError(context, 1, &text, 0);
    }

    /// <summary>What a thrown value says, with its line when it has one.</summary>
    public static ScriptException Failure(nint context, nint thrown, ScriptFailure kind, Exception? inner = null)
    {
        int? line = null;
        if (JavaScriptCore.GetType(context, thrown) == JavaScriptCore.Object)
        {
            using var name = new ScriptText("line");
            var found = JavaScriptCore.GetProperty(context, thrown, name.Handle, out _);
            line = found != 0 && JavaScriptCore.GetType(context, found) == JavaScriptCore.Number ? (int)JavaScriptCore.ToNumber(context, found, out _) : null;
        }

        var message = ToText(context, thrown);
        return new ScriptException(kind, line is null ? message : string.Create(CultureInfo.InvariantCulture, $"{message} (line {line})"), line, inner);
    }

    private static nint MakeDate(nint context, double milliseconds)
    {
        var number = JavaScriptCore.MakeNumber(context, milliseconds);
        return JavaScriptCore.MakeDate(context, 1, &number, out _);
    }

    // The offset is the one of the process, which is also the one JavaScript counts days in.
    private static JsonValue? ToDate(double milliseconds) =>
        double.IsNaN(milliseconds) ? null : JsonValue.Create(TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds), TimeZoneInfo.Local));
}
