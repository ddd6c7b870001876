using System.Text.Json;
using System.Text.Json.Nodes;
using PublicService.Workflows.Expressions;
using PublicService.Workflows.Running;

namespace PublicService.Workflows.Json;

/// <summary>Turns an expression of the file into something that gives a value (Elsa contract B.3).</summary>
internal static class InputReader
{
    /// <summary>Why an expression cannot be used.</summary>
    internal readonly record struct Problem(string Code, string Message);

    public static InputValue? Read(JsonObject expression, TypeAlias type, out Problem? problem)
    {
        problem = null;
        var value = expression.Get("value");
        var kind = expression.GetFilledText("type") ?? ExpressionKinds.Literal;
        switch (kind)
        {
            case ExpressionKinds.Literal:
                return Literal(value, type);
            case ExpressionKinds.Object or ExpressionKinds.Json:
                return Structure(value, type, out problem);
            case ExpressionKinds.Variable:
                var variable = Parsed(value);
                return new InputValue.OfVariable(variable?.GetText("id"), variable?.GetText("name"), type);
            case ExpressionKinds.Input:
                return new InputValue.OfInput(Parsed(value)?.GetText("name") ?? value?.ToString() ?? string.Empty, type);
            case ExpressionKinds.JavaScript:
                return value?.ToString() is { Length: > 0 } script ? new InputValue.OfScript(script, type) : null;
            default:
                problem = new Problem("UNSUPPORTED_EXPRESSION", $"Ngôn ngữ biểu thức “{kind}” không được hỗ trợ; hãy dùng JavaScript.");
                return new InputValue.Unusable($"Expression type '{kind}' is not supported.", reported: true);
        }
    }

    public static InputValue? Literal(JsonNode? value, TypeAlias type)
    {
        if (value is null)
        {
            return null;
        }

        try
        {
            return new InputValue.Fixed(ValueConverter.Convert(value, type));
        }
        catch (ConversionException wrong)
        {
            return new InputValue.Unusable(wrong.Message);
        }
    }

    /// <summary>Object expressions hold JSON as text; entries that are expressions themselves are evaluated one by one.</summary>
    private static InputValue? Structure(JsonNode? value, TypeAlias type, out Problem? problem)
    {
        problem = null;
        JsonNode? json;
        try
        {
            json = value is JsonValue text && text.GetValueKind() is JsonValueKind.String
                ? string.IsNullOrWhiteSpace(text.GetValue<string>()) ? null : JsonNode.Parse(text.GetValue<string>())
                : value;
        }
        catch (JsonException wrong)
        {
            return new InputValue.Unusable($"Not JSON: {wrong.Message}");
        }

        if (json is not JsonObject { Count: > 0 } entries || !entries.All(entry => IsExpression(entry.Value)))
        {
            return Literal(json, type);
        }

        var values = new Dictionary<string, InputValue>();
        foreach (var (name, entry) in entries)
        {
            values[name] = Read((JsonObject)entry!, TypeAlias.Object, out var wrong) ?? new InputValue.Fixed(null);
            problem ??= wrong;
        }

        return new InputValue.OfEntries(values);
    }

    private static bool IsExpression(JsonNode? value) =>
        value is JsonObject { Count: 2 } entry && entry.ContainsKey("type") && entry.ContainsKey("value") && ExpressionKinds.IsKnown(entry.GetText("type") ?? string.Empty);

    /// <summary>Variables and inputs are referred to by an object, usually written as text.</summary>
    public static JsonObject? Parsed(JsonNode? value)
    {
        if (value is JsonObject reference)
        {
            return reference;
        }

        try
        {
            return value is JsonValue text && text.GetValueKind() is JsonValueKind.String && text.GetValue<string>().TrimStart().StartsWith('{')
                ? JsonNode.Parse(text.GetValue<string>()) as JsonObject
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
