using System.Text.Json;
using System.Text.Json.Nodes;
using PublicService.Workflows.Expressions;
using PublicService.Workflows.Json;

namespace PublicService.Workflows.Versions;

/// <summary>Values of a definition as the author knows them from the editor: the text, the script, the variable, the choice.</summary>
internal static class ValueText
{
    /// <summary>A change; null when both say the same. Left out, null, empty and false are the same: the editor writes one for the other.</summary>
    /// <param name="choices">UI specifications of the field, for the words of its choices.</param>
    public static FieldChange? Difference(string field, JsonNode? before, JsonNode? after, JsonObject? choices = null, JsonObject? choicesAfter = null)
    {
        var (from, to) = (Kept(before), Kept(after));
        if (JsonNode.DeepEquals(from, to))
        {
            return null;
        }

        var (shown, shownAfter) = (Of(from, choices), Of(to, choicesAfter ?? choices));
        return shown == shownAfter ? new(field, from?.ToJsonString(JsonText.Readable), to?.ToJsonString(JsonText.Readable)) : new(field, shown, shownAfter);
    }

    public static string? Of(JsonNode? json, JsonObject? choices = null) => Kept(json) switch
    {
        null => null,
        JsonObject wrapped when wrapped.GetObject("expression") is { } expression => OfExpression(expression, choices),
        JsonObject bound when bound.GetObject("memoryReference") is { } target => $"ghi vào “{target.GetText("id")}”",
        JsonValue value => Chosen(Plain(value), choices),
        JsonArray list when list.All(item => item is JsonValue) => string.Join(", ", list.Select(item => Chosen(Plain((JsonValue)item!), choices))),
        var other => other.ToJsonString(JsonText.Readable),
    };

    /// <summary>What is left of a value without what means nothing: null, empty text and lists, false, and the order of names.</summary>
    public static JsonNode? Kept(JsonNode? json) => json switch
    {
        JsonObject wrapped when wrapped.GetObject("expression") is { } expression => IsUnset(expression)
            ? null
            : new JsonObject { ["typeName"] = wrapped.GetFilledText("typeName"), ["expression"] = Kept(expression.GetFilledText("type") ?? ExpressionKinds.Literal, expression.Get("value")) },
        JsonObject map => map.Select(pair => (pair.Key, Value: Kept(pair.Value))).Where(pair => pair.Value is not null).ToList() is { Count: > 0 } filled
            ? new JsonObject(filled.Select(pair => KeyValuePair.Create(pair.Key, pair.Value)))
            : null,
        JsonArray { Count: > 0 } list => new JsonArray([.. list.Select(item => item?.DeepClone())]),
        JsonValue value when value.GetValueKind() is JsonValueKind.String && value.GetValue<string>().Length == 0 => null,
        JsonValue value when value.GetValueKind() is JsonValueKind.False => null,
        JsonValue value => value.DeepClone(),
        _ => null,
    };

    private static bool IsUnset(JsonObject expression) =>
        expression.Get("value") is not { } value || (value is JsonValue text && text.GetValueKind() is JsonValueKind.String && text.GetValue<string>().Length == 0);

    private static JsonObject Kept(string language, JsonNode? value) => new()
    {
        ["type"] = language,
        ["value"] = language is ExpressionKinds.Literal or ExpressionKinds.Object or ExpressionKinds.Json or ExpressionKinds.Variable or ExpressionKinds.Input
            ? Simple(value)
            : value?.DeepClone(),
    };

    /// <summary>Numbers and flags are written as themselves or as text, as the editor likes; lists as JSON or as its text.</summary>
    private static JsonNode? Simple(JsonNode? value)
    {
        if (value is not JsonValue plain)
        {
            return value?.DeepClone();
        }

        var text = Plain(plain);
        if (text is ['[' or '{', ..])
        {
            try
            {
                return JsonNode.Parse(text);
            }
            catch (JsonException)
            {
                // A text that only begins like JSON.
            }
        }

        return JsonValue.Create(text is "True" or "False" ? text.ToLowerInvariant() : text);
    }

    private static string? OfExpression(JsonObject expression, JsonObject? choices)
    {
        var value = expression.Get("value");
        return expression.GetFilledText("type") switch
        {
            ExpressionKinds.Variable => $"biến “{InputReader.Parsed(value)?.GetText("name") ?? value?["name"]?.ToString()}”",
            ExpressionKinds.Input => $"đầu vào “{InputReader.Parsed(value)?.GetText("name") ?? value?.ToString()}”",
            null or ExpressionKinds.Literal or ExpressionKinds.Object or ExpressionKinds.Json => Of(value, choices),
            var language => $"{language}: {value}",
        };
    }

    private static string Plain(JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.ToJsonString(),
    };

    /// <summary>The word of a choice instead of its value.</summary>
    private static string Chosen(string value, JsonObject? choices) =>
        choices?.Select(pair => pair.Value).OfType<JsonObject>().SelectMany(hint => hint.Select(pair => pair.Value).OfType<JsonObject>())
            .SelectMany(list => list.GetArray("items").OfType<JsonObject>()).FirstOrDefault(item => item.GetText("value") == value)?.GetText("text")
        ?? value switch { "true" => "có", "false" => "không", _ => value };
}
