using System.Text.Json.Nodes;
using PublicService.Wallet.Jose;

namespace PublicService.Wallet.Credentials;

/// <summary>
/// A credential whose signature, issuer, disclosures and times are right. Not known yet: whether it still is valid
/// (<see cref="Status"/>) and whether who shows it is its holder (<see cref="Holder"/>).
/// </summary>
/// <param name="Claims">All claims that were disclosed or always visible.</param>
/// <param name="Status">Null when the issuer keeps none.</param>
public sealed record VerifiedCredential(string Issuer, string Type, JsonObject Claims, PublicJwk Holder, StatusReference? Status)
{
    // Older wallets keep credentials of the former type name; the content is the same.
    private static readonly string[] TokenTypes = [CredentialIssue.TokenType, "vc+sd-jwt"];

    /// <summary>Claims that are never selectively disclosable (SD-JWT VC 3.2.2.2).</summary>
    private static readonly string[] AlwaysVisible = ["iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "aka_vcts", "status"];

    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);

    /// <exception cref="UnacceptableException">Anything is not as it must be.</exception>
    public static VerifiedCredential Of(SdJwt credential, IReadOnlyList<TrustedIssuer> trusted, DateTimeOffset now)
    {
        var signed = Jws.Read(credential.Signed, TokenTypes);
        var chain = CertificateChain.Of(signed.Header);
        signed.MustBeSignedBy(chain.Key);
        var claims = Unpacking.Of(signed.Payload, credential.Disclosures);
        if (AlwaysVisible.Any(name => claims.ContainsKey(name) && !signed.Payload.ContainsKey(name)))
        {
            throw new UnacceptableException("a claim is disclosed that must always be visible");
        }

        MustBeInTime(signed.Payload, now);
        var (issuer, type) = (signed.Payload.Text("iss"), signed.Payload.Text("vct"));
        var trust = trusted.FirstOrDefault(one => one.Type == type && one.Issuer == issuer) ?? throw new UnacceptableException("nobody trusts this issuer for this type");
        if (!chain.Names(trust.Issuer))
        {
            throw new UnacceptableException("the certificate is another issuer's");
        }

        chain.MustLeadTo(trust.Anchors, now);
        return new(trust.Issuer, trust.Type, claims, PublicJwk.Of((signed.Payload["cnf"] as JsonObject)?["jwk"]), StatusOf(signed.Payload));
    }

    private static void MustBeInTime(JsonObject claims, DateTimeOffset now)
    {
        if (claims.Instant("exp") is not { } end || end <= now)
        {
            throw new UnacceptableException("expired, or without an end");
        }

        foreach (var name in (string[])["nbf", "iat"])
        {
            if (claims.ContainsKey(name) && !(claims.Instant(name) <= now + ClockSkew))
            {
                throw new UnacceptableException("not valid yet");
            }
        }
    }

    /// <summary>A status that is there but unreadable must not count as none.</summary>
    private static StatusReference? StatusOf(JsonObject claims)
    {
        if (!claims.ContainsKey("status"))
        {
            return null;
        }

        return (claims["status"] as JsonObject)?["status_list"] is JsonObject list && list.Text("uri") is { } uri
            && list["idx"] is JsonValue index && index.TryGetValue<int>(out var at) && at >= 0
            ? new(uri, at)
            : throw new UnacceptableException("a status of an unknown kind");
    }
}
