using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace PublicService.Wallet.Jose;

/// <summary>A public P-256 key as JWK (RFC 7517, RFC 7518 6.2): coordinates in base64url, 32 bytes each, on the curve.</summary>
public sealed record PublicJwk
{
    private static readonly string[] Private = ["d", "k", "p", "q", "dp", "dq", "qi", "oth"];

    private PublicJwk(string x, string y) => (X, Y) = (x, y);

    public string X { get; }

    public string Y { get; }

    /// <summary>RFC 7638.</summary>
    public string Thumbprint =>
        Base64Text.Encode(SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{X}}","y":"{{Y}}"}""")));

    /// <exception cref="UnacceptableException">Another kind of key, a private one, or a point off the curve.</exception>
    public static PublicJwk Of(JsonNode? node)
    {
        if (node is not JsonObject json || json.Text("kty") != "EC" || json.Text("crv") != "P-256"
            || Array.Exists(Private, json.ContainsKey) || json.Text("x") is not { Length: 43 } x || json.Text("y") is not { Length: 43 } y)
        {
            throw new UnacceptableException("no public P-256 key");
        }

        var key = new PublicJwk(x, y);
        try
        {
            using var onCurve = ECDsa.Create(key.Parameters());
        }
        catch (CryptographicException why)
        {
            throw new UnacceptableException("a point off the curve", why);
        }

        return key;
    }

    public static PublicJwk Of(ECParameters key) => new(Base64Text.Encode(key.Q.X), Base64Text.Encode(key.Q.Y));

    public ECParameters Parameters() => new()
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = Base64Text.Decode(X), Y = Base64Text.Decode(Y) },
    };

    public JsonObject ToJson() => new() { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = X, ["y"] = Y };
}
