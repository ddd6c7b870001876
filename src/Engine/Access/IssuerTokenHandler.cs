using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Access;

/// <summary>
/// Accepts tokens of the configured OpenID Connect issuer beside our own. The issuer says who somebody is (<c>preferred_username</c>
/// is the user name here); what that person may do is always decided here.
/// </summary>
internal sealed class IssuerTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    AccessOptions access,
    IssuerKeys keys,
    ILookupNormalizer names,
    EngineDb db) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Issuer";

    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);
    private static readonly JsonWebTokenHandler Tokens = new() { MapInboundClaims = false };

    /// <summary>A token in three parts is a JWT; ours are sealed in one.</summary>
    public static bool Understands(HttpRequest request) => BearerOf(request)?.Count(letter => letter == '.') == 2;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (BearerOf(Request) is not { } token || !Tokens.CanReadToken(token))
        {
            return AuthenticateResult.NoResult();
        }

        IList<SecurityKey> known;
        try
        {
            known = await keys.GetAsync(Tokens.ReadJsonWebToken(token).Kid, Context.RequestAborted);
        }
        catch (Exception error) when (error is HttpRequestException or JsonException or KeyNotFoundException or TaskCanceledException)
        {
            Logger.LogError(error, "The keys of the issuer {Issuer} cannot be read.", access.Issuer);
            return AuthenticateResult.Fail("The issuer cannot be reached.");
        }

        var result = await Tokens.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = access.Issuer,
            ValidAudience = access.Audience,
            IssuerSigningKeys = known,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256],
            LifetimeValidator = (from, until, _, _) => IsNow(from, until),
        });
        return result.IsValid && result.ClaimsIdentity.FindFirst("preferred_username")?.Value is { } userName
            ? await FindAsync(userName)
            : AuthenticateResult.Fail("The token is not valid.");
    }

    private async Task<AuthenticateResult> FindAsync(string userName)
    {
        var name = names.NormalizeName(userName);
        var id = await db.Users.Where(person => person.NormalizedUserName == name).Select(person => person.Id).FirstOrDefaultAsync(Context.RequestAborted);
        if (id is null)
        {
            return AuthenticateResult.Fail("Nobody here has this user name.");
        }

        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, id)], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    private bool IsNow(DateTime? from, DateTime? until)
    {
        var now = TimeProvider.GetUtcNow().UtcDateTime;
        return until is not null && now < until + Skew && (from is null || now >= from - Skew);
    }

    private static string? BearerOf(HttpRequest request) =>
        request.Headers.Authorization.ToString() is ['B' or 'b', 'e' or 'E', 'a' or 'A', 'r' or 'R', 'e' or 'E', 'r' or 'R', ' ', .. var token] ? token : null;
}
