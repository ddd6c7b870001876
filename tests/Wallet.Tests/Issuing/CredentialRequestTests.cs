using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using PublicService.Wallet.Issuing;
using PublicService.Wallet.Jose;
using PublicService.Wallet.Tests.Fixtures;

namespace PublicService.Wallet.Tests.Issuing;

public sealed class CredentialRequestTests
{
    private readonly Holder holder = new();
    private readonly string nonce = House.Secrets.NewNonce(House.Now);

    private static CredentialRequest Read(string body) => CredentialRequest.Read(Encoding.UTF8.GetBytes(body), House.Grant(), House.Issuer, House.Now);

    private static string Body(params string[] proofs) => StrictJson.Write(new JsonObject
    {
        ["credential_configuration_id"] = "citizen-card_1",
        ["proofs"] = new JsonObject { ["jwt"] = new JsonArray([.. proofs.Select(proof => (JsonNode)proof)]) },
    });

    private string Proof(Action<JsonObject, JsonObject> change)
    {
        var (header, payload) = (holder.ProofHeader, Holder.ProofPayload(nonce));
        change(header, payload);
        return holder.Sign(header, payload);
    }

    [Fact]
    public void Takes_one_key_or_a_batch_with_one_nonce()
    {
        Assert.Equal([holder.Key], Read(Body(holder.Proof(nonce))).Keys);
        var batch = Read(Body([.. Enumerable.Range(0, 5).Select(_ => new Holder().Proof(nonce))]));
        Assert.Equal((5, 1), (batch.Keys.Count, batch.Nonces.Count));
    }

    [Fact]
    public void Takes_the_single_proof_of_draft_15()
    {
        var body = new JsonObject { ["credential_configuration_id"] = "citizen-card_1", ["proof"] = new JsonObject { ["proof_type"] = "jwt", ["jwt"] = holder.Proof(nonce) } };
        Assert.Equal([holder.Key], Read(StrictJson.Write(body)).Keys);
        body["proofs"] = new JsonObject { ["jwt"] = new JsonArray(holder.Proof(nonce)) };
        Assert.Equal("400 invalid_proof", House.RefusalOf(() => Read(StrictJson.Write(body))));
    }

    [Fact]
    public void Takes_the_identifier_that_was_given()
    {
        string With(string id) => StrictJson.Write(new JsonObject { ["credential_identifier"] = id, ["proofs"] = new JsonObject { ["jwt"] = new JsonArray(holder.Proof(nonce)) } });
        Assert.Equal([holder.Key], Read(With(CredentialRequest.IdentifierOf("offer"))).Keys);
        Assert.Equal("400 unknown_credential_identifier", House.RefusalOf(() => Read(With("made-up"))));
    }

