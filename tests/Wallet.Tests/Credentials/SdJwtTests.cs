using System.Text.Json.Nodes;
using PublicService.Wallet.Credentials;
using PublicService.Wallet.Jose;
using PublicService.Wallet.Tests.Fixtures;

namespace PublicService.Wallet.Tests.Credentials;

public sealed class SdJwtTests
{
    private static readonly JsonObject Rfc = Vector.Read("rfc9901.json");

    private static string[] Disclosures => [.. Rfc["disclosures"]!.AsArray().Select(item => item!.ToString())];

    internal static VerifiedCredential Verify(string credential, DateTimeOffset? at = null) =>
        VerifiedCredential.Of(SdJwt.Read(credential), House.The.Trusted, at ?? House.Now);

    [Fact]
    public void Unpacks_the_example_of_RFC_9901_5_1()
    {
        var signed = Jws.Read(Rfc.Text("signed")!, "example+sd-jwt");
        signed.MustBeSignedBy(PublicJwk.Of(Rfc["issuerKey"]).Parameters());

        Assert.True(JsonNode.DeepEquals(Rfc["claims"], Unpacking.Of(signed.Payload, Disclosures)));
    }

    [Fact]
    public void Reads_the_presentation_of_RFC_9901_5_2()
    {
        var chosen = Rfc["presented"]!.AsArray().Select(i => Disclosures[i!.GetValue<int>()]);
        var shown = SdJwt.Read(string.Join('~', [Rfc.Text("signed")!, .. chosen, Rfc.Text("keyBinding")!]));
        var signed = Jws.Read(shown.Signed, "example+sd-jwt");
        var claims = Unpacking.Of(signed.Payload, shown.Disclosures);

        Assert.Equal(Rfc.Text("sdHash"), shown.Hash);
        Jws.Read(shown.KeyBinding!, "kb+jwt").MustBeSignedBy(PublicJwk.Of(claims["cnf"]!["jwk"]).Parameters());
        Assert.Equal(["US"], claims["nationalities"]!.AsArray().Select(item => item!.ToString()));
        Assert.False(claims.ContainsKey("email"));
    }

    [Fact]
    public void A_disclosure_hashes_as_in_RFC_9901_4_2()
    {
        Assert.Equal(Rfc.Text("given_name_digest"), Disclosure.Read(Disclosures[0]).Digest);
        var unicode = Disclosure.Read(Rfc["unicode"]!["disclosure"]!.ToString());
        Assert.Equal(("family_name", "Möbius"), (unicode.Name, unicode.Value!.ToString()));
        Assert.Equal(Rfc["unicode"]!["digest"]!.ToString(), unicode.Digest);
    }

