using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace PublicService.Engine.Access;

/// <summary>Signing keys of the OpenID Connect issuer, read from its discovery document and kept for an hour.</summary>
internal sealed class IssuerKeys(AccessOptions options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    /// <summary>An unknown key asks the issuer again, but not more often than this: anybody can invent key ids.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(5), MaxResponseContentBufferSize = 256 * 1024 };
    private readonly SemaphoreSlim one = new(1, 1);
    private IList<SecurityKey> keys = [];
    private DateTimeOffset readAt = DateTimeOffset.MinValue;

    public async Task<IList<SecurityKey>> GetAsync(string? keyId, CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            var age = time.GetUtcNow() - readAt;
            var isKnown = keyId is null ? keys.Count > 0 : keys.Any(key => key.KeyId == keyId);
            if (age > Kept || (!isKnown && age > Patience))
            {
                keys = await ReadAsync(cancellationToken);
                readAt = time.GetUtcNow();
            }

            return keys;
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose()
    {
        http.Dispose();
        one.Dispose();
    }

    private async Task<IList<SecurityKey>> ReadAsync(CancellationToken cancellationToken)
    {
        var address = $"{options.Issuer!.TrimEnd('/')}/.well-known/openid-configuration";
        using var discovery = JsonDocument.Parse(await http.GetStringAsync(new Uri(address), cancellationToken));
        var location = discovery.RootElement.GetProperty("jwks_uri").GetString() ?? throw new JsonException("The issuer names no jwks_uri.");
        return new JsonWebKeySet(await http.GetStringAsync(new Uri(location), cancellationToken)).GetSigningKeys();
    }
}
