using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.Extensions.Options;

namespace PublicService.Engine.Access;

/// <summary>
/// Makes and reads the opaque tokens of ASP.NET's bearer-token scheme: sealed with the data-protection keys in DATA/keys,
/// with nothing in them that a client could read.
/// </summary>
internal sealed class AccessTokens(IOptionsMonitor<BearerTokenOptions> monitor, TimeProvider time)
{
    public const string StampClaim = "stamp";

    private const string Scheme = BearerTokenDefaults.AuthenticationScheme;

    private BearerTokenOptions Options => monitor.Get(Scheme);

    public IssuedTokens Issue(string personId, string userName, string? stamp)
    {
        var principal = new ClaimsPrincipal(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, personId),
            new Claim(ClaimTypes.Name, userName),
            new Claim(StampClaim, stamp ?? ""),
        ],
        Scheme));
        var now = time.GetUtcNow();
        var (expires, refreshExpires) = (now + Options.BearerTokenExpiration, now + Options.RefreshTokenExpiration);
        return new IssuedTokens(
            Options.BearerTokenProtector.Protect(Ticket(principal, "AccessToken", expires)),
            Options.RefreshTokenProtector.Protect(Ticket(principal, "RefreshToken", refreshExpires)),
            expires,
            refreshExpires);
    }

    /// <summary>Whose refresh token this is; null when it is not ours or is over.</summary>
    public (string PersonId, string? Stamp)? ReadRefresh(string token)
    {
        var ticket = Options.RefreshTokenProtector.Unprotect(token);
        return ticket?.Properties.ExpiresUtc > time.GetUtcNow() && ticket.Principal.FindFirstValue(ClaimTypes.NameIdentifier) is { } id
            ? (id, ticket.Principal.FindFirstValue(StampClaim))
            : null;
    }

    private static AuthenticationTicket Ticket(ClaimsPrincipal principal, string kind, DateTimeOffset expires) =>
        new(principal, new AuthenticationProperties { ExpiresUtc = expires }, $"{Scheme}:{kind}");
}

internal sealed record IssuedTokens(string AccessToken, string RefreshToken, DateTimeOffset ExpiresAt, DateTimeOffset RefreshExpiresAt);
