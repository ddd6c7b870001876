using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using PublicService.Wallet.Jose;
using PublicService.Wallet.Tests.Fixtures;

namespace PublicService.Wallet.Tests.Jose;

public sealed class JwsTests
{
    private readonly Holder holder = new();

    private static JsonObject Header => new() { ["typ"] = "test+jwt" };

    private static JsonObject Payload => new() { ["iat"] = House.Now.ToUnixTimeSeconds() };

    [Fact]
    public void Reads_and_verifies_what_it_signs() =>
        Jws.Read(holder.Sign(Header, Payload), "test+jwt").MustBeSignedBy(holder.Key.Parameters());

    [Fact]
    public async Task Another_library_reads_it_too()
    {
        var key = new Microsoft.IdentityModel.Tokens.JsonWebKey(StrictJson.Write(holder.Key.ToJson()));

        var result = await new JsonWebTokenHandler().ValidateTokenAsync(holder.Sign(Header, Payload), new TokenValidationParameters
        {
            IssuerSigningKey = key,
            ValidateIssuer = false,
            ValidateAudience = false,
            RequireExpirationTime = false,
        });

        Assert.True(result.IsValid, result.Exception?.Message);
    }

    [Theory]
    [InlineData("alg", "none")]
    [InlineData("alg", "HS256")]
    [InlineData("alg", "ES384")]
    [InlineData("alg", "es256")]
    [InlineData("typ", "JWT")]
    [InlineData("typ", "TEST+JWT")]
    [InlineData("crit", "exp")]
    [InlineData("b64", "false")]
    public void Refuses_another_header(string name, string value) =>
        Assert.Throws<UnacceptableException>(() => Jws.Read(Holder.Forge(holder.Sign(Header, Payload), (header, _) => header[name] = value), "test+jwt"));

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    [InlineData("e30.e30.")]
    [InlineData("not a token")]
    public void Refuses_what_is_no_token(string text) => Assert.Throws<UnacceptableException>(() => Jws.Read(text, "test+jwt"));

    [Fact]
    public void Refuses_a_token_without_type_and_one_that_is_too_long()
    {
        Assert.Throws<UnacceptableException>(() => Jws.Read(holder.Sign([], Payload), "test+jwt"));
        Assert.Throws<UnacceptableException>(() => Jws.Read(new string('a', Jws.MaxLength + 1), "test+jwt"));
    }

    [Fact]
    public void Refuses_the_signature_of_another_a_cut_one_and_one_in_DER()
    {
        var token = holder.Sign(Header, Payload);
        Assert.Throws<UnacceptableException>(() => Jws.Read(token, "test+jwt").MustBeSignedBy(new Holder().Key.Parameters()));
        Assert.Throws<UnacceptableException>(() => Jws.Read(token[..^4], "test+jwt").MustBeSignedBy(holder.Key.Parameters()));
        Assert.Throws<UnacceptableException>(() => Jws.Read($"{token[..(token.LastIndexOf('.') + 1)]}MEQCIA", "test+jwt").MustBeSignedBy(holder.Key.Parameters()));
        Assert.Throws<UnacceptableException>(() => Jws.Read(Holder.Forge(token, (_, payload) => payload["iat"] = 1), "test+jwt").MustBeSignedBy(holder.Key.Parameters()));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(-301)]
    public void An_instant_out_of_the_window_is_refused(int seconds)
    {
        var token = Jws.Read(holder.Sign(Header, new JsonObject { ["iat"] = House.Now.AddSeconds(seconds).ToUnixTimeSeconds() }), "test+jwt");
        Assert.Throws<UnacceptableException>(() => token.MustBeFresh(House.Now, TimeSpan.FromMinutes(5)));
    }

    [Theory]
    [InlineData("""{"kty":"RSA","n":"AQAB","e":"AQAB"}""")]
    [InlineData("""{"kty":"EC","crv":"P-384","x":"{x}","y":"{y}"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"{x}","y":"{y}","d":"{x}"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"{x}","y":"{y}","k":"AAAA"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"{y}","y":"{x}"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"{x}","y":"AAAA"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"{x}"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","y":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}""")]
    [InlineData("\"a key\"")]
    [InlineData("null")]
    public void Takes_public_keys_on_the_curve_only(string jwk) => Assert.Throws<UnacceptableException>(() =>
        PublicJwk.Of(JsonNode.Parse(jwk.Replace("{x}", holder.Key.X, StringComparison.Ordinal).Replace("{y}", holder.Key.Y, StringComparison.Ordinal))));

    [Fact]
    public void The_thumbprint_is_that_of_RFC_7638()
    {
        var other = new Microsoft.IdentityModel.Tokens.JsonWebKey(StrictJson.Write(holder.Key.ToJson()));
        Assert.Equal(Base64UrlEncoder.Encode(other.ComputeJwkThumbprint()), holder.Key.Thumbprint);
    }
}