    [Fact]
    public void Issues_what_it_verifies_and_hides_what_is_personal()
    {
        var credential = House.The.IssueCard(new Holder());
        var verified = Verify(credential);

        Assert.Equal("Trần Văn Bình", verified.Claims.Text("full_name"));
        Assert.Equal("UBND phường Hồng Gai", verified.Claims["checked"]!["office"]!.ToString());
        Assert.Equal(new StatusReference(House.Issuer.StatusList(1), 4711), verified.Status);
        var signed = Jws.Read(SdJwt.Read(credential).Signed, "dc+sd-jwt").Payload;
        Assert.Equal(["_sd", "_sd_alg", "checked", "cnf", "exp", "iat", "iss", "status", "vct"], signed.Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.Equal(0, signed["iat"]!.GetValue<long>() % 86400);
        Assert.Equal(0, signed["exp"]!.GetValue<long>() % 86400);
        var digests = signed["_sd"]!.AsArray().Select(digest => digest!.ToString()).ToList();
        Assert.Equal(digests.Order(StringComparer.Ordinal), digests);
    }

    [Fact]
    public void Shows_only_what_the_holder_discloses()
    {
        var credential = SdJwt.Read(House.The.IssueCard(new Holder()));
        var onlyName = credential.Disclosures.Where(text => Disclosure.Read(text).Name == "full_name");

        var verified = Verify(string.Join('~', [credential.Signed, .. onlyName, string.Empty]));

        Assert.Equal("Trần Văn Bình", verified.Claims.Text("full_name"));
        Assert.False(verified.Claims.ContainsKey("personal_id"));
    }

    public static TheoryData<string, string, string[]> Broken => new()
    {
        { "twice in the list of digests", """{"_sd":["{0}","{0}"]}""", ["0"] },
        { "digest also in an inner object", """{"_sd":["{0}"],"a":{"_sd":["{0}"]}}""", ["0"] },
        { "fits no digest", """{"_sd":[]}""", ["0"] },
        { "over a visible claim", """{"given_name":"X","_sd":["{0}"]}""", ["0"] },
        { "a list's disclosure among names", """{"_sd":["{8}"]}""", ["8"] },
        { "a name's disclosure in a list", """{"n":[{"...":"{0}"}]}""", ["0"] },
        { "digest with company", """{"n":[{"...":"{8}","x":1}]}""", ["8"] },
        { "digest that is no text", """{"n":[{"...":5}]}""", [] },
        { "_sd no list", """{"_sd":"{0}"}""", ["0"] },
        { "_sd with a number", """{"_sd":[5]}""", [] },
        { "reserved name", """{"...":"x"}""", [] },
        { "another hash", """{"_sd_alg":"sha-512","_sd":["{0}"]}""", ["0"] },
        { "hash that is no text", """{"_sd_alg":256}""", [] },
        { "same disclosure twice", """{"_sd":["{0}"]}""", ["0", "0"] },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Refuses_what_RFC_9901_7_1_refuses(string what, string payload, string[] disclosed)
    {
        var texts = Disclosures;
        for (var i = 0; i < texts.Length; i++)
        {
            payload = payload.Replace($"{{{i}}}", Disclosure.Read(texts[i]).Digest, StringComparison.Ordinal);
        }

        var refused = Record.Exception(() => Unpacking.Of((JsonObject)JsonNode.Parse(payload)!, disclosed.Select(i => texts[int.Parse(i, null)])));

        Assert.True(refused is UnacceptableException, what);
    }

    [Theory]
    [InlineData("""["salt"]""")]
    [InlineData("""["salt","name","value","more"]""")]
    [InlineData("""[5,"name","value"]""")]
    [InlineData("""["salt",5,"value"]""")]
    [InlineData("""["salt","_sd","value"]""")]
    [InlineData("""["salt","...","value"]""")]
    [InlineData("""{"salt":1}""")]
    [InlineData("not JSON")]
    public void Refuses_what_is_no_disclosure(string json) =>
        Assert.Throws<UnacceptableException>(() => Disclosure.Read(Base64Text.Encode(System.Text.Encoding.UTF8.GetBytes(json))));

    [Fact]
    public void Two_disclosures_of_one_name_are_refused()
    {
        var (one, two) = (Disclosure.Of("name", "A"), Disclosure.Of("name", "B"));
        var payload = new JsonObject { ["_sd"] = new JsonArray(one.Digest, two.Digest) };
        Assert.Throws<UnacceptableException>(() => Unpacking.Of(payload, [one.Text, two.Text]));
    }

    [Fact]
    public void A_disclosure_inside_a_disclosure_needs_its_parent()
    {
        var inner = Disclosure.Of("street", "Lê Thánh Tông");
        var outer = Disclosure.Of("address", new JsonObject { ["_sd"] = new JsonArray(inner.Digest) });
        JsonObject Payload() => new() { ["_sd"] = new JsonArray(outer.Digest) };

        Assert.Equal("Lê Thánh Tông", Unpacking.Of(Payload(), [outer.Text, inner.Text])["address"]!["street"]!.ToString());
        Assert.Throws<UnacceptableException>(() => Unpacking.Of(Payload(), [inner.Text]));
    }

    [Fact]
    public void Disclosures_inside_disclosures_end_somewhere()
    {
        var chain = new List<Disclosure> { Disclosure.Of("last", 1) };
        for (var i = 0; i < 100; i++)
        {
            chain.Add(Disclosure.Of("next", new JsonObject { ["_sd"] = new JsonArray(chain[^1].Digest) }));
        }

        Assert.Throws<UnacceptableException>(() => Unpacking.Of(new JsonObject { ["_sd"] = new JsonArray(chain[^1].Digest) }, chain.Select(one => one.Text)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b.c")]
    public void Refuses_what_is_no_SD_JWT(string text) => Assert.Throws<UnacceptableException>(() => SdJwt.Read(text));

    [Fact]
    public void Refuses_too_many_parts_and_too_long_a_text()
    {
        Assert.Throws<UnacceptableException>(() => SdJwt.Read(new string('~', 300)));
        Assert.Throws<UnacceptableException>(() => SdJwt.Read(new string('a', SdJwt.MaxLength + 1)));
    }
}
