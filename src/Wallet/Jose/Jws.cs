using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace PublicService.Wallet.Jose;

/// <summary>
/// A signed token in compact form (RFC 7515), ES256 and nothing else. Its own few lines instead of a library's handler: what is checked
/// must be exactly what is read afterwards, and every reader here refuses members that occur twice.
/// </summary>
public sealed class Jws
{
    /// <summary>Longest token that is read, in characters.</summary>
    public const int MaxLength = 256 * 1024;

    public const string Algorithm = "ES256";

    private readonly byte[] signed;
    private readonly byte[] signature;

    private Jws(JsonObject header, JsonObject payload, byte[] signed, byte[] signature)
    {
        (Header, Payload) = (header, payload);
        (this.signed, this.signature) = (signed, signature);
    }

    public JsonObject Header { get; }

    public JsonObject Payload { get; }

    /// <summary>Reads a token; nothing is verified yet.</summary>
    /// <param name="types">Values of <c>typ</c> that are right here.</param>
    /// <exception cref="UnacceptableException">Not a token of one of these types signed with ES256, or it has critical extensions.</exception>
    public static Jws Read(string text, params ReadOnlySpan<string> types)
    {
        var parts = text.Length <= MaxLength ? text.Split('.') : [];
        if (parts.Length != 3)
        {
            throw new UnacceptableException("no compact JWS");
        }

        var header = StrictJson.ReadObject(Base64Text.Decode(parts[0]));
        if (header.Text("alg") != Algorithm || header.Text("typ") is not { } type || !types.Contains(type))
        {
            throw new UnacceptableException("another alg or typ");
        }

        if (header.ContainsKey("crit") || header.ContainsKey("b64"))
        {
            throw new UnacceptableException("critical header parameters are not understood");
        }

        return new Jws(
            header,
            StrictJson.ReadObject(Base64Text.Decode(parts[1])),
            Encoding.ASCII.GetBytes(text, 0, parts[0].Length + 1 + parts[1].Length),
            Base64Text.Decode(parts[2]));
    }

    public static string Sign(JsonObject header, JsonObject payload, ECParameters privateKey)
    {
        header["alg"] = Algorithm;
        var text = $"{Base64Text.Encode(StrictJson.WriteBytes(header))}.{Base64Text.Encode(StrictJson.WriteBytes(payload))}";
        using var key = ECDsa.Create(privateKey);
        return $"{text}.{Base64Text.Encode(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256))}";
    }

    /// <exception cref="UnacceptableException">Somebody else signed it, or it was changed.</exception>
    public void MustBeSignedBy(ECParameters publicKey)
    {
        using var key = ECDsa.Create(publicKey);
        if (signature.Length != 64 || !key.VerifyData(signed, signature, HashAlgorithmName.SHA256))
        {
            throw new UnacceptableException("the signature does not fit");
        }
    }

    /// <summary>A claim that is an instant at most <paramref name="tolerance"/> from <paramref name="now"/>.</summary>
    /// <exception cref="UnacceptableException">Missing, too old or in the future.</exception>
    public void MustBeFresh(DateTimeOffset now, TimeSpan tolerance, string claim = "iat")
    {
        if (Payload.Instant(claim) is not { } at || (at - now).Duration() > tolerance)
        {
            throw new UnacceptableException($"{claim} is missing, old or in the future");
        }
    }
}
