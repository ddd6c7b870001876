using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using PublicService.Wallet.Credentials;
using PublicService.Wallet.Jose;
using PublicService.Wallet.Presenting;

namespace PublicService.Wallet.Tests.Fixtures;

/// <summary>A wallet with one key: makes proofs and presentations, right ones and, where a test changes something, wrong ones.</summary>
internal sealed class Holder
{
    private readonly ECParameters key;

    public Holder()
    {
        using var fresh = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        key = fresh.ExportParameters(true);
    }

    public PublicJwk Key => PublicJwk.Of(key);

    public string Sign(JsonObject header, JsonObject payload) => Jws.Sign(header, payload, key);

    public JsonObject ProofHeader => new() { ["typ"] = "openid4vci-proof+jwt", ["jwk"] = Key.ToJson() };

    public static JsonObject ProofPayload(string nonce) => new() { ["aud"] = House.Origin, ["iat"] = House.Now.ToUnixTimeSeconds(), ["nonce"] = nonce };

    public string Proof(string nonce) => Sign(ProofHeader, ProofPayload(nonce));

    public string Dpop(string method, string address, string? token, string id = "jti-1", DateTimeOffset? at = null)
    {
        var payload = new JsonObject { ["htm"] = method, ["htu"] = address, ["jti"] = id, ["iat"] = (at ?? House.Now).ToUnixTimeSeconds() };
        if (token is not null)
        {
            payload["ath"] = Base64Text.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(token)));
        }

        return Sign(new JsonObject { ["typ"] = "dpop+jwt", ["jwk"] = Key.ToJson() }, payload);
    }

    /// <summary>Shows a credential with only these claims.</summary>
    /// <param name="change">Changes header and payload of the key binding before it is signed.</param>
    public string Present(string credential, PresentationRequest request, string[] claims, Action<JsonObject, JsonObject>? change = null, Func<string, string>? pick = null)
    {
        var issued = SdJwt.Read(credential);
        var chosen = issued.Disclosures.Where(text => Disclosure.Read(text).Name is { } name && claims.Contains(name));
        var shown = string.Join('~', [issued.Signed, .. chosen, string.Empty]);
        shown = pick?.Invoke(shown) ?? shown;
        var header = new JsonObject { ["typ"] = "kb+jwt" };
        var payload = new JsonObject
        {
            ["iat"] = House.Now.ToUnixTimeSeconds(),
            ["aud"] = request.ClientId,
            ["nonce"] = request.Nonce,
            ["sd_hash"] = Base64Text.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(shown))),
        };
        change?.Invoke(header, payload);
        return shown + Sign(header, payload);
    }

    /// <summary>A token as signed, with another header or payload put over it.</summary>
    public static string Forge(string token, Action<JsonObject, JsonObject> change)
    {
        var parts = token.Split('.');
        var (header, payload) = (StrictJson.ReadObject(Base64Text.Decode(parts[0])), StrictJson.ReadObject(Base64Text.Decode(parts[1])));
        change(header, payload);
        return $"{Base64Text.Encode(StrictJson.WriteBytes(header))}.{Base64Text.Encode(StrictJson.WriteBytes(payload))}.{parts[2]}";
    }
}
