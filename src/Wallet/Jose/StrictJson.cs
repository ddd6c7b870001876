using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace PublicService.Wallet.Jose;

/// <summary>JSON from strangers: no member twice, no deep nesting, no broken text; and the compact writing of our own.</summary>
public static class StrictJson
{
    /// <summary>Deepest nesting that is read.</summary>
    public const int MaxDepth = 16;

    /// <summary>Largest document that is read, in bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };

    // Vietnamese stays as it is: legal JSON, and a credential is a third of the size.
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="UnacceptableException">Not JSON as it must be, or no object.</exception>
    public static JsonObject ReadObject(ReadOnlySpan<byte> utf8) => Read(utf8) as JsonObject ?? throw new UnacceptableException("no JSON object");

    /// <exception cref="UnacceptableException">Not JSON as it must be.</exception>
    public static JsonNode? Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxBytes || !Utf8.IsValid(utf8))
        {
            throw new UnacceptableException("not UTF-8, or too large");
        }

        try
        {
            var node = JsonNode.Parse(utf8, null, Options);
            Touch(node);
            return node;
        }
        catch (Exception why) when (why is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new UnacceptableException("not JSON as it must be", why);
        }
    }

    public static string Write(JsonNode node) => node.ToJsonString(Compact);

    public static byte[] WriteBytes(JsonNode node) => Encoding.UTF8.GetBytes(Write(node));

    /// <summary>The member if it is text, else null.</summary>
    public static string? Text(this JsonObject json, string name) =>
        json[name] is JsonValue value && value.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : null;

    /// <summary>The member if it is a NumericDate (RFC 7519), else null.</summary>
    public static DateTimeOffset? Instant(this JsonObject json, string name) =>
        json[name] is JsonValue value && value.GetValueKind() is JsonValueKind.Number && value.TryGetValue<double>(out var seconds) && seconds is >= 0 and < 253402300799
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : null;

    /// <summary>Nodes are made when they are first looked at; a broken text deep inside must show now and not in the middle of a check.</summary>
    private static void Touch(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (_, member) in members)
                {
                    Touch(member);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Touch(item);
                }

                break;
            case JsonValue value when value.GetValueKind() is JsonValueKind.String:
                value.GetValue<string>();
                break;
        }
    }
}
