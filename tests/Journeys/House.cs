using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using PublicService.Benchmarks.Setup;

namespace PublicService.Journeys;

/// <summary>Engine and designer as <c>run.sh</c> starts them, each a process of its own over an empty database, and one browser.</summary>
public sealed class House : IAsyncLifetime
{
    public const string Password = "demo-Quang-Ninh";

    private static readonly Dictionary<string, string?> Build =
        typeof(House).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().ToDictionary(one => one.Key, one => one.Value);

    private readonly TemporaryFolder folder = new();
    private ChildHost? engine;
    private ChildHost? designer;
    private IPlaywright? playwright;

    /// <summary>Top folder of the repository.</summary>
    public static string Root { get; } = Build["Root"]!;

    /// <summary>Screenshots of a run; git ignores it, the build machine keeps it.</summary>
    public static string Shots { get; } = Path.Combine(Root, "TestResults", "journeys");

    public Uri Engine => engine!.Http.BaseAddress!;

    public Uri Designer => designer!.Http.BaseAddress!;

    public IBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var port = ChildHost.FreePort();
        engine = ChildHost.StartEngine(
            folder.Path, "--demo", "--workflows", Path.Combine(Root, "workflows"), "--Printing:Sandbox=false", "--Studio:Origins:0", $"http://127.0.0.1:{port}");
        designer = ChildHost.Start(
            Path.Combine(Root, "src", "Designer", "bin", Build["Built"]!, "PublicService.Designer.dll"), port, "/health/live",
            "--Designer:Engine", engine.Http.BaseAddress!.ToString(), "--Designer:Data", folder.Path);
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium(),
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        await Task.WhenAll(engine.WaitUntilReadyAsync(), designer.WaitUntilReadyAsync());
    }

    /// <summary>Somebody sits down at a screen, signed in.</summary>
    public async Task<Visit> VisitAsync(string userName, int width = 1600, int height = 950)
    {
        var visit = await StrangerAsync(width, height);
        await visit.SignInAsync(userName);
        return visit;
    }

    /// <summary>Somebody sits down at a screen.</summary>
    public async Task<Visit> StrangerAsync(int width = 1600, int height = 950)
    {
        var context = await Browser.NewContextAsync(new() { BaseURL = Designer.ToString(), Locale = "vi-VN", ViewportSize = new() { Width = width, Height = height } });
        return new Visit(context, await context.NewPageAsync());
    }

    /// <summary>The engine's API for a program that has signed in.</summary>
    public async Task<HttpClient> ClientAsync(string userName)
    {
        var client = new HttpClient { BaseAddress = Engine };
        using var reply = await client.PostAsJsonAsync("/api/v1/sign-in", new { userName, password = Password });
        reply.EnsureSuccessStatusCode();
        var signedIn = await reply.Content.ReadFromJsonAsync<JsonObject>();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", signedIn!["accessToken"]!.ToString());
        return client;
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        playwright!.Dispose();
        await designer!.DisposeAsync();
        await engine!.DisposeAsync();
        folder.Dispose();
    }

    private static string Chromium() =>
        (from name in new[] { "chromium", "chromium-browser", "google-chrome" }
         from place in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
         select Path.Combine(place, name)).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("Chromium is missing: apt-get install -y chromium");
}

/// <summary>All journeys share one house and go one after another.</summary>
[CollectionDefinition(nameof(House))]
public sealed class HouseCollection : ICollectionFixture<House>;
