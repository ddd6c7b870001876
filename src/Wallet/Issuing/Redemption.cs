using System.Text.Json.Nodes;
using PublicService.Wallet.Jose;

namespace PublicService.Wallet.Issuing;

/// <summary>A token as it is kept.</summary>
/// <param name="Hash">By which it is found.</param>
/// <param name="KeyThumbprint">Key it is bound to (DPoP); null for a bearer token.</param>
public sealed record AccessGrant(string Hash, string OfferKey, string ConfigurationId, string? KeyThumbprint, DateTimeOffset ExpiresAt)
{
    /// <summary>Longest life of a token that whoever finds it can use (OpenID4VCI 6.2: longer ones must be bound to a key).</summary>
    public static readonly TimeSpan BearerLife = TimeSpan.FromSeconds(300);

    public static readonly TimeSpan BoundLife = TimeSpan.FromHours(1);
}

/// <summary>What becomes of an offer when somebody shows its code. The change of the offer is stored also when the answer is a refusal.</summary>
/// <param name="After">The offer as it must be stored, provided it still is as it was; null when nothing changes.</param>
/// <param name="RevokesGrants">The code was used before: whoever used it first may be a thief, so what was given is taken back (RFC 6749 4.1.2).</param>
public sealed record Redemption(Offer? After, bool RevokesGrants, ProtocolException? Refusal, AccessGrant? Grant, JsonObject? Answer)
{
    /// <param name="offer">The offer with this code; null when there is none.</param>
    /// <param name="keyThumbprint">Of the key in a checked DPoP proof; null without one.</param>
    public static Redemption Decide(Offer? offer, TokenRequest request, string? keyThumbprint, ServerSecrets secrets, DateTimeOffset now)
    {
        if (offer is null || !offer.IsOpen(now))
        {
            return Refused(null, "invalid_grant", "the code is not known, used or too old") with { RevokesGrants = offer?.State is OfferState.Redeemed };
        }

        if (offer.TransactionCodeMac is null != request.TransactionCode is null)
        {
            return Refused(null, "invalid_request", offer.TransactionCodeMac is null ? "no tx_code is expected" : "tx_code is missing");
        }

        if (request.Authorized.Any(id => id != offer.ConfigurationId))
        {
            return Refused(null, "invalid_request", "authorization_details ask for another credential");
        }

        if (request.TransactionCode is { } code && !secrets.FitsTransactionCode(offer.Key, code, offer.TransactionCodeMac!))
        {
            var wrong = offer.WrongCodes + 1;
            var after = offer with { WrongCodes = wrong, State = wrong >= Offer.MostWrongCodes ? OfferState.Locked : OfferState.Open };
            return Refused(after, "invalid_grant", "the transaction code is wrong");
        }

        var token = ServerSecrets.Random();
        var life = keyThumbprint is null ? AccessGrant.BearerLife : AccessGrant.BoundLife;
        var answer = new JsonObject
        {
            ["access_token"] = token,
            ["token_type"] = keyThumbprint is null ? "Bearer" : "DPoP",
            ["expires_in"] = (int)life.TotalSeconds,
        };
        if (request.Authorized.Count > 0)
        {
            answer["authorization_details"] = new JsonArray(new JsonObject
            {
                ["type"] = "openid_credential",
                ["credential_configuration_id"] = offer.ConfigurationId,
                ["credential_identifiers"] = new JsonArray(CredentialRequest.IdentifierOf(offer.Key)),
            });
        }

        return new(
            offer with { State = OfferState.Redeemed },
            false,
            null,
            new(ServerSecrets.HashOf(token), offer.Key, offer.ConfigurationId, keyThumbprint, now + life),
            answer);
    }

    private static Redemption Refused(Offer? after, string error, string description) => new(after, false, new ProtocolException(error, description), null, null);
}
