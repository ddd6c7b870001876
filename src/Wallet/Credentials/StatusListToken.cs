using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using PublicService.Wallet.Jose;
using PublicService.Wallet.Keys;

namespace PublicService.Wallet.Credentials;

/// <summary>A signed status list (Token Status List 5.1).</summary>
public static class StatusListToken
{
    public const string TokenType = "statuslist+jwt";

    public const string MediaType = "application/statuslist+jwt";

    /// <summary>How long a signed list may be used.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    /// <summary>How long readers may keep it: a revocation is seen everywhere only after this time.</summary>
    public static readonly TimeSpan KeepFor = TimeSpan.FromSeconds(600);

    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);

    /// <param name="uri">The list's own address, exactly as credentials name it.</param>
    public static string Sign(StatusList list, string uri, SigningKey key, DateTimeOffset now) => key.Sign(TokenType, new JsonObject
    {
        ["sub"] = uri,
        ["iat"] = now.ToUnixTimeSeconds(),
        ["exp"] = (now + Life).ToUnixTimeSeconds(),
        ["ttl"] = (int)KeepFor.TotalSeconds,
        ["status_list"] = new JsonObject { ["bits"] = list.Bits, ["lst"] = list.Pack() },
    });

    /// <summary>Reads a list that was fetched from <paramref name="uri"/>.</summary>
    /// <exception cref="UnacceptableException">Another list, another issuer, too old.</exception>
    public static StatusList Read(string text, string uri, X509Certificate2Collection anchors, DateTimeOffset now)
    {
        var token = Jws.Read(text, TokenType);
        var chain = CertificateChain.Of(token.Header);
        token.MustBeSignedBy(chain.Key);
        chain.MustLeadTo(anchors, now);
        if (token.Payload.Text("sub") != uri || !(token.Payload.Instant("iat") <= now + ClockSkew)
            || (token.Payload.ContainsKey("exp") && !(token.Payload.Instant("exp") > now)))
        {
            throw new UnacceptableException("another status list, or too old");
        }

        return token.Payload["status_list"] is JsonObject list && list.Text("lst") is { } packed && list["bits"] is JsonValue bits && bits.TryGetValue<int>(out var width)
            ? StatusList.Unpack(width, packed)
            : throw new UnacceptableException("no status list in the token");
    }
}
