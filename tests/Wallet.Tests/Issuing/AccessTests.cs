using System.Text.Json.Nodes;
using PublicService.Wallet.Issuing;
using PublicService.Wallet.Tests.Fixtures;

namespace PublicService.Wallet.Tests.Issuing;

public sealed class AccessTests
{
    private const string Token = "a-token";

    private readonly Holder holder = new();

    private static AccessGrant Bound(Holder holder) => House.Grant() with { KeyThumbprint = holder.Key.Thumbprint };

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Basic abc")]
    [InlineData("Bearer a b")]
    public void A_header_without_token_is_401(string? header) => Assert.Equal("401 invalid_token", House.RefusalOf(() => AccessToken.Read(header)));

    [Fact]
    public void A_token_opens_while_it_lives()
    {
        var token = AccessToken.Read($"bearer {Token}");
        Assert.Equal("offer", token.MustOpen(House.Grant(), null, House.Now).OfferKey);
        Assert.Equal("401 invalid_token", House.RefusalOf(() => token.MustOpen(null, null, House.Now)));
        Assert.Equal("401 invalid_token", House.RefusalOf(() => token.MustOpen(House.Grant(), null, House.Now.AddSeconds(300))));
        Assert.Equal("Bearer", Assert.Throws<Wallet.Jose.ProtocolException>(() => token.MustOpen(null, null, House.Now)).Challenge);
    }

    [Fact]
    public void A_bound_token_opens_with_its_key_only()
    {
        var (bearer, dpop) = (AccessToken.Read($"Bearer {Token}"), AccessToken.Read($"DPoP {Token}"));
        Assert.NotNull(dpop.MustOpen(Bound(holder), holder.Key.Thumbprint, House.Now));
        Assert.Equal("401 invalid_token", House.RefusalOf(() => bearer.MustOpen(Bound(holder), null, House.Now)));
        Assert.Equal("401 invalid_token", House.RefusalOf(() => bearer.MustOpen(Bound(holder), holder.Key.Thumbprint, House.Now)));
        Assert.Equal("401 invalid_token", House.RefusalOf(() => dpop.MustOpen(Bound(holder), new Holder().Key.Thumbprint, House.Now)));
        Assert.Equal("401 invalid_token", House.RefusalOf(() => dpop.MustOpen(Bound(holder), null, House.Now)));
        Assert.Equal("401 invalid_token", House.RefusalOf(() => dpop.MustOpen(House.Grant(), null, House.Now)));
    }

    [Fact]
    public void A_DPoP_proof_is_for_one_call_of_one_token()
    {
        string address = House.Issuer.Credential;
        DpopProof Read(string proof, string? token = Token) => DpopProof.Read(proof, "POST", address, token, House.Now);

        Assert.Equal(new DpopProof(holder.Key.Thumbprint, "jti-1"), Read(holder.Dpop("POST", address, Token)));
        Assert.NotNull(Read(holder.Dpop("POST", address, null), null));
        Assert.Equal("401 invalid_dpop_proof", House.RefusalOf(() => Read(holder.Dpop("POST", address, "another"))));
        Assert.Equal("401 invalid_dpop_proof", House.RefusalOf(() => Read(holder.Dpop("POST", address, null))));
        Assert.Equal("401 invalid_dpop_proof", House.RefusalOf(() => Read(holder.Dpop("POST", House.Issuer.Token, Token))));
        Assert.Equal("401 invalid_dpop_proof", House.RefusalOf(() => Read(holder.Dpop("GET", address, Token))));
        Assert.Equal("401 invalid_dpop_proof", House.RefusalOf(() => Read(holder.Dpop("POST", address, Token, at: House.Now.AddHours(-1)))));
        Assert.Equal("401 invalid_dpop_proof", House.RefusalOf(() => Read(holder.Dpop("POST", address, Token, id: ""))));
        Assert.Equal("401 invalid_dpop_proof", House.RefusalOf(() => Read(Holder.Forge(holder.Dpop("POST", address, Token), (header, _) => header["jwk"] = new Holder().Key.ToJson()))));
        Assert.Equal("400 invalid_dpop_proof", House.RefusalOf(() => Read("nonsense", null)));
        Assert.Equal("400 invalid_dpop_proof", House.RefusalOf(() => Read(holder.Sign(new JsonObject { ["typ"] = "JWT", ["jwk"] = holder.Key.ToJson() }, []), null)));
    }
}
