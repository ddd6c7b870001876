using System.Text.Json.Nodes;
using PublicService.Wallet.Credentials;
using PublicService.Wallet.Jose;
using PublicService.Wallet.Keys;

namespace PublicService.Wallet.Issuing;

/// <summary>The documents under <c>/.well-known</c> and the description of a type.</summary>
public static class IssuerMetadata
{
    /// <summary>OpenID4VCI 1.0 12.2. Display and claims stand in <c>credential_metadata</c>, by which libraries know version 1.0.</summary>
    public static JsonObject CredentialIssuer(IssuerProfile issuer, IEnumerable<CredentialType> types) => new()
    {
        ["credential_issuer"] = issuer.Identifier,
        ["credential_endpoint"] = issuer.Credential,
        ["nonce_endpoint"] = issuer.Nonce,
        ["deferred_credential_endpoint"] = issuer.Deferred,
        ["notification_endpoint"] = issuer.Notification,
        ["batch_credential_issuance"] = new JsonObject { ["batch_size"] = issuer.BatchSize },
        ["display"] = Display(issuer.Names),
        ["credential_configurations_supported"] = new JsonObject(types.Select(type => KeyValuePair.Create(type.ConfigurationId, (JsonNode?)Configuration(issuer, type)))),
    };

    /// <summary>RFC 8414; the issuer is its own authorization server.</summary>
    public static JsonObject AuthorizationServer(IssuerProfile issuer) => new()
    {
        ["issuer"] = issuer.Identifier,
        ["token_endpoint"] = issuer.Token,
        ["grant_types_supported"] = new JsonArray(TokenRequest.PreAuthorizedCode),
        ["token_endpoint_auth_methods_supported"] = new JsonArray("none"),
        ["pre-authorized_grant_anonymous_access_supported"] = true,
        ["dpop_signing_alg_values_supported"] = new JsonArray(Jws.Algorithm),
    };

    /// <summary>For older wallets, which find keys by the issuer's name and not by certificates (SD-JWT VC, jwt-vc-issuer).</summary>
    public static JsonObject JwtVcIssuer(IssuerProfile issuer, KeyRing keys) => new()
    {
        ["issuer"] = issuer.Identifier,
        ["jwks"] = new JsonObject
        {
            ["keys"] = new JsonArray([.. keys.Keys.Where(key => key.Purpose is KeyPurpose.Credential).Select(Key)]),
        },
    };

    /// <summary>SD-JWT VC type metadata, behind the value of <c>vct</c>.</summary>
    public static JsonObject Type(IssuerProfile issuer, CredentialType type) => new()
    {
        ["vct"] = type.AddressAt(issuer.Identifier),
        ["name"] = type.Name["vi-VN"],
        ["display"] = new JsonArray([.. type.Name.Select(name => (JsonNode)new JsonObject { ["locale"] = name.Key, ["name"] = name.Value })]),
        ["claims"] = new JsonArray([.. type.Claims.Select(claim => (JsonNode)new JsonObject
        {
            ["path"] = Path(claim),
            ["display"] = new JsonArray([.. claim.Display.Select(name => (JsonNode)new JsonObject { ["locale"] = name.Key, ["label"] = name.Value })]),
            ["sd"] = claim.IsDisclosable ? "always" : "never",
            ["mandatory"] = claim.IsMandatory,
        })]),
    };

    private static JsonObject Configuration(IssuerProfile issuer, CredentialType type)
    {
        var display = Display(type.Name);
        foreach (var language in display)
        {
            language!["background_color"] = type.Background;
            language["text_color"] = type.TextColour;
        }

        return new()
        {
            ["format"] = CredentialIssue.TokenType,
            ["scope"] = type.ConfigurationId,
            ["vct"] = type.AddressAt(issuer.Identifier),
            ["credential_signing_alg_values_supported"] = new JsonArray(Jws.Algorithm),
            ["cryptographic_binding_methods_supported"] = new JsonArray("jwk"),
            ["proof_types_supported"] = new JsonObject { ["jwt"] = new JsonObject { ["proof_signing_alg_values_supported"] = new JsonArray(Jws.Algorithm) } },
            ["credential_metadata"] = new JsonObject
            {
                ["display"] = display,
                ["claims"] = new JsonArray([.. type.Claims.Select(claim => (JsonNode)new JsonObject
                {
                    ["path"] = Path(claim),
                    ["mandatory"] = claim.IsMandatory,
                    ["display"] = Display(claim.Display),
                })]),
            },
        };
    }

    private static JsonArray Path(ClaimRule claim) => [.. claim.Path.Select(name => (JsonNode)name)];

    private static JsonArray Display(IReadOnlyDictionary<string, string> names) =>
        [.. names.Select(name => (JsonNode)new JsonObject { ["name"] = name.Value, ["locale"] = name.Key })];

    private static JsonNode Key(SigningKey key)
    {
        var json = key.PublicKey.ToJson();
        (json["kid"], json["use"], json["alg"]) = (key.Id, "sig", Jws.Algorithm);
        return json;
    }
}
