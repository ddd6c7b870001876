using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using PublicService.Wallet.Jose;

namespace PublicService.Wallet.Credentials;

/// <summary>One selectively disclosable claim (RFC 9901 4.2): <c>[salt, name, value]</c>, in a list <c>[salt, value]</c>.</summary>
/// <param name="Text">As it travels: base64url of the JSON.</param>
/// <param name="Name">Null for an element of a list.</param>
public sealed record Disclosure(string Text, string? Name, JsonNode? Value)
{
    private const int SaltBytes = 16;

    /// <summary>Base64url SHA-256 of the text, which stands in the signed part.</summary>
    public string Digest => Base64Text.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(Text)));

    /// <summary>A new one with a fresh salt of 128 bits.</summary>
    public static Disclosure Of(string name, JsonNode? value)
    {
        var salt = Base64Text.Encode(RandomNumberGenerator.GetBytes(SaltBytes));
        return new(Base64Text.Encode(StrictJson.WriteBytes(new JsonArray(salt, name, value?.DeepClone()))), name, value);
    }

    /// <exception cref="UnacceptableException">Not a disclosure (RFC 9901 7.1).</exception>
    public static Disclosure Read(string text)
    {
        if (StrictJson.Read(Base64Text.Decode(text)) is not JsonArray { Count: 2 or 3 } parts || !IsText(parts[0]) || (parts.Count == 3 && !IsText(parts[1])))
        {
            throw new UnacceptableException("no disclosure");
        }

        var name = parts.Count == 3 ? parts[1]!.GetValue<string>() : null;
        return name is "_sd" or "..." ? throw new UnacceptableException("a disclosure with a reserved name") : new(text, name, parts[^1]);
    }

    private static bool IsText(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out _);
}
