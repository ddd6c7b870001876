using System.Text.Json.Nodes;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Storage;
using PublicService.Wallet.Credentials;
using PublicService.Wallet.Issuing;
using PublicService.Wallet.Keys;

namespace PublicService.Engine.Wallet;

/// <summary>The province as an issuer: name, keys, types, and what the claims of an issued result are.</summary>
public sealed class WalletIssuer(IssuerProfile profile, ServerSecrets secrets, KeyRing keys, IReadOnlyDictionary<string, CredentialType> types, OfficeDirectory offices)
{
    public IssuerProfile Profile { get; } = profile;

    public ServerSecrets Secrets { get; } = secrets;

    public KeyRing Keys { get; } = keys;

    /// <summary>By id.</summary>
    public IReadOnlyDictionary<string, CredentialType> Types { get; } = types;

    /// <summary>Claims come from the issued result alone, never from a wallet and never from what the form has become since.</summary>
    /// <exception cref="PublicService.Wallet.Jose.UnacceptableException">A claim that must be there is missing.</exception>
    public IReadOnlyList<Claim> ClaimsOf(CredentialType type, ResultRow result) => type.ClaimsOf(new JsonObject
    {
        ["result"] = JsonNode.Parse(result.Data),
        ["issue"] = new JsonObject
        {
            ["number"] = result.Number,
            ["office"] = offices.TryFind(result.OfficeId)?.Name ?? result.OfficeId,
            ["date"] = VietnamTime.DateOf(result.IssuedAt).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        },
    });
}
