using System.Text.Json.Nodes;
using PublicService.Wallet.Credentials;
using PublicService.Wallet.Jose;
using PublicService.Wallet.Presenting;
using PublicService.Wallet.Tests.Fixtures;

namespace PublicService.Wallet.Tests.Presenting;

public sealed class PresentationTests
{
    private static readonly string[] Asked = ["full_name", "personal_id"];

    private readonly Holder holder = new();
    private readonly string card;
    private readonly PresentationRequest request = House.The.Ask(Asked);

    public PresentationTests() => card = House.The.IssueCard(holder);

    private static JsonObject Token(JsonNode? presentation) => new() { ["login"] = new JsonArray(presentation) };

    private IReadOnlyDictionary<string, VerifiedPresentation> Verify(JsonNode token, DateTimeOffset? at = null) =>
        PresentationAnswer.Read(Encryption.Answer(request, token), request).Verify(request, House.The.Trusted, at ?? House.Now);

    private void Refuses(JsonNode token) => Assert.Throws<UnacceptableException>(() => Verify(token));

    [Fact]
    public void Takes_a_right_answer_and_keeps_only_what_was_asked()
    {
        var shown = Verify(Token(holder.Present(card, request, ["full_name", "personal_id", "birthdate"])))["login"];

        Assert.Equal(House.Card.AddressAt(House.Origin), shown.Type);
        Assert.Equal(["full_name", "personal_id"], shown.Claims.Select(claim => claim.Key).Order(StringComparer.Ordinal));
        Assert.Equal("022190001234", shown.Claims.Text("personal_id"));
        Assert.Equal(4711, shown.Status!.Index);
    }

    public static TheoryData<string, Action<JsonObject, JsonObject>> WrongBindings => new()
    {
        { "nonce of another request", (_, payload) => payload["nonce"] = "another" },
        { "nonce missing", (_, payload) => payload.Remove("nonce") },
        { "other verifier", (_, payload) => payload["aud"] = "x509_hash:another" },
        { "client_id without prefix", (_, payload) => payload["aud"] = payload.Text("aud")!.Split(':')[1] },
        { "aud list", (_, payload) => payload["aud"] = new JsonArray(payload.Text("aud")) },
        { "wrong typ", (header, _) => header["typ"] = "JWT" },
        { "crit", (header, _) => header["crit"] = new JsonArray("x") },
        { "day old", (_, payload) => payload["iat"] = House.Now.AddDays(-1).ToUnixTimeSeconds() },
        { "day ahead", (_, payload) => payload["iat"] = House.Now.AddDays(1).ToUnixTimeSeconds() },
        { "no iat", (_, payload) => payload.Remove("iat") },
        { "wrong sd_hash", (_, payload) => payload["sd_hash"] = Base64Text.Encode(new byte[32]) },
        { "no sd_hash", (_, payload) => payload.Remove("sd_hash") },
    };

    [Theory]
    [MemberData(nameof(WrongBindings))]
    public void Refuses_a_key_binding_with(string what, Action<JsonObject, JsonObject> change) =>
        Assert.True(Record.Exception(() => Verify(Token(holder.Present(card, request, Asked, change)))) is UnacceptableException, what);

    [Fact]
    public void Refuses_without_key_binding_or_with_another_key()
    {
        var shown = holder.Present(card, request, Asked);
        Refuses(Token(shown[..(shown.LastIndexOf('~') + 1)]));
        Refuses(Token(new Holder().Present(card, request, Asked)));
        Refuses(Token(new Holder().Present(card, request, Asked, (header, _) => header["jwk"] = new Holder().Key.ToJson())));
        var unsigned = Holder.Forge(shown[(shown.LastIndexOf('~') + 1)..], (header, _) => header["alg"] = "none");
        Refuses(Token(shown[..(shown.LastIndexOf('~') + 1)] + unsigned));
    }

