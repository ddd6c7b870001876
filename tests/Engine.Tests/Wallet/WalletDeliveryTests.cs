using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;
using PublicService.Wallet.Credentials;
using PublicService.Wallet.Jose;

namespace PublicService.Engine.Tests.Wallet;

public sealed class SqliteWalletDeliveryTests(OneStop engine) : WalletDeliveryTests(engine), IClassFixture<OneStop>;

public sealed class PostgresWalletDeliveryTests(PostgresOneStop engine) : WalletDeliveryTests(engine), IClassFixture<PostgresOneStop>;

public abstract class WalletDeliveryTests(OneStop engine)
{
    [Fact]
    public async Task A_result_goes_into_the_wallet_and_the_workflow_hears_of_it()
    {
        var delivery = await WalletDelivery.ReadyAsync(engine, "T.WALLET-1");
        var (code, transactionCode) = await delivery.OpenAsync();
        var token = await delivery.Wallet.TokenAsync(code, transactionCode);

        var (credential, notification) = await delivery.Wallet.FetchAsync(token);

        var verified = Verify(credential);
        Assert.Equal("Nguyễn Thị Thí Dụ", verified.Claims.Text("full_name"));
        Assert.Equal("12/2026", verified.Claims["registration"]!["number"]!.ToString());
        Assert.Contains("Hồng Gai", verified.Claims["registration"]!["office"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await StatusAsync(verified));
        Assert.True(await delivery.IsWaitedForAsync());
        Assert.Equal("Issued", (await delivery.ShownAsync()).Text("state"));

        using var told = await delivery.Wallet.TellAsync(token, notification);
        using var again = await delivery.Wallet.TellAsync(token, notification);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (told.StatusCode, again.StatusCode));
        Assert.False(await delivery.IsWaitedForAsync());
        Assert.Equal("Accepted", (await delivery.ShownAsync()).Text("state"));
        Assert.Single(await LedgerAsync(delivery, "CredentialDelivered"));
    }

    [Fact]
    public async Task A_wallet_that_says_no_more_has_it_after_a_while()
    {
        var delivery = await WalletDelivery.ReadyAsync(engine, "T.WALLET-2");
        var (code, transactionCode) = await delivery.OpenAsync();
        await delivery.Wallet.FetchAsync(await delivery.Wallet.TokenAsync(code, transactionCode));
        Assert.True(await delivery.IsWaitedForAsync());

        engine.Clock.Jump(TimeSpan.FromMinutes(16));

        Assert.False(await delivery.IsWaitedForAsync());
    }

    [Fact]
    public async Task Nothing_secret_lies_in_the_database()
    {
        var delivery = await WalletDelivery.ReadyAsync(engine, "T.WALLET-3");
        var link = (await delivery.OfferAsync()).Text("link");
        var (code, transactionCode) = (await delivery.Wallet.CodeAsync(link), await delivery.SentCodeAsync());
        var token = await delivery.Wallet.TokenAsync(code, transactionCode);
        var (_, notification) = await delivery.Wallet.FetchAsync(token);

        var stored = await engine.EverythingAsync("wallet_deliveries", "wallet_offers", "wallet_grants", "wallet_used", "wallet_credentials", "outbox");

        Assert.Contains(delivery.Id, stored, StringComparison.Ordinal);
        foreach (var secret in (string[])[TestWallet.OfferAddress(link).ToString().Split('/')[^1], code, token, notification, $"\"{transactionCode}\""])
        {
            Assert.DoesNotContain(secret, stored, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Eight_who_redeem_at_once_get_one_token()
    {
        var delivery = await WalletDelivery.ReadyAsync(engine, "T.WALLET-4");
        var (code, transactionCode) = await delivery.OpenAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => delivery.NewWallet().RedeemAsync(code, transactionCode)));

        Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        Assert.All(answers.Where(answer => !answer.IsSuccessStatusCode), answer => Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode));
    }

