using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Access;

/// <summary>Against a small OpenID Connect issuer on a free port.</summary>
public sealed class IssuerTests : IAsyncLifetime
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly WebApplication issuer;
    private EngineHost host = new();

    public IssuerTests()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        issuer = builder.Build();
        issuer.MapGet("/.well-known/openid-configuration", () => TypedResults.Json(new { jwks_uri = $"{Address}/keys" }));
        issuer.MapGet("/keys", () =>
        {
            var point = key.ExportParameters(false).Q;
            return TypedResults.Json(new { keys = new[] { new { kty = "EC", use = "sig", crv = "P-256", kid = "k1", x = Base64UrlEncoder.Encode(point.X), y = Base64UrlEncoder.Encode(point.Y) } } });
        });
    }

    private string Address => issuer.Urls.First();

    public async Task InitializeAsync()
    {
        await issuer.StartAsync();
        host = host.With("Engine:Access:Issuer", Address);
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        await issuer.DisposeAsync();
        key.Dispose();
    }

    [Fact]
    public async Task A_token_of_the_issuer_is_the_person_with_that_user_name_with_the_rights_held_here()
    {
        var me = await (await MeAsync(Token("tiep-nhan.phuong-hong-gai"))).JsonAsync();

        Assert.Equal("TIEP_NHAN", me.GetProperty("rights")[0].Text("role"));
        using var own = await host.AsAsync("hotich");
        Assert.Equal("chuyen-vien.phuong-hong-gai", (await own.GetJsonAsync("/api/v1/me")).Text("userName"));
    }

    [Fact]
    public async Task Tokens_that_are_over_foreign_changed_or_of_nobody_are_refused()
    {
        using var foreign = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var good = Token("tiep-nhan.phuong-hong-gai");
        string[] bad =
        [
            Token("tiep-nhan.phuong-hong-gai", minutes: -5),
            Token("tiep-nhan.phuong-hong-gai", audience: "another"),
            Token("tiep-nhan.phuong-hong-gai", signer: foreign),
            Token("nobody"),
            good[..^4] + "AAAA",
            "eyJhbGciOiJub25lIn0.e30.",
        ];

        foreach (var token in bad)
        {
            await (await MeAsync(token)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "SIGN_IN_REQUIRED");
        }
    }

    private string Token(string userName, int minutes = 5, string audience = "public-service", ECDsa? signer = null)
    {
        var now = host.Clock.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Address,
            Audience = audience,
            IssuedAt = now.AddHours(-1),
            NotBefore = now.AddHours(-1),
            Expires = now.AddMinutes(minutes),
            Claims = new Dictionary<string, object> { ["preferred_username"] = userName, ["sub"] = "42" },
            SigningCredentials = new(new ECDsaSecurityKey(signer ?? key) { KeyId = "k1" }, SecurityAlgorithms.EcdsaSha256),
        });
    }

    private async Task<HttpResponseMessage> MeAsync(string token)
    {
        var client = host.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await client.GetAsync(new Uri("/api/v1/me", UriKind.Relative));
    }
}