    public static TheoryData<string, Action<JsonObject, JsonObject>> WrongProofs => new()
    {
        { "other aud", (_, payload) => payload["aud"] = "https://other.example" },
        { "aud with slash", (_, payload) => payload["aud"] = House.Origin + "/" },
        { "aud as a list", (_, payload) => payload["aud"] = new JsonArray(House.Origin) },
        { "wrong typ", (header, _) => header["typ"] = "JWT" },
        { "no typ", (header, _) => header.Remove("typ") },
        { "no nonce", (_, payload) => payload.Remove("nonce") },
        { "nonce a number", (_, payload) => payload["nonce"] = 5 },
        { "no iat", (_, payload) => payload.Remove("iat") },
        { "an hour old", (_, payload) => payload["iat"] = House.Now.AddHours(-1).ToUnixTimeSeconds() },
        { "an hour ahead", (_, payload) => payload["iat"] = House.Now.AddHours(1).ToUnixTimeSeconds() },
        { "private key", (header, _) => header["jwk"]!["d"] = "AAAA" },
        { "jwk and kid", (header, _) => header["kid"] = "k" },
        { "jwk and x5c", (header, _) => header["x5c"] = new JsonArray("MIIB") },
        { "kid alone", KidAlone },
        { "unknown crit", (header, _) => header["crit"] = new JsonArray("x") },
        { "signed by another key", (header, _) => header["jwk"] = new Holder().Key.ToJson() },
        { "off the curve", (header, _) => header["jwk"]!["x"] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE" },
    };

    private static void KidAlone(JsonObject header, JsonObject payload)
    {
        header["kid"] = "k";
        header.Remove("jwk");
    }

    [Theory]
    [MemberData(nameof(WrongProofs))]
    public void Refuses_a_wrong_proof(string what, Action<JsonObject, JsonObject> change) =>
        Assert.True(House.RefusalOf(() => Read(Body(Proof(change)))) == "400 invalid_proof", what);

    [Fact]
    public void Refuses_other_algorithms()
    {
        Assert.Equal("400 invalid_proof", House.RefusalOf(() => Read(Body(Holder.Forge(holder.Proof(nonce), (header, _) => header["alg"] = "none")))));
        Assert.Equal("400 invalid_proof", House.RefusalOf(() => Read(Body(Holder.Forge(holder.Proof(nonce), (header, _) => header["alg"] = "ES384")))));
        Assert.Equal("400 invalid_proof", House.RefusalOf(() => Read(Body(Hmac()))));
        Assert.Equal("400 invalid_proof", House.RefusalOf(() => Read(Body(holder.Proof(nonce)[..^6]))));
        Assert.Equal("400 invalid_proof", House.RefusalOf(() => Read(Body("not a token"))));
    }

    [Theory]
    [InlineData("""{"credential_configuration_id":"citizen-card_1"}""", "invalid_proof")]
    [InlineData("""{"credential_configuration_id":"citizen-card_1","proofs":{}}""", "invalid_proof")]
    [InlineData("""{"credential_configuration_id":"citizen-card_1","proofs":{"jwt":[]}}""", "invalid_proof")]
    [InlineData("""{"credential_configuration_id":"citizen-card_1","proofs":{"jwt":[5]}}""", "invalid_proof")]
    [InlineData("""{"credential_configuration_id":"citizen-card_1","proofs":{"jwt":"x"}}""", "invalid_proof")]
    [InlineData("""{"credential_configuration_id":"citizen-card_1","proofs":5}""", "invalid_proof")]
    [InlineData("""{"credential_configuration_id":"citizen-card_1","proofs":{"jwt":["x"],"di_vp":["y"]}}""", "invalid_proof")]
    [InlineData("""{"credential_configuration_id":"citizen-card_1","proof":{"proof_type":"cwt","cwt":"x"}}""", "invalid_proof")]
    [InlineData("""{"credential_configuration_id":"unknown","proofs":{"jwt":["x"]}}""", "unknown_credential_configuration")]
    [InlineData("""{"credential_configuration_id":"construction-permit_1","proofs":{"jwt":["x"]}}""", "unknown_credential_configuration")]
    [InlineData("""{"credential_configuration_id":5,"proofs":{"jwt":["x"]}}""", "unknown_credential_configuration")]
    [InlineData("""{"credential_identifier":"x","proofs":{"jwt":["x"]}}""", "unknown_credential_identifier")]
    [InlineData("""{"credential_identifier":"x","credential_configuration_id":"citizen-card_1"}""", "invalid_credential_request")]
    [InlineData("""{"credential_configuration_id":"citizen-card_1","credential_configuration_id":"citizen-card_1"}""", "invalid_credential_request")]
    [InlineData("""{"credential_configuration_id":"citizen-card_1","credential_response_encryption":{},"proofs":{"jwt":["x"]}}""", "invalid_encryption_parameters")]
    [InlineData("""{"format":"vc+sd-jwt","vct":"x","proof":{"proof_type":"jwt","jwt":"x"}}""", "invalid_credential_request")]
    [InlineData("{}", "invalid_credential_request")]
    [InlineData("[]", "invalid_credential_request")]
    [InlineData("credential=1", "invalid_credential_request")]
    [InlineData("", "invalid_credential_request")]
    public void Refuses_another_request(string body, string error) => Assert.Equal($"400 {error}", House.RefusalOf(() => Read(body)));

    [Fact]
    public void Refuses_too_many_proofs_one_key_twice_and_enormous_bodies()
    {
        Assert.Equal("400 invalid_proof", House.RefusalOf(() => Read(Body([.. Enumerable.Range(0, 6).Select(_ => new Holder().Proof(nonce))]))));
        Assert.Equal("400 invalid_proof", House.RefusalOf(() => Read(Body(holder.Proof(nonce), holder.Proof(nonce)))));
        Assert.Equal("400 invalid_credential_request", House.RefusalOf(() => Read($$"""{"a":"{{new string('a', 5_000_000)}}"}""")));
        Assert.Equal("400 invalid_credential_request", House.RefusalOf(() => Read($"{new string('[', 10_000)}{new string(']', 10_000)}")));
    }

    [Fact]
    public void A_deferred_request_names_its_transaction()
    {
        Assert.Equal("t", DeferredRequest.Read("""{"transaction_id":"t"}"""u8).TransactionId);
        Assert.Equal("400 invalid_transaction_id", House.RefusalOf(() => DeferredRequest.Read("{}"u8)));
        Assert.Equal("400 invalid_credential_request", House.RefusalOf(() => DeferredRequest.Read("no"u8)));
        Assert.Null(CredentialAnswer.Issued(["c"], null)["notification_id"]);
        Assert.Equal(5, CredentialAnswer.Later("t", 5)["interval"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("credential_accepted", NotificationEvent.Accepted)]
    [InlineData("credential_failure", NotificationEvent.Failure)]
    [InlineData("credential_deleted", NotificationEvent.Deleted)]
    public void A_notification_says_what_happened(string text, NotificationEvent happened) =>
        Assert.Equal(new NotificationRequest("n", happened), NotificationRequest.Read(Encoding.UTF8.GetBytes($$"""{"notification_id":"n","event":"{{text}}","event_description":"x"}""")));

    [Theory]
    [InlineData("""{"notification_id":"n"}""")]
    [InlineData("""{"notification_id":"n","event":"credential_sold"}""")]
    [InlineData("""{"event":"credential_accepted"}""")]
    [InlineData("""{"notification_id":5,"event":"credential_accepted"}""")]
    [InlineData("[]")]
    public void Refuses_another_notification(string body) =>
        Assert.Equal("400 invalid_notification_request", House.RefusalOf(() => NotificationRequest.Read(Encoding.UTF8.GetBytes(body))));

    /// <summary>HS256 with the public key as the secret.</summary>
    private string Hmac()
    {
        var parts = Holder.Forge(holder.Proof(nonce), (header, _) => header["alg"] = "HS256").Split('.');
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(StrictJson.Write(holder.Key.ToJson())), Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"));
        return $"{parts[0]}.{parts[1]}.{Base64Text.Encode(mac)}";
    }
}
