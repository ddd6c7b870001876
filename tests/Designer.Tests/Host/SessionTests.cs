using System.Net;
using System.Net.Http.Headers;
using PublicService.Engine.Tests.Http;

namespace PublicService.Designer.Tests.Host;

/// <summary>Who gets in, what a page is given, and how a session ends.</summary>
public sealed class SessionTests(StudioHost host) : IClassFixture<StudioHost>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/studio/workflows/definitions")]
    public async Task Who_is_not_signed_in_is_sent_to_sign_in_and_comes_back(string page)
    {
        var browser = host.Browser();
        using var sent = await browser.GetAsync(page);
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        Assert.Equal("/dang-nhap?ve=" + Uri.EscapeDataString(page), sent.Headers.Location!.PathAndQuery);

        using var signedIn = await browser.SignInAsync("quantri", back: page);
        Assert.Equal(page, signedIn.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(page)).StatusCode);
    }

    [Fact]
    public async Task An_address_of_another_place_is_not_followed_after_sign_in()
    {
        using var answer = await host.Browser().SignInAsync("quantri", back: "https://xau.example/");
        Assert.Equal("/", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_wrong_password_is_said_and_opens_nothing()
    {
        var browser = host.Browser();
        using var answer = await browser.SignInAsync("quantri", "sai");
        Assert.Contains("không đúng", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/session/token")).StatusCode);
    }

    [Fact]
    public async Task A_form_without_its_token_is_not_taken()
    {
        using var answer = await host.Browser().PostAsync("/dang-nhap", new FormUrlEncodedContent([new("userName", "quantri"), new("password", "x")]));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task An_officer_is_refused()
    {
        var browser = await host.BrowserAsync("chuyen-vien.phuong-hong-gai");
        using var sent = await browser.GetAsync("/studio/workflows/definitions");
        Assert.StartsWith("/khong-co-quyen", sent.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
        Assert.Contains("Không có quyền", await browser.GetStringAsync("/khong-co-quyen"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_of_other_sites()
    {
        using var answer = await host.Browser().SignInAsync("quantri");
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("designer=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_page_gets_a_short_lived_token_that_is_renewed_before_it_ends()
    {
        var browser = await host.BrowserAsync("quantri");
        var first = await TokenAsync(browser);
        Assert.Equal(first, await TokenAsync(browser));

        host.Clock.Jump(TimeSpan.FromMinutes(14));
        var second = await TokenAsync(browser);
        Assert.NotEqual(first, second);
        var engine = host.Engine.CreateClient();
        engine.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", second);
        Assert.Equal(HttpStatusCode.OK, (await engine.GetAsync("/elsa/api/features/installed")).StatusCode);

        using var answer = await browser.GetAsync("/session/token");
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task After_signing_out_there_is_no_token()
    {
        var browser = await host.BrowserAsync("quantri");
        using var answer = await browser.SendFormAsync("/", "/dang-xuat", []);
        Assert.Equal("/dang-nhap", answer.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/session/token")).StatusCode);
    }

    private static async Task<string> TokenAsync(HttpClient browser) => (await (await browser.GetAsync("/session/token")).JsonAsync()).GetProperty("value").GetString()!;
}
