using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PublicService.Wallet.Jose;

namespace PublicService.Engine.Tests.Wallet;

/// <summary>A citizen's wallet over HTTP. Independent wallets are in tests/Interop; this one is for what must go wrong.</summary>
internal sealed class TestWallet(HttpClient http, string issuer, TimeProvider time)
{
    public const string Grant = "urn:ietf:params:oauth:grant-type:pre-authorized_code";

    private readonly ECParameters key = NewKey();

    public static Uri OfferAddress(string link) => new(new Uri(Uri.UnescapeDataString(link.Split("credential_offer_uri=")[1])).AbsolutePath, UriKind.Relative);

    public async Task<string> CodeAsync(string link)
    {
        using var answer = await http.GetAsync(OfferAddress(link));
        Assert.True(answer.Headers.CacheControl?.NoStore);
        return Read(await answer.Content.ReadAsStringAsync())["grants"]![Grant]!["pre-authorized_code"]!.ToString();
    }

    public Task<HttpResponseMessage> RedeemAsync(string code, string? transactionCode)
    {
        var fields = new Dictionary<string, string> { ["grant_type"] = Grant, ["pre-authorized_code"] = code };
        if (transactionCode is not null)
        {
            fields["tx_code"] = transactionCode;
        }

        return http.PostAsync(new Uri("/vci/token", UriKind.Relative), new FormUrlEncodedContent(fields));
    }

    public async Task<string> TokenAsync(string code, string transactionCode)
    {
        using var answer = await RedeemAsync(code, transactionCode);
        return Read(await answer.Content.ReadAsStringAsync())["access_token"]!.ToString();
    }

    public async Task<string> NonceAsync()
    {
        using var answer = await http.PostAsync(new Uri("/vci/nonce", UriKind.Relative), null);
        return Read(await answer.Content.ReadAsStringAsync())["c_nonce"]!.ToString();
    }

    public Task<HttpResponseMessage> AskAsync(string token, string nonce, string type = "birth-certificate-extract_1") => PostAsync("/vci/credential", token, new JsonObject
    {
        ["credential_configuration_id"] = type,
        ["proofs"] = new JsonObject { ["jwt"] = new JsonArray(Proof(nonce)) },
    });

    /// <summary>The credential and the notification id.</summary>
    public async Task<(string Credential, string Notification)> FetchAsync(string token)
    {
        using var answer = await AskAsync(token, await NonceAsync());
        var body = Read(await answer.Content.ReadAsStringAsync());
        return (body["credentials"]![0]!["credential"]!.ToString(), body["notification_id"]!.ToString());
    }

    public Task<HttpResponseMessage> TellAsync(string token, string notification, string happened = "credential_accepted") =>
        PostAsync("/vci/notification", token, new JsonObject { ["notification_id"] = notification, ["event"] = happened });

    public async Task<HttpResponseMessage> PostAsync(string path, string? token, JsonNode body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await http.SendAsync(request);
    }

    /// <summary>Error of the protocol, with its status.</summary>
    public static async Task<string> ErrorOfAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.Headers.CacheControl?.NoStore, text);
        return $"{(int)answer.StatusCode} {Read(text)["error"]}";
    }

    public static JsonObject Read(string json) => JsonNode.Parse(json) as JsonObject ?? throw new JsonException(json);

    private string Proof(string nonce) => Jws.Sign(
        new JsonObject { ["typ"] = "openid4vci-proof+jwt", ["jwk"] = PublicJwk.Of(key).ToJson() },
        new JsonObject { ["aud"] = issuer, ["iat"] = time.GetUtcNow().ToUnixTimeSeconds(), ["nonce"] = nonce },
        key);

    private static ECParameters NewKey()
    {
        using var fresh = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return fresh.ExportParameters(true);
    }
}
