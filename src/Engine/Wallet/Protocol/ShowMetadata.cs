using System.Text.Json.Nodes;
using PublicService.Engine.Http;
using PublicService.Wallet.Issuing;

namespace PublicService.Engine.Wallet.Protocol;

/// <summary>Who issues what and where: the documents under <c>/.well-known</c>, the types behind <c>vct</c>, and nonces.</summary>
internal static class ShowMetadata
{
    private const string Cache = "public, max-age=300";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/.well-known/openid-credential-issuer", (WalletIssuer issuer) => Answer(IssuerMetadata.CredentialIssuer(issuer.Profile, issuer.Types.Values)));
        routes.MapGet("/.well-known/oauth-authorization-server", (WalletIssuer issuer) => Answer(IssuerMetadata.AuthorizationServer(issuer.Profile)));
        routes.MapGet("/.well-known/jwt-vc-issuer", (WalletIssuer issuer) => Answer(IssuerMetadata.JwtVcIssuer(issuer.Profile, issuer.Keys)));
        routes.MapGet("/vct/{type}/{version:int}", (string type, int version, WalletIssuer issuer) =>
            issuer.Types.GetValueOrDefault(type) is { } found && found.Version == version ? Answer(IssuerMetadata.Type(issuer.Profile, found)) : throw Problems.NotFound("Loại giấy tờ"));
        routes.MapPost("/vci/nonce", (WalletIssuer issuer, TimeProvider time) =>
            new ProtocolAnswer(new JsonObject { ["c_nonce"] = issuer.Secrets.NewNonce(time.GetUtcNow()) }));
    }

    private static ProtocolAnswer Answer(JsonObject json) => new(json, cache: Cache);
}
