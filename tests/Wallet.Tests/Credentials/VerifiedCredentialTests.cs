using System.Text.Json.Nodes;
using PublicService.Wallet.Credentials;
using PublicService.Wallet.Jose;
using PublicService.Wallet.Keys;
using PublicService.Wallet.Tests.Fixtures;

namespace PublicService.Wallet.Tests.Credentials;

public sealed class VerifiedCredentialTests
{
    private readonly Holder holder = new();

    private static JsonObject Payload(Holder holder) => new()
    {
        ["iss"] = House.Origin,
        ["vct"] = House.Card.AddressAt(House.Origin),
        ["iat"] = House.Now.ToUnixTimeSeconds(),
        ["exp"] = House.Now.AddDays(30).ToUnixTimeSeconds(),
        ["cnf"] = new JsonObject { ["jwk"] = holder.Key.ToJson() },
    };

    private VerifiedCredential Verify(Action<JsonObject> change, SigningKey? key = null, string type = "dc+sd-jwt", params Disclosure[] disclosures)
    {
        var payload = Payload(holder);
        change(payload);
        return SdJwtTests.Verify(SdJwt.Write((key ?? House.The.CredentialKey).Sign(type, payload), disclosures));
    }

    [Fact]
    public void Takes_the_older_name_of_the_type_too() => Assert.Equal(House.Origin, Verify(_ => { }, type: "vc+sd-jwt").Issuer);

    [Fact]
    public void A_credential_without_status_has_none() => Assert.Null(Verify(_ => { }).Status);

    [Theory]
    [InlineData("vct", "\"https://dvc.example.gov.vn/vct/another/1\"")]
    [InlineData("vct", "null")]
    [InlineData("iss", "\"https://attacker.example\"")]
    [InlineData("iss", "\"https://dvc.example.gov.vn/\"")]
    [InlineData("exp", "1763000000")]
    [InlineData("exp", "null")]
    [InlineData("exp", "\"1895219200\"")]
    [InlineData("nbf", "1895219200")]
    [InlineData("nbf", "\"now\"")]
    [InlineData("iat", "1895219200")]
    [InlineData("cnf", "null")]
    [InlineData("cnf", "{\"kid\":\"k\"}")]
    [InlineData("status", "{}")]
    [InlineData("status", "{\"status_list\":{\"idx\":-1,\"uri\":\"x\"}}")]
    [InlineData("status", "{\"status_list\":{\"idx\":\"1\",\"uri\":\"x\"}}")]
    public void Refuses_another_value_of(string name, string value) =>
        Assert.Throws<UnacceptableException>(() => Verify(payload => payload[name] = JsonNode.Parse(value)));

    [Fact]
    public void What_must_always_be_visible_may_not_be_disclosed()
    {
        foreach (var name in (string[])["exp", "vct", "iss", "cnf", "status", "nbf"])
        {
            var value = Payload(holder)[name] ?? new JsonObject();
            var disclosure = Disclosure.Of(name, value);
            Assert.Throws<UnacceptableException>(() => Verify(
                payload =>
                {
                    payload.Remove(name);
                    payload["_sd"] = new JsonArray(disclosure.Digest);
                },
                disclosures: disclosure));
        }
    }

    [Fact]
    public void Only_who_is_trusted_for_the_type_may_issue_it()
    {
        var credential = SdJwt.Read(SdJwt.Write(House.The.CredentialKey.Sign("dc+sd-jwt", Payload(holder)), []));
        var other = House.The.Trusted.Where(trust => trust.Type != House.Card.AddressAt(House.Origin)).ToList();
        Assert.Throws<UnacceptableException>(() => VerifiedCredential.Of(credential, other, House.Now));
        Assert.Throws<UnacceptableException>(() => VerifiedCredential.Of(credential, [], House.Now));
    }

    [Fact]
    public void A_key_of_ones_own_is_refused_with_any_certificate()
    {
        var foreign = DevelopmentPki.Create("Gốc thử nghiệm", House.Now).Issue(KeyPurpose.Credential, House.Origin, House.Now);
        var elsewhere = House.The.Pki.Issue(KeyPurpose.Credential, "https://other.example.vn", House.Now);
        Assert.Throws<UnacceptableException>(() => Verify(_ => { }, foreign));
        Assert.Throws<UnacceptableException>(() => Verify(_ => { }, elsewhere));

        // The right certificate over a foreign signature, alone and in front of the foreign one.
        var token = foreign.Sign("dc+sd-jwt", Payload(holder));
        var (real, own) = (Convert.ToBase64String(House.The.CredentialKey.Leaf.RawData), Convert.ToBase64String(foreign.Leaf.RawData));
        Assert.Throws<UnacceptableException>(() => SdJwtTests.Verify(Holder.Forge(token, (header, _) => header["x5c"] = new JsonArray(real)) + "~"));
        Assert.Throws<UnacceptableException>(() => SdJwtTests.Verify(holder.Sign(new JsonObject { ["typ"] = "dc+sd-jwt", ["x5c"] = new JsonArray(real) }, Payload(holder)) + "~"));
        Assert.Throws<UnacceptableException>(() => SdJwtTests.Verify(Holder.Forge(token, (header, _) => header["x5c"] = new JsonArray(own, real)) + "~"));
        Assert.Throws<UnacceptableException>(() => SdJwtTests.Verify(holder.Sign(new JsonObject { ["typ"] = "dc+sd-jwt", ["jwk"] = holder.Key.ToJson() }, Payload(holder)) + "~"));
    }

    [Theory]
    [InlineData("alg", "none")]
    [InlineData("alg", "HS256")]
    [InlineData("typ", "JWT")]
    [InlineData("typ", "kb+jwt")]
    public void Refuses_another_header(string name, string value)
    {
        var credential = SdJwt.Read(House.The.IssueCard(holder));
        Assert.Throws<UnacceptableException>(() => SdJwtTests.Verify(Holder.Forge(credential.Signed, (header, _) => header[name] = value) + "~"));
    }

    [Fact]
    public void Expires() => Assert.Throws<UnacceptableException>(() => SdJwtTests.Verify(House.The.IssueCard(holder, days: 10), House.Now.AddDays(12)));
}
