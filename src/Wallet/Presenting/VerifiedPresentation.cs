using System.Text.Json.Nodes;
using PublicService.Wallet.Credentials;
using PublicService.Wallet.Jose;

namespace PublicService.Wallet.Presenting;

/// <summary>A credential its holder has just shown to us, on this request.</summary>
/// <param name="Claims">Only those asked for.</param>
public sealed record VerifiedPresentation(string Issuer, string Type, JsonObject Claims, StatusReference? Status)
{
    private const string KeyBindingType = "kb+jwt";

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <exception cref="UnacceptableException">Anything is not as it must be.</exception>
    public static VerifiedPresentation Of(
        string presentation, CredentialQuery query, PresentationRequest request, IReadOnlyList<TrustedIssuer> trusted, DateTimeOffset now)
    {
        var shown = SdJwt.Read(presentation);
        var credential = VerifiedCredential.Of(shown, [.. trusted.Where(issuer => query.Types.Contains(issuer.Type))], now);
        // Always, whatever the credential says: without it whoever has once seen a credential could show it.
        var binding = Jws.Read(shown.KeyBinding ?? throw new UnacceptableException("no key binding"), KeyBindingType);
        binding.MustBeSignedBy(credential.Holder.Parameters());
        binding.MustBeFresh(now, Tolerance);
        if (binding.Payload.Text("aud") != request.ClientId || binding.Payload.Text("nonce") != request.Nonce || binding.Payload.Text("sd_hash") != shown.Hash)
        {
            throw new UnacceptableException("bound to another request, verifier or choice of claims");
        }

        return query.MissingFrom(credential.Claims).Any()
            ? throw new UnacceptableException("a claim is withheld")
            : new(credential.Issuer, credential.Type, query.OnlyAsked(credential.Claims), credential.Status);
    }

    /// <summary>What the status list says must be that it is valid.</summary>
    /// <exception cref="UnacceptableException">Revoked or suspended.</exception>
    public static void MustBeValid(int status)
    {
        if (status != (int)CredentialStatus.Valid)
        {
            throw new UnacceptableException("revoked or suspended");
        }
    }
}
