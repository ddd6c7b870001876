using PublicService.Wallet.Issuing;
using PublicService.Wallet.Jose;
using PublicService.Wallet.Tests.Fixtures;

namespace PublicService.Wallet.Tests.Issuing;

public sealed class RedemptionTests
{
    private const string Right = "246810";

    private static readonly (Offer Offer, string Id) Made = Offer.New(House.Secrets, "citizen-card_1", Right, House.Now);

    private static Offer Open => Made.Offer;

    private static string Code => House.Secrets.CodeOf(Made.Id);

    private static Redemption Decide(Offer? offer, string? transactionCode = Right, string? key = null, int seconds = 0, params string[] authorized) =>
        Redemption.Decide(offer, new TokenRequest(Code, transactionCode, authorized), key, House.Secrets, House.Now.AddSeconds(seconds));

    private static KeyValuePair<string, string>[] Form(params string[] pairs) => [.. pairs.Chunk(2).Select(pair => KeyValuePair.Create(pair[0], pair[1]))];

    [Fact]
    public void An_offer_says_nothing_personal_and_stores_no_secret()
    {
        var json = StrictJson.Write(Open.ToJson(House.Issuer, House.Secrets, Made.Id, "Mã gửi qua tin nhắn"));
        Assert.Contains(Code, json, StringComparison.Ordinal);
        Assert.DoesNotContain(Right, json, StringComparison.Ordinal);
        var stored = Open.ToString();
        Assert.DoesNotContain(Code, stored, StringComparison.Ordinal);
        Assert.DoesNotContain(Right, stored, StringComparison.Ordinal);
        Assert.DoesNotContain(Made.Id, stored, StringComparison.Ordinal);
        Assert.StartsWith("openid-credential-offer://?credential_offer_uri=https%3A%2F%2F", Offer.LinkAt(House.Issuer, Made.Id), StringComparison.Ordinal);
    }

    [Fact]
    public void The_right_code_gives_a_short_token()
    {
        var redeemed = Decide(Open);
        Assert.Null(redeemed.Refusal);
        Assert.Equal(OfferState.Redeemed, redeemed.After!.State);
        Assert.Equal(("Bearer", 300), (redeemed.Answer!.Text("token_type"), redeemed.Answer!["expires_in"]!.GetValue<int>()));
        Assert.Equal(ServerSecrets.HashOf(redeemed.Answer!.Text("access_token")!), redeemed.Grant!.Hash);
    }

    [Fact]
    public void A_bound_token_may_live_longer()
    {
        var redeemed = Decide(Open, key: "thumb");
        Assert.Equal(("DPoP", "thumb"), (redeemed.Answer!.Text("token_type"), redeemed.Grant!.KeyThumbprint));
    }

    [Fact]
    public void Three_wrong_codes_kill_the_offer()
    {
        var offer = Open;
        for (var tries = 1; tries <= 3; tries++)
        {
            var refused = Decide(offer, "000000");
            Assert.Equal("invalid_grant", refused.Refusal!.Error);
            offer = refused.After!;
            Assert.Equal(tries, offer.WrongCodes);
        }

        Assert.Equal(OfferState.Locked, offer.State);
        Assert.Equal("invalid_grant", Decide(offer).Refusal!.Error);
    }

    [Fact]
    public void A_code_used_twice_takes_back_what_it_gave()
    {
        var again = Decide(Decide(Open).After);
        Assert.Equal("invalid_grant", again.Refusal!.Error);
        Assert.True(again.RevokesGrants);
        Assert.Null(again.After);
    }

    [Fact]
    public void Unknown_expired_withdrawn_and_locked_are_one_answer()
    {
        foreach (var refused in (Redemption[])[Decide(null), Decide(Open, seconds: 601), Decide(Open with { State = OfferState.Withdrawn }), Decide(Open with { State = OfferState.Locked })])
        {
            Assert.Equal("invalid_grant: the code is not known, used or too old", refused.Refusal!.Message);
            Assert.False(refused.RevokesGrants);
        }
    }

