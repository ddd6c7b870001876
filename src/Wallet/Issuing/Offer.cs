using System.Text.Json.Nodes;

namespace PublicService.Wallet.Issuing;

/// <summary>Where the code of an offer stands.</summary>
public enum OfferState
{
    Open,
    Redeemed,

    /// <summary>Too many wrong transaction codes.</summary>
    Locked,
    Withdrawn,
}

/// <summary>An offer as it is kept: a QR code somebody is looking at. One delivery may have several after another; only the newest lives.</summary>
/// <param name="Key">Hash of the unguessable id in its address: whoever knows the id can fetch the offer, so the id is nowhere kept.</param>
/// <param name="CodeHash">Hash of the pre-authorized code, by which it is found.</param>
/// <param name="TransactionCodeMac">Null when none is asked for.</param>
public sealed record Offer(string Key, string ConfigurationId, string CodeHash, string? TransactionCodeMac, int WrongCodes, OfferState State, DateTimeOffset ExpiresAt)
{
    /// <summary>How long a QR code can be used.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    /// <summary>Wrong transaction codes until the offer is dead.</summary>
    public const int MostWrongCodes = 3;

    /// <param name="transactionCode">Sent to the holder another way than the QR code; null asks for none.</param>
    /// <returns>The offer, and its id for the link.</returns>
    public static (Offer Offer, string Id) New(ServerSecrets secrets, string configurationId, string? transactionCode, DateTimeOffset now)
    {
        var id = ServerSecrets.Random();
        var key = ServerSecrets.HashOf(id);
        var mac = transactionCode is null ? null : secrets.TransactionCodeMac(key, transactionCode);
        return (new(key, configurationId, ServerSecrets.HashOf(secrets.CodeOf(id)), mac, 0, OfferState.Open, now + Life), id);
    }

    public bool IsOpen(DateTimeOffset now) => State is OfferState.Open && now < ExpiresAt;

    /// <summary>What is behind <see cref="LinkAt"/> (OpenID4VCI 4.1.1). Nothing personal: whoever holds the link reads it.</summary>
    /// <param name="hint">Where the transaction code was sent, e.g. <c>Mã gửi qua tin nhắn SMS</c>; at most 300 characters.</param>
    /// <param name="id">As it was in the link.</param>
    public JsonObject ToJson(IssuerProfile issuer, ServerSecrets secrets, string id, string hint)
    {
        var grant = new JsonObject { ["pre-authorized_code"] = secrets.CodeOf(id) };
        if (TransactionCodeMac is not null)
        {
            grant["tx_code"] = new JsonObject { ["input_mode"] = "numeric", ["length"] = 6, ["description"] = hint };
        }

        return new()
        {
            ["credential_issuer"] = issuer.Identifier,
            ["credential_configuration_ids"] = new JsonArray(ConfigurationId),
            ["grants"] = new JsonObject { [TokenRequest.PreAuthorizedCode] = grant },
        };
    }

    /// <summary>What the QR code holds: short, because the offer itself is fetched.</summary>
    public static string LinkAt(IssuerProfile issuer, string id) => $"openid-credential-offer://?credential_offer_uri={Uri.EscapeDataString(issuer.Offer(id))}";
}
