using PublicService.Wallet.Jose;

namespace PublicService.Wallet.Issuing;

/// <summary>The <c>Authorization</c> header of a wallet (RFC 6750, RFC 9449).</summary>
/// <param name="IsBound">Sent with the scheme DPoP.</param>
public sealed record AccessToken(string Value, bool IsBound)
{
    private const int MaxLength = 200;

    /// <summary>By which the grant is found.</summary>
    public string Hash => ServerSecrets.HashOf(Value);

    /// <exception cref="ProtocolException">401 invalid_token.</exception>
    public static AccessToken Read(string? header)
    {
        var parts = header?.Split(' ') ?? [];
        var isBound = parts.Length == 2 && string.Equals(parts[0], "DPoP", StringComparison.OrdinalIgnoreCase);
        return parts.Length == 2 && parts[1].Length is > 0 and <= MaxLength && (isBound || string.Equals(parts[0], "Bearer", StringComparison.OrdinalIgnoreCase))
            ? new(parts[1], isBound)
            : throw Invalid(false);
    }

    /// <summary>Checks the grant that was found. A bound token must come with a proof of its key, checked before.</summary>
    /// <param name="keyThumbprint">Of the key in a checked DPoP proof.</param>
    /// <exception cref="ProtocolException">401 invalid_token.</exception>
    public AccessGrant MustOpen(AccessGrant? grant, string? keyThumbprint, DateTimeOffset now) =>
        grant is not null && now < grant.ExpiresAt && grant.KeyThumbprint is not null == IsBound && grant.KeyThumbprint == keyThumbprint
            ? grant
            : throw Invalid(IsBound);

    private static ProtocolException Invalid(bool isBound) =>
        new("invalid_token", "the access token is missing, not known or too old", 401) { Challenge = isBound ? "DPoP" : "Bearer" };
}