    [Fact]
    public void A_transaction_code_is_there_exactly_when_it_is_asked_for()
    {
        Assert.Equal("invalid_request", Decide(Open, transactionCode: null).Refusal!.Error);
        Assert.Equal("invalid_request", Decide(Open with { TransactionCodeMac = null }).Refusal!.Error);
        Assert.Null(Decide(Open with { TransactionCodeMac = null }, transactionCode: null).Refusal);
        Assert.Null(Decide(Open, transactionCode: null).After);
    }

    [Fact]
    public void Authorization_details_are_answered_with_an_identifier()
    {
        var detail = Decide(Open, authorized: "citizen-card_1").Answer!["authorization_details"]![0]!;
        Assert.Equal(CredentialRequest.IdentifierOf(Open.Key), detail["credential_identifiers"]![0]!.ToString());
        Assert.Equal("invalid_request", Decide(Open, authorized: "construction-permit_1").Refusal!.Error);
    }

    [Fact]
    public void A_request_has_everything_once()
    {
        string[] whole = ["grant_type", TokenRequest.PreAuthorizedCode, "pre-authorized_code", "c", "tx_code", "1", "client_id", "any", "other", "x"];
        Assert.Equal(("c", "1"), (TokenRequest.Read(Form(whole)).Code, TokenRequest.Read(Form(whole)).TransactionCode));
        Assert.Equal("400 invalid_request", House.RefusalOf(() => TokenRequest.Read(Form([.. whole, "tx_code", "2"]))));
        Assert.Equal("400 invalid_request", House.RefusalOf(() => TokenRequest.Read(Form([.. whole, "other", "y"]))));
        Assert.Equal("400 invalid_request", House.RefusalOf(() => TokenRequest.Read(Form("grant_type", TokenRequest.PreAuthorizedCode))));
        Assert.Equal("400 invalid_request", House.RefusalOf(() => TokenRequest.Read([])));
        Assert.Equal("400 unsupported_grant_type", House.RefusalOf(() => TokenRequest.Read(Form("grant_type", "authorization_code", "code", "c"))));
        Assert.Equal("400 invalid_request", House.RefusalOf(() => TokenRequest.Read(Form([.. whole, "authorization_details", "[{}]"]))));
        Assert.Equal("400 invalid_request", House.RefusalOf(() => TokenRequest.Read(Form([.. whole, "authorization_details", "no"]))));
    }

    [Fact]
    public void Secrets_are_the_servers_own()
    {
        var other = new ServerSecrets(new byte[32]);
        Assert.NotEqual(House.Secrets.CodeOf("a"), other.CodeOf("a"));
        Assert.NotEqual(House.Secrets.CodeOf("a"), House.Secrets.CodeOf("b"));
        Assert.NotEqual(House.Secrets.TransactionCodeMac("a", Right), House.Secrets.TransactionCodeMac("b", Right));
        Assert.Matches("^[0-9]{6}$", ServerSecrets.NewTransactionCode());
    }

    [Fact]
    public void A_nonce_is_known_for_three_minutes()
    {
        var nonce = House.Secrets.NewNonce(House.Now);
        Assert.Equal(House.Now.AddMinutes(3), House.Secrets.CheckNonce(nonce, House.Now.AddSeconds(179)));
        Assert.NotEqual(nonce, House.Secrets.NewNonce(House.Now));
        Assert.Equal("400 invalid_nonce", House.RefusalOf(() => House.Secrets.CheckNonce(nonce, House.Now.AddSeconds(180))));
        Assert.Equal("400 invalid_nonce", House.RefusalOf(() => House.Secrets.CheckNonce(ServerSecrets.Random(40), House.Now)));
        Assert.Equal("400 invalid_nonce", House.RefusalOf(() => House.Secrets.CheckNonce("made up", House.Now)));
        Assert.Equal("400 invalid_nonce", House.RefusalOf(() => House.Secrets.CheckNonce(new ServerSecrets(new byte[32]).NewNonce(House.Now), House.Now)));
    }
}
