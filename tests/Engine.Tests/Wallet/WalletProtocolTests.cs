using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Wallet;

/// <summary>The manners of the protocol's endpoints.</summary>
public sealed class WalletProtocolTests : IClassFixture<OneStop>
{
    private readonly OneStop engine;

    public WalletProtocolTests(OneStop engine)
    {
        this.engine = engine;
        engine.With("Wallet:Issuer", WalletDelivery.Issuer).With("Wallet:RequestsPerMinute", "100000");
    }

    private static Uri At(string path) => new(path, UriKind.Relative);

    [Fact]
    public async Task Says_who_issues_what()
    {
        var issuer = TestWallet.Read(await engine.CreateClient().GetStringAsync(At("/.well-known/openid-credential-issuer")));
        var server = TestWallet.Read(await engine.CreateClient().GetStringAsync(At("/.well-known/oauth-authorization-server")));
        var keys = TestWallet.Read(await engine.CreateClient().GetStringAsync(At("/.well-known/jwt-vc-issuer")));
        var type = TestWallet.Read(await engine.CreateClient().GetStringAsync(At("/vct/citizen-card/1")));

        Assert.Equal(WalletDelivery.Issuer, issuer["credential_issuer"]!.ToString());
        Assert.Equal(7, issuer["credential_configurations_supported"]!.AsObject().Count);
        Assert.Equal(WalletDelivery.Issuer, server["issuer"]!.ToString());
        Assert.Single(keys["jwks"]!["keys"]!.AsArray());
        Assert.Equal($"{WalletDelivery.Issuer}/vct/citizen-card/1", type["vct"]!.ToString());
        Assert.Equal(HttpStatusCode.NotFound, (await engine.CreateClient().GetAsync(At("/vct/citizen-card/2"))).StatusCode);
    }

    [Fact]
    public async Task A_web_wallet_may_call_from_anywhere()
    {
        foreach (var path in (string[])["/.well-known/openid-credential-issuer", "/vct/citizen-card/1", "/vci/status/1"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("Origin", "https://wallet.example");
            using var answer = await engine.CreateClient().SendAsync(request);
            Assert.Equal(["*"], answer.Headers.GetValues("Access-Control-Allow-Origin"));
        }
    }

    [Theory]
    [InlineData("grant_type=authorization_code&code=x", "400 unsupported_grant_type")]
    [InlineData("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Apre-authorized_code", "400 invalid_request")]
    [InlineData("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Apre-authorized_code&pre-authorized_code=x&pre-authorized_code=y", "400 invalid_request")]
    [InlineData("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Apre-authorized_code&pre-authorized_code=made-up", "400 invalid_grant")]
    [InlineData("%%%=&&&", "400 invalid_request")]
    public async Task Refuses_a_wrong_token_request(string form, string error) => Assert.Equal(error, await TestWallet.ErrorOfAsync(
        await engine.CreateClient().PostAsync(At("/vci/token"), new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"))));

    [Fact]
    public async Task A_token_request_is_a_posted_form()
    {
        Assert.Equal("400 invalid_request", await TestWallet.ErrorOfAsync(await engine.CreateClient().PostAsync(At("/vci/token"), new StringContent("{}", Encoding.UTF8, "application/json"))));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await engine.CreateClient().GetAsync(At("/vci/token"))).StatusCode);
    }

    [Theory]
    [InlineData("/vci/credential")]
    [InlineData("/vci/deferred")]
    [InlineData("/vci/notification")]
    public async Task Nobody_gets_in_without_a_token(string path)
    {
        var wallet = new TestWallet(engine.CreateClient(), WalletDelivery.Issuer, engine.Clock);
        foreach (var token in (string?[])[null, "made-up"])
        {
            using var answer = await wallet.PostAsync(path, token, new JsonObject());
            Assert.Equal("401 invalid_token", await TestWallet.ErrorOfAsync(answer));
            Assert.NotEmpty(answer.Headers.WwwAuthenticate);
        }

        using var query = await wallet.PostAsync($"{path}?access_token=x", null, new JsonObject());
        Assert.Equal(HttpStatusCode.Unauthorized, query.StatusCode);
    }

    [Fact]
    public async Task Large_bodies_and_nonsense_are_refused_cleanly()
    {
        var delivery = await WalletDelivery.ReadyAsync(engine, "T.WALLET-30");
        var (code, transactionCode) = await delivery.OpenAsync();
        var token = await delivery.Wallet.TokenAsync(code, transactionCode);

        Assert.Equal("413 invalid_request", await TestWallet.ErrorOfAsync(await delivery.Wallet.PostAsync("/vci/credential", token, JsonValue.Create(new string('x', 300_000)))));
        Assert.Equal("400 invalid_credential_request", await TestWallet.ErrorOfAsync(await delivery.Wallet.PostAsync("/vci/credential", token, new JsonArray())));
        Assert.Equal("400 invalid_proof", await TestWallet.ErrorOfAsync(await delivery.Wallet.PostAsync("/vci/credential", token, new JsonObject { ["credential_configuration_id"] = "birth-certificate-extract_1" })));
        Assert.Equal("400 invalid_transaction_id", await TestWallet.ErrorOfAsync(await delivery.Wallet.PostAsync("/vci/deferred", token, new JsonObject { ["transaction_id"] = "made-up" })));
        Assert.Equal("400 invalid_notification_id", await TestWallet.ErrorOfAsync(await delivery.Wallet.TellAsync(token, "made-up")));
        Assert.Equal("400 invalid_notification_request", await TestWallet.ErrorOfAsync(await delivery.Wallet.TellAsync(token, "x", "sold")));
    }

    [Fact]
    public async Task Someone_elses_notification_is_unknown()
    {
        var (one, other) = (await WalletDelivery.ReadyAsync(engine, "T.WALLET-31"), await WalletDelivery.ReadyAsync(engine, "T.WALLET-32"));
        var (oneCode, oneTransaction) = await one.OpenAsync();
        var (otherCode, otherTransaction) = await other.OpenAsync();
        var (_, notification) = await one.Wallet.FetchAsync(await one.Wallet.TokenAsync(oneCode, oneTransaction));

        Assert.Equal("400 invalid_notification_id", await TestWallet.ErrorOfAsync(await other.Wallet.TellAsync(await other.Wallet.TokenAsync(otherCode, otherTransaction), notification)));
    }

    [Fact]
    public async Task Old_states_of_a_list_are_not_kept() => Assert.Equal(
        HttpStatusCode.NotImplemented, (await engine.CreateClient().GetAsync(At("/vci/status/1?time=1700000000"))).StatusCode);
}

/// <summary>An engine that has no name for wallets.</summary>
public sealed class WalletOffTests(EngineHost engine) : IClassFixture<EngineHost>
{
    [Theory]
    [InlineData("/.well-known/openid-credential-issuer")]
    [InlineData("/vci/offers/x")]
    [InlineData("/vci/status/1")]
    public async Task Has_no_endpoints(string path) => await (await engine.CreateClient().GetAsync(new Uri(path, UriKind.Relative)))
        .ShouldBeProblemAsync(HttpStatusCode.NotFound, "WALLET_NOT_CONFIGURED");
}
