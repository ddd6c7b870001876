using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Fixtures;

namespace PublicService.Designer.Tests.Host;

/// <summary>The designer's host in this process, before the real engine in this process; both go by one clock.</summary>
public sealed class StudioHost : IAsyncLifetime
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("publicservice-designer-");
    private WebApplicationFactory<DesignerOptions>? host;

    public OneStop Engine { get; } = new();

    public FakeClock Clock => Engine.Clock;

    public Task InitializeAsync()
    {
        Engine.With("Engine:Access:AccessTokenLifetime", "00:15:00");
        host = new WebApplicationFactory<DesignerOptions>().WithWebHostBuilder(builder =>
        {
            builder.UseSetting("Designer:Data", data.FullName);
            builder.UseSetting("Designer:PublicEngine", "https://engine.example.vn:8443");
            builder.UseSetting("Logging:LogLevel:Default", "Error");
            builder.ConfigureTestServices(services =>
            {
                services.AddSingleton<TimeProvider>(Clock);
                services.AddHttpClient<Designer.Engine>().ConfigurePrimaryHttpMessageHandler(() => Engine.Server.CreateHandler());
            });
        });
        return Engine.InitializeAsync();
    }

    /// <summary>A browser that keeps its cookies and does not follow.</summary>
    public HttpClient Browser() => host!.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new("https://localhost") });

    /// <summary>The same, signed in.</summary>
    public async Task<HttpClient> BrowserAsync(string userName)
    {
        var browser = Browser();
        using var answer = await browser.SignInAsync(userName);
        Assert.Equal(System.Net.HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    public async Task DisposeAsync()
    {
        await host!.DisposeAsync();
        await ((IAsyncLifetime)Engine).DisposeAsync();
        data.Delete(recursive: true);
    }
}
