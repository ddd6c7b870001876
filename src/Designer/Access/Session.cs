using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;

namespace PublicService.Designer.Access;

/// <summary>
/// Who works here, in a sealed cookie scripts cannot read. The tokens of the engine travel in it; only a short-lived access token
/// is ever given to a page, because Studio calls the engine itself.
/// </summary>
internal sealed class Session(IHttpContextAccessor accessor, Engine engine, TimeProvider time)
{
    /// <summary>Roles that may see definitions; changing them is the right of the first alone, and the engine decides it.</summary>
    private static readonly string[] Readers = ["QT_NGHIEP_VU", "QT_KY_THUAT", "GIAM_SAT"];

    /// <summary>A token is renewed when it has less than this left.</summary>
    private static readonly TimeSpan Reserve = TimeSpan.FromMinutes(2);

    private HttpContext Context => accessor.HttpContext!;

    /// <summary>Signed in with one of the roles that have business here.</summary>
    public static AuthorizationPolicy Policy { get; } = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireRole(Readers).Build();

    /// <summary>Opens a session; false when name and password are not accepted.</summary>
    public async Task<bool> OpenAsync(string userName, string password, CancellationToken cancellationToken)
    {
        if (await engine.SignInAsync(userName, password, cancellationToken) is not { } signedIn)
        {
            return false;
        }

        await StoreAsync(signedIn);
        return true;
    }

    /// <summary>An access token that is good for at least two minutes; null when the session is over.</summary>
    public async Task<AccessToken?> TokenAsync(CancellationToken cancellationToken)
    {
        var stored = (await Context.AuthenticateAsync()).Properties;
        if (stored?.GetTokenValue("refresh_token") is not { } refresh || stored.GetTokenValue("access_token") is not { } access)
        {
            return null;
        }

        var expires = DateTimeOffset.Parse(stored.GetTokenValue("expires_at")!, CultureInfo.InvariantCulture);
        if (expires - time.GetUtcNow() > Reserve)
        {
            return new AccessToken(access, expires);
        }

        if (await engine.RefreshAsync(refresh, cancellationToken) is not { } renewed)
        {
            return null;
        }

        await StoreAsync(renewed);
        return new AccessToken(renewed.AccessToken, renewed.ExpiresAt);
    }

    private Task StoreAsync(SignedIn signedIn)
    {
        var identity = new ClaimsIdentity(CookieAuthenticationDefaults.AuthenticationScheme, ClaimTypes.Name, ClaimTypes.Role);
        identity.AddClaim(new Claim(ClaimTypes.Name, signedIn.Person.FullName));
        identity.AddClaims(signedIn.Person.Rights.Select(right => right.Role).Distinct().Select(role => new Claim(ClaimTypes.Role, role)));
        var properties = new AuthenticationProperties { ExpiresUtc = signedIn.RefreshExpiresAt, AllowRefresh = false };
        properties.StoreTokens(
        [
            new AuthenticationToken { Name = "access_token", Value = signedIn.AccessToken },
            new AuthenticationToken { Name = "refresh_token", Value = signedIn.RefreshToken },
            new AuthenticationToken { Name = "expires_at", Value = signedIn.ExpiresAt.ToString("O", CultureInfo.InvariantCulture) },
        ]);
        return Context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new ClaimsPrincipal(identity), properties);
    }
}

/// <summary>What a page needs to call the engine.</summary>
internal sealed record AccessToken(string Value, DateTimeOffset ExpiresAt);
