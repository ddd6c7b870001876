using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Engine.Seeding;
using PublicService.Engine.Tests.Fixtures;

namespace PublicService.Engine.Tests.Http;

/// <summary>The whole engine in this process: real SQLite in a temporary folder, demo people, a clock the test moves (Friday 20/11/2026 08:00).</summary>
public class EngineHost : WebApplicationFactory<EngineOptions>, IAsyncLifetime
{
    private readonly Dictionary<string, string?> settings = [];

    public FakeClock Clock { get; } = new();

    public string Folder { get; private set; } = Directory.CreateTempSubdirectory("publicservice-host-").FullName;

    /// <summary>Takes a setting of the configuration; before the first request.</summary>
    public EngineHost With(string name, string? value)
    {
        settings[name] = value;
        return this;
    }

    /// <summary>A second start over the same data.</summary>
    public EngineHost Again() => new() { Folder = Folder };

    public virtual Task InitializeAsync() => Task.CompletedTask;

    /// <summary>A client of a demo person, signed in.</summary>
    public async Task<HttpClient> AsAsync(string userName, string password = DemoPeople.Password)
    {
        var client = CreateClient();
        using var response = await client.PostAsJsonAsync("/api/v1/sign-in", new { userName, password });
        response.EnsureSuccessStatusCode();
        var reply = await response.Content.ReadFromJsonAsync<JsonElement>();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", reply.GetProperty("accessToken").GetString());
        return client;
    }

    /// <summary>Id of a person by full user name.</summary>
    public async Task<string> PersonIdAsync(string userName)
    {
        using var me = await AsAsync(userName);
        return (await me.GetFromJsonAsync<JsonElement>("/api/v1/me")).GetProperty("id").GetString()!;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Engine:Data", Folder);
        builder.UseSetting("Engine:Demo", "true");
        builder.UseSetting("Logging:LogLevel:Default", "Error");
        foreach (var (name, value) in settings)
        {
            builder.UseSetting(name, value);
        }

        builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(Clock));
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        for (var attempt = 1; Directory.Exists(Folder); attempt++)
        {
            try
            {
                Directory.Delete(Folder, recursive: true);
            }
            catch (IOException) when (attempt < 20)
            {
                // A file the engine was just writing appeared in a folder that was being emptied.
                await Task.Delay(100);
            }
        }
    }
}

/// <summary>The same on a real PostgreSQL.</summary>
public sealed class PostgresEngineHost : EngineHost
{
    public override async Task InitializeAsync() => With("Engine:Postgres", await (await PostgresServer.GetAsync()).CreateDatabaseAsync());
}
