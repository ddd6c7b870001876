using System.Net;
using System.Text.RegularExpressions;

namespace PublicService.Designer.Tests.Host;

/// <summary>Studio's files as a browser gets them, and what a page may load.</summary>
public sealed partial class BundleTests(StudioHost host) : IClassFixture<StudioHost>
{
    private static readonly string Framework = Path.Combine(AppContext.BaseDirectory, "studio", "_framework");

    [Theory]
    [InlineData("_framework/dotnet.native.*.wasm", "application/wasm", true)]
    [InlineData("_framework/icudt.*.dat", "application/octet-stream", true)]
    [InlineData("_framework/dotnet.js", "text/javascript", false)]
    [InlineData("_framework/blazor.webassembly.js", "text/javascript", false)]
    [InlineData("_content/MudBlazor/MudBlazor.min.css", "text/css", false)]
    public async Task A_file_comes_compressed_under_its_own_type_and_is_kept_as_its_name_allows(string pattern, string type, bool isStamped)
    {
        var path = "/studio/" + Path.GetRelativePath(Path.Combine(AppContext.BaseDirectory, "studio"), Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "studio", Path.GetDirectoryName(pattern)!), Path.GetFileName(pattern)).Single()).Replace('\\', '/');
        foreach (var (offered, encoding) in new[] { ("gzip, deflate, br", "br"), ("gzip", "gzip"), ("", null) })
        {
            var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (offered.Length > 0)
            {
                request.Headers.TryAddWithoutValidation("Accept-Encoding", offered);
            }

            using var answer = await host.Browser().SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
            Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
            Assert.Contains("Accept-Encoding", answer.Headers.Vary);
            Assert.Equal(isStamped ? "public, max-age=31536000, immutable" : "no-cache", answer.Headers.CacheControl!.ToString().Replace("max-age=31536000, public", "public, max-age=31536000", StringComparison.Ordinal));
            var again = new HttpRequestMessage(HttpMethod.Get, path);
            again.Headers.TryAddWithoutValidation("Accept-Encoding", offered);
            again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
            Assert.Equal(HttpStatusCode.NotModified, (await host.Browser().SendAsync(again)).StatusCode);
        }
    }

    [Fact]
    public void Everything_the_host_treats_as_stamped_has_its_print_in_its_name() =>
        Assert.All(
            Directory.GetFiles(Framework, "*", SearchOption.AllDirectories).Select(file => Path.GetFileName(file)!).Where(name => !name.StartsWith("dotnet.js", StringComparison.Ordinal) && !name.StartsWith("blazor.webassembly.js", StringComparison.Ordinal)),
            name => Assert.Matches(Print(), name));

    [Theory]
    [InlineData("/studio/_framework/khong-co.wasm")]
    [InlineData("/studio/_content/khong-co.js")]
    [InlineData("/studio/_framework/..%2f..%2fappsettings.json")]
    public async Task A_file_that_is_missing_is_missing(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await host.Browser().GetAsync(path)).StatusCode);

    [Fact]
    public async Task A_page_loads_from_here_and_from_the_engine_alone()
    {
        var browser = await host.BrowserAsync("giamsat");
        using var page = await browser.GetAsync("/studio/workflows/definitions");
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        var text = await page.Content.ReadAsStringAsync();

        Assert.Contains("default-src 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("connect-src 'self' https://engine.example.vn:8443 wss://engine.example.vn:8443;", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy.Replace("wasm-unsafe-eval", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotMatch("script-src[^;]*unsafe-inline", policy);
        Assert.Equal("nosniff", page.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("data-engine=\"https://engine.example.vn:8443\"", text, StringComparison.Ordinal);
        Assert.DoesNotMatch("<script(?![^>]*\\bsrc=)", text);
        Assert.DoesNotMatch("(?:src|href)=\"(?:https?:)?//", text);
    }

    [GeneratedRegex(@"\.[a-z0-9]{10}\.")]
    private static partial Regex Print();
}