    [Fact]
    public void Refuses_disclosures_that_were_touched()
    {
        var name = SdJwt.Read(card).Disclosures.Single(text => Disclosure.Read(text).Name == "full_name");
        Refuses(Token(holder.Present(card, request, Asked, pick: shown => shown.Replace(name, Disclosure.Of("full_name", "Người khác").Text, StringComparison.Ordinal))));
        Refuses(Token(holder.Present(card, request, Asked, pick: shown => shown + Disclosure.Of("role", "Chủ tịch").Text + "~")));
        Refuses(Token(holder.Present(card, request, Asked, pick: shown => shown + name + "~")));
        Refuses(Token(holder.Present(card, request, Asked, pick: shown => shown + Disclosure.Of("vct", "x").Text + "~")));
        Refuses(Token(holder.Present(card, request, Asked, pick: shown => shown + "bm90IEpTT04~")));
        Refuses(Token(holder.Present(card, request, ["full_name"])));

        // Slipped in after the holder has bound the choice.
        var other = SdJwt.Read(card).Disclosures.Single(text => Disclosure.Read(text).Name == "birthdate");
        var bound = holder.Present(card, request, Asked);
        Refuses(Token(bound.Insert(bound.LastIndexOf('~') + 1, other + "~")));
    }

    [Fact]
    public void Refuses_answers_of_another_shape()
    {
        var good = holder.Present(card, request, Asked);
        Refuses(new JsonObject { ["other"] = new JsonArray(good) });
        Refuses(new JsonObject { ["login"] = new JsonArray(good), ["more"] = new JsonArray(good) });
        Refuses(new JsonObject { ["login"] = new JsonArray(good, good) });
        Refuses(new JsonObject { ["login"] = good });
        Refuses(new JsonObject { ["login"] = new JsonArray() });
        Refuses(new JsonObject());
        Refuses(Token(5));
        Refuses(Token("not an SD-JWT"));
        Refuses(JsonValue.Create(good));
        Refuses(new JsonArray(good));
    }

    [Fact]
    public void Another_type_a_child_s_extract_and_an_expired_card_do_not_log_in()
    {
        var extract = House.Types["birth-certificate-extract"];
        var claims = new[] { new Claim(["full_name"], "Bé An", true), new Claim(["personal_id"], "022326000123", true) };
        string Issue(string vct, DateTimeOffset end) => new CredentialIssue(House.Origin, vct, claims, holder.Key, new(House.Issuer.StatusList(1), 1), House.Now.AddDays(-30), end).Sign(House.The.CredentialKey);

        Refuses(Token(holder.Present(Issue(extract.AddressAt(House.Origin), House.Now.AddDays(9)), request, Asked)));
        Refuses(Token(holder.Present(Issue(House.Card.AddressAt(House.Origin), House.Now.AddDays(-2)), request, Asked)));
        Refuses(Token(holder.Present(Issue("https://attacker.example/vct/citizen-card/1", House.Now.AddDays(9)), request, Asked)));
        Assert.NotEmpty(Verify(Token(holder.Present(Issue(House.Card.AddressAt(House.Origin), House.Now.AddDays(9)), request, Asked))));
    }

    [Fact]
    public void An_answer_after_the_time_is_refused() =>
        Assert.Throws<UnacceptableException>(() => Verify(Token(holder.Present(card, request, Asked)), House.Now.AddMinutes(3)));

    [Fact]
    public void An_answer_without_the_right_state_does_not_count_as_one()
    {
        var token = Token(holder.Present(card, request, Asked));
        string Read(IEnumerable<KeyValuePair<string, string>> form) => House.RefusalOf(() => PresentationAnswer.Read(form, request));

        Assert.Equal("400 invalid_request", Read(Encryption.Answer(request, token, state: "wrong")));
        Assert.Equal("400 invalid_request", Read([]));
        Assert.Equal("400 invalid_request", Read([KeyValuePair.Create("response", "nonsense")]));
        Assert.Equal("400 invalid_request", Read([KeyValuePair.Create("response", new string('a', 5_000_000))]));
        Assert.Equal("400 invalid_request", Read([.. Encryption.Answer(request, token), .. Encryption.Answer(request, token)]));
        Assert.Equal("400 invalid_request", Read([KeyValuePair.Create("response", Encryption.For(request, new JsonObject { ["vp_token"] = token.DeepClone() }))]));

        // Encrypted for another request's key, and the answer to another request under our key.
        var other = House.The.Ask(Asked);
        Assert.Equal("400 invalid_request", Read(Encryption.Answer(other, token.DeepClone(), request.State)));
        Assert.Equal("400 invalid_request", Read([KeyValuePair.Create("response", Encryption.For(request, new JsonObject { ["vp_token"] = token.DeepClone(), ["state"] = request.State }, "A192GCM"))]));
        Assert.Equal("400 invalid_request", Read([KeyValuePair.Create("error", "access_denied"), KeyValuePair.Create("state", "wrong")]));
    }

