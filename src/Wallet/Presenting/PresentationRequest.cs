using System.Security.Cryptography;
using System.Text.Json.Nodes;
using PublicService.Wallet.Issuing;
using PublicService.Wallet.Jose;
using PublicService.Wallet.Keys;

namespace PublicService.Wallet.Presenting;

/// <summary>
/// One question to a wallet, as it is kept (OpenID4VP 1.0: signed, <c>x509_hash</c>, answered encrypted). It has a key of its own and one answer.
/// </summary>
/// <param name="Id">Unguessable part of its addresses.</param>
/// <param name="ClientId">Who asks, with prefix.</param>
/// <param name="State">Only who read the request knows it; the right state uses the request up.</param>
/// <param name="EncryptionKey">PKCS#8 of the ephemeral key. Keep it sealed, forget it with the answer.</param>
public sealed record PresentationRequest(
    string Id, string ClientId, string ResponseAddress, string Nonce, string State, byte[] EncryptionKey, DcqlQuery Query, DateTimeOffset ExpiresAt)
{
    /// <summary>How long a wallet may take: short, because whoever photographs the code on a screen can answer it.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(3);

    public const string TokenType = "oauth-authz-req+jwt";

    public const string MediaType = "application/oauth-authz-req+jwt";

    private static readonly string[] Encryptions = ["A128GCM", "A256GCM"];

    public static PresentationRequest New(string origin, SigningKey verifier, DcqlQuery query, DateTimeOffset now)
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var id = ServerSecrets.Random(16);
        return new(
            id,
            $"x509_hash:{CertificateChain.HashOf(verifier.Leaf)}",
            $"{origin}/vp/response/{id}",
            ServerSecrets.Random(),
            ServerSecrets.Random(16),
            key.ExportPkcs8PrivateKey(),
            query,
            now + Life);
    }

    /// <summary>What the QR code holds, or the button on the same phone.</summary>
    public string LinkAt(string origin) =>
        $"openid4vp://?client_id={Uri.EscapeDataString(ClientId)}&request_uri={Uri.EscapeDataString($"{origin}/vp/request/{Id}")}&request_uri_method=post";

    /// <summary>The signed request object (RFC 9101, OpenID4VP 5).</summary>
    /// <param name="walletNonce">What the wallet sent along, to see that the request is fresh; null when it fetched with GET.</param>
    public string Sign(SigningKey verifier, string? walletNonce, DateTimeOffset now)
    {
        var payload = new JsonObject
        {
            ["response_type"] = "vp_token",
            ["response_mode"] = "direct_post.jwt",
            ["client_id"] = ClientId,
            ["aud"] = "https://self-issued.me/v2",
            ["response_uri"] = ResponseAddress,
            ["nonce"] = Nonce,
            ["state"] = State,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = ExpiresAt.ToUnixTimeSeconds(),
            ["dcql_query"] = Query.ToJson(),
            ["client_metadata"] = ClientMetadata(),
        };
        if (walletNonce is not null)
        {
            payload["wallet_nonce"] = walletNonce;
        }

        return verifier.Sign(TokenType, payload);
    }

    private JsonObject ClientMetadata()
    {
        using var key = OpenKey();
        var encryption = PublicJwk.Of(key.ExportParameters(false)).ToJson();
        (encryption["use"], encryption["alg"], encryption["kid"]) = ("enc", "ECDH-ES", Id);
        return new()
        {
            ["vp_formats_supported"] = new JsonObject
            {
                ["dc+sd-jwt"] = new JsonObject { ["sd-jwt_alg_values"] = new JsonArray(Jws.Algorithm), ["kb-jwt_alg_values"] = new JsonArray(Jws.Algorithm) },
            },
            ["jwks"] = new JsonObject { ["keys"] = new JsonArray(encryption) },
            ["encrypted_response_enc_values_supported"] = new JsonArray([.. Encryptions.Select(name => (JsonNode)name)]),
        };
    }

    internal ECDiffieHellman OpenKey()
    {
        var key = ECDiffieHellman.Create();
        key.ImportPkcs8PrivateKey(EncryptionKey, out _);
        return key;
    }
}