    [Fact]
    public async Task A_code_used_twice_takes_the_first_token_back()
    {
        var delivery = await WalletDelivery.ReadyAsync(engine, "T.WALLET-5");
        var (code, transactionCode) = await delivery.OpenAsync();
        var token = await delivery.Wallet.TokenAsync(code, transactionCode);

        Assert.Equal("400 invalid_grant", await TestWallet.ErrorOfAsync(await delivery.Wallet.RedeemAsync(code, transactionCode)));

        using var refused = await delivery.Wallet.AskAsync(token, await delivery.Wallet.NonceAsync());
        Assert.Equal("401 invalid_token", await TestWallet.ErrorOfAsync(refused));
        Assert.Contains("Bearer", refused.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Three_wrong_transaction_codes_and_the_QR_code_is_dead()
    {
        var delivery = await WalletDelivery.ReadyAsync(engine, "T.WALLET-6");
        var link = (await delivery.OfferAsync()).Text("link");
        var (code, right) = (await delivery.Wallet.CodeAsync(link), await delivery.SentCodeAsync());
        var wrong = right == "000000" ? "000001" : "000000";

        Assert.Equal("400 invalid_request", await TestWallet.ErrorOfAsync(await delivery.Wallet.RedeemAsync(code, null)));
        for (var tries = 0; tries < 3; tries++)
        {
            Assert.Equal("400 invalid_grant", await TestWallet.ErrorOfAsync(await delivery.Wallet.RedeemAsync(code, wrong)));
        }

        Assert.Equal("400 invalid_grant", await TestWallet.ErrorOfAsync(await delivery.Wallet.RedeemAsync(code, right)));
        await ShouldBeGoneAsync(link);
        engine.Clock.Jump(TimeSpan.FromSeconds(1));
        var (newCode, newRight) = await delivery.OpenAsync();
        Assert.NotEmpty(await delivery.Wallet.TokenAsync(newCode, newRight));
    }

    [Fact]
    public async Task A_new_QR_code_ends_the_old_one()
    {
        var delivery = await WalletDelivery.ReadyAsync(engine, "T.WALLET-7");
        var link = (await delivery.OfferAsync()).Text("link");
        var (code, transactionCode) = (await delivery.Wallet.CodeAsync(link), await delivery.SentCodeAsync());
        var token = await delivery.Wallet.TokenAsync(code, transactionCode);

        await delivery.OfferAsync();

        await ShouldBeGoneAsync(link);
        Assert.Equal("400 invalid_grant", await TestWallet.ErrorOfAsync(await delivery.Wallet.RedeemAsync(code, transactionCode)));
        Assert.Equal("401 invalid_token", await TestWallet.ErrorOfAsync(await delivery.Wallet.AskAsync(token, await delivery.Wallet.NonceAsync())));
    }

    [Fact]
    public async Task A_QR_code_lives_ten_minutes_and_the_token_five()
    {
        var delivery = await WalletDelivery.ReadyAsync(engine, "T.WALLET-8");
        var (code, transactionCode) = await delivery.OpenAsync();
        engine.Clock.Jump(TimeSpan.FromSeconds(601));
        Assert.Equal("400 invalid_grant", await TestWallet.ErrorOfAsync(await delivery.Wallet.RedeemAsync(code, transactionCode)));

        engine.Clock.Jump(TimeSpan.FromSeconds(1));
        (code, transactionCode) = await delivery.OpenAsync();
        var token = await delivery.Wallet.TokenAsync(code, transactionCode);
        engine.Clock.Jump(TimeSpan.FromSeconds(300));
        Assert.Equal("401 invalid_token", await TestWallet.ErrorOfAsync(await delivery.Wallet.AskAsync(token, await delivery.Wallet.NonceAsync())));
    }

    [Fact]
    public async Task A_nonce_is_used_once_and_a_lost_answer_may_be_asked_for_again()
    {
        var delivery = await WalletDelivery.ReadyAsync(engine, "T.WALLET-9");
        var (code, transactionCode) = await delivery.OpenAsync();
        var token = await delivery.Wallet.TokenAsync(code, transactionCode);
        var nonce = await delivery.Wallet.NonceAsync();

        using var first = await delivery.Wallet.AskAsync(token, nonce);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal("400 invalid_nonce", await TestWallet.ErrorOfAsync(await delivery.Wallet.AskAsync(token, nonce)));
        Assert.Equal("400 invalid_nonce", await TestWallet.ErrorOfAsync(await delivery.Wallet.AskAsync(token, "made-up")));
        Assert.Equal("400 unknown_credential_configuration", await TestWallet.ErrorOfAsync(await delivery.Wallet.AskAsync(token, await delivery.Wallet.NonceAsync(), "citizen-card_1")));

        for (var more = 1; more < 10; more++)
        {
            await delivery.Wallet.FetchAsync(token);
        }

        Assert.Equal("400 credential_request_denied", await TestWallet.ErrorOfAsync(await delivery.Wallet.AskAsync(token, await delivery.Wallet.NonceAsync())));
        Assert.Equal(10, (await delivery.ShownAsync()).List("credentials").Count());
    }

    [Fact]
    public async Task What_was_taken_back_cannot_be_fetched()
    {
        var delivery = await WalletDelivery.ReadyAsync(engine, "T.WALLET-10");
        var link = (await delivery.OfferAsync()).Text("link");
        var (code, transactionCode) = (await delivery.Wallet.CodeAsync(link), await delivery.SentCodeAsync());
        var officer = await engine.OfficerAsync("tra-ket-qua");

        using var taken = await officer.SendAsync($"/dossiers/{delivery.Walk.Id}/wallet-deliveries/{delivery.Id}/withdrawals", new JsonObject());

        Assert.Equal(HttpStatusCode.NoContent, taken.StatusCode);
        await ShouldBeGoneAsync(link);
        Assert.Equal("400 invalid_grant", await TestWallet.ErrorOfAsync(await delivery.Wallet.RedeemAsync(code, transactionCode)));
        Assert.False(await delivery.IsWaitedForAsync());
        await (await officer.SendAsync($"/dossiers/{delivery.Walk.Id}/wallet-deliveries/{delivery.Id}/withdrawals", new JsonObject())).ShouldBeRefusedAsync("WALLET_DELIVERY_CLOSED");
        await (await officer.SendAsync($"/dossiers/{delivery.Walk.Id}/wallet-deliveries/{delivery.Id}/offers", new JsonObject())).ShouldBeRefusedAsync("WALLET_DELIVERY_CLOSED");
    }

    [Fact]
    public async Task A_workflow_that_gives_up_takes_the_offer_back()
    {
        var delivery = await WalletDelivery.ReadyAsync(engine, "T.WALLET-11");
        engine.Clock.Jump(TimeSpan.FromDays(6));

        Assert.False(await delivery.IsWaitedForAsync());
        await engine.SettleAsync();

        Assert.Equal("Withdrawn", (await delivery.ShownAsync()).Text("state"));
    }

    [Fact]
    public async Task A_supervisor_revokes_for_good_and_others_see_it()
    {
        var delivery = await WalletDelivery.ReadyAsync(engine, "T.WALLET-12");
        var (code, transactionCode) = await delivery.OpenAsync();
        var verified = Verify((await delivery.Wallet.FetchAsync(await delivery.Wallet.TokenAsync(code, transactionCode))).Credential);
        var id = (await delivery.ShownAsync()).List("credentials").Single().Text("id");
        var supervisor = await engine.SomebodyAsync("giamsat");
        Task<HttpResponseMessage> Set(HttpClient by, string status, string reason = "Mất điện thoại") =>
            by.SendAsync($"/wallet-credentials/{id}/statuses", new JsonObject { ["status"] = status, ["reason"] = reason });

        await (await Set(await engine.OfficerAsync("tra-ket-qua"), "Invalid")).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");
        await (await Set(supervisor, "Invalid", " ")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
        Assert.Equal(0, await StatusAsync(verified));
        Assert.Equal(HttpStatusCode.NoContent, (await Set(supervisor, "Suspended")).StatusCode);
        Assert.Equal(2, await StatusAsync(verified));
        engine.Clock.Jump(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.NoContent, (await Set(supervisor, "Valid")).StatusCode);
        Assert.Equal(0, await StatusAsync(verified));
        engine.Clock.Jump(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.NoContent, (await Set(supervisor, "Invalid")).StatusCode);
        Assert.Equal(1, await StatusAsync(verified));
        await (await Set(supervisor, "Valid")).ShouldBeRefusedAsync("WALLET_CREDENTIAL_REVOKED");
    }

    [Fact]
    public async Task The_citizen_asks_with_the_receipt_and_gets_no_code_on_the_screen()
    {
        var delivery = await WalletDelivery.ReadyAsync(engine, "T.WALLET-13");
        var citizen = engine.CreateClient();
        citizen.DefaultRequestHeaders.Add("X-Tracking-Secret", delivery.Walk.Secret);

        var shown = (await citizen.ReadAsync($"/tracking/{delivery.Walk.Code}/wallet-deliveries")).EnumerateArray().Single();
        var offer = await citizen.SendAsync($"/tracking/{delivery.Walk.Code}/wallet-deliveries/{shown.Text("id")}/offers", new JsonObject()).JsonAsync();

        Assert.Equal(("Trích lục khai sinh", true), (shown.Text("name"), shown.GetProperty("mayBeFetched").GetBoolean()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, offer.GetProperty("code").ValueKind);
        Assert.Equal("•••••••001", offer.Text("sentTo"));
        Assert.StartsWith("<svg", offer.Text("picture"), StringComparison.Ordinal);
        Assert.NotEmpty(await delivery.Wallet.TokenAsync(await delivery.Wallet.CodeAsync(offer.Text("link")), await delivery.SentCodeAsync()));
        var stranger = engine.CreateClient();
        await (await stranger.SendAsync($"/tracking/{delivery.Walk.Code}/wallet-deliveries/{delivery.Id}/offers", new JsonObject())).ShouldBeProblemAsync(HttpStatusCode.NotFound, "TRACKING_NOT_FOUND");
    }

    [Fact]
    public async Task Without_a_telephone_number_the_code_is_handed_over_on_paper()
    {
        var delivery = await WalletDelivery.ReadyAsync(engine, "T.WALLET-14", request => request["applicant"]!.AsObject().Remove("phone"));
        var citizen = engine.CreateClient();
        citizen.DefaultRequestHeaders.Add("X-Tracking-Secret", delivery.Walk.Secret);
        await (await citizen.SendAsync($"/tracking/{delivery.Walk.Code}/wallet-deliveries/{delivery.Id}/offers", new JsonObject())).ShouldBeRefusedAsync("WALLET_PHONE_MISSING");

        var offer = await delivery.OfferAsync();

        Assert.NotEmpty(await delivery.Wallet.TokenAsync(await delivery.Wallet.CodeAsync(offer.Text("link")), offer.Text("code")));
    }

    private async Task ShouldBeGoneAsync(string link) => Assert.Equal(HttpStatusCode.NotFound, (await engine.CreateClient().GetAsync(TestWallet.OfferAddress(link))).StatusCode);

    private VerifiedCredential Verify(string credential)
    {
        var anchors = new System.Security.Cryptography.X509Certificates.X509Certificate2Collection();
        anchors.ImportFromPemFile(Path.Combine(engine.Folder, "wallet", "anchors.pem"));
        return VerifiedCredential.Of(
            SdJwt.Read(credential), [new TrustedIssuer($"{WalletDelivery.Issuer}/vct/birth-certificate-extract/1", WalletDelivery.Issuer, anchors)], engine.Clock.GetUtcNow());
    }

    private async Task<int> StatusAsync(VerifiedCredential verified)
    {
        using var answer = await engine.CreateClient().GetAsync(new Uri(new Uri(verified.Status!.Uri).AbsolutePath, UriKind.Relative));
        Assert.Equal(StatusListToken.MediaType, answer.Content.Headers.ContentType?.MediaType);
        var anchors = new System.Security.Cryptography.X509Certificates.X509Certificate2Collection();
        anchors.ImportFromPemFile(Path.Combine(engine.Folder, "wallet", "anchors.pem"));
        return StatusListToken.Read(await answer.Content.ReadAsStringAsync(), verified.Status.Uri, anchors, engine.Clock.GetUtcNow())[verified.Status.Index];
    }

    private async Task<IEnumerable<string>> LedgerAsync(WalletDelivery delivery, string act)
    {
        await using var db = engine.Open();
        var id = Guid.Parse(delivery.Walk.Id);
        return (await db.Ledger.Where(line => line.DossierId == id).Select(line => line.Act).ToListAsync()).Select(one => one.ToString()).Where(one => one == act);
    }
}