    [Fact]
    public void The_answer_to_another_request_is_refused()
    {
        var other = House.The.Ask(Asked);
        Refuses(Token(holder.Present(card, other, Asked)));
    }

    [Fact]
    public void A_presentation_in_plain_text_uses_the_request_up_and_is_refused()
    {
        var plain = PresentationAnswer.Read(
            [KeyValuePair.Create("vp_token", StrictJson.Write(Token(holder.Present(card, request, Asked)))), KeyValuePair.Create("state", request.State)], request);
        Assert.Throws<UnacceptableException>(() => plain.Verify(request, House.The.Trusted, House.Now));
    }

    [Fact]
    public void A_refusal_may_be_plain_or_encrypted()
    {
        Assert.Equal("access_denied", PresentationAnswer.Read([KeyValuePair.Create("error", "access_denied"), KeyValuePair.Create("state", request.State)], request).Error);
        var encrypted = Encryption.For(request, new JsonObject { ["error"] = "access_denied", ["state"] = request.State }, "A256GCM");
        Assert.Equal("access_denied", PresentationAnswer.Read([KeyValuePair.Create("response", encrypted)], request).Error);
    }

    [Fact]
    public void Revoked_and_suspended_are_refused()
    {
        VerifiedPresentation.MustBeValid(0);
        Assert.Throws<UnacceptableException>(() => VerifiedPresentation.MustBeValid(1));
        Assert.Throws<UnacceptableException>(() => VerifiedPresentation.MustBeValid(2));
        Assert.Throws<UnacceptableException>(() => VerifiedPresentation.MustBeValid(3));
    }

    [Fact]
    public void The_request_is_signed_and_says_who_asks()
    {
        var token = Jws.Read(request.Sign(House.The.Verifier, "from the wallet", House.Now), PresentationRequest.TokenType);
        var chain = CertificateChain.Of(token.Header);
        token.MustBeSignedBy(chain.Key);
        chain.MustLeadTo(House.The.Pki.Anchors, House.Now);

        Assert.Equal($"x509_hash:{CertificateChain.HashOf(chain.Leaf)}", token.Payload.Text("client_id"));
        Assert.Equal("from the wallet", token.Payload.Text("wallet_nonce"));
        Assert.Null(token.Payload["redirect_uri"]);
        Assert.Null(token.Payload["client_metadata"]!["jwks"]!["keys"]![0]!["d"]);
        Assert.Contains(Uri.EscapeDataString(request.ClientId), request.LinkAt(House.Origin), StringComparison.Ordinal);
        var second = House.The.Ask(Asked);
        Assert.True(second.Nonce != request.Nonce && second.State != request.State && second.Id != request.Id && Encryption.KeyOf(second) != Encryption.KeyOf(request));
    }

    [Theory]
    [InlineData("""["a"]""", 1)]
    [InlineData("""["b","c"]""", 1)]
    [InlineData("""["list",1]""", 1)]
    [InlineData("""["list",null]""", 3)]
    [InlineData("""["objects",null,"x"]""", 2)]
    [InlineData("""["list",7]""", 0)]
    [InlineData("""["list",-1]""", 0)]
    [InlineData("""["a","b"]""", 0)]
    [InlineData("""["missing"]""", 0)]
    [InlineData("""["b",null]""", 0)]
    [InlineData("""["b",0]""", 0)]
    public void A_path_selects_as_DCQL_says(string path, int count)
    {
        var claims = JsonNode.Parse("""{"a":1,"b":{"c":2},"list":[1,2,3],"objects":[{"x":1},{"y":2},{"x":3}]}""");
        Assert.Equal(count, CredentialQuery.Select(claims, JsonNode.Parse(path)!.AsArray()).Count());
    }
}
