using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Engine.Directories;
using PublicService.Engine.Observability;
using PublicService.Engine.Seeding;
using PublicService.Engine.Storage;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Observability;

public sealed class StartTests(EngineHost host) : IClassFixture<EngineHost>
{
    [Fact]
    public async Task It_lives_is_ready_and_says_of_what()
    {
        var client = host.CreateClient();

        Assert.Equal("live", await client.GetStringAsync(new Uri("/health/live", UriKind.Relative)));
        var ready = await client.GetJsonAsync("/health/ready");
        Assert.True(ready.GetProperty("ready").GetBoolean());
        Assert.True(ready.GetProperty("parts").GetProperty("database").GetProperty("ok").GetBoolean());
        Assert.True(ready.GetProperty("parts").GetProperty("migrations").GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task A_needed_part_that_fails_makes_it_not_ready_and_an_optional_one_does_not()
    {
        var readiness = host.Services.GetRequiredService<Readiness>();

        readiness.Report(Readiness.JavaScript, false, needed: false, "missing");
        Assert.True((await readiness.CheckAsync(default)).Ready);
        readiness.Report("test", false);
        Assert.False((await readiness.CheckAsync(default)).Ready);
        readiness.Report("test", true);
    }

    [Fact]
    public async Task Metrics_show_requests_and_commits()
    {
        var client = host.CreateClient();
        await client.GetStringAsync(new Uri("/health/ready", UriKind.Relative));

        var metrics = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative));

        Assert.Contains("# TYPE publicservice_commit_duration_seconds histogram", metrics, StringComparison.Ordinal);
        Assert.Contains("publicservice_commit_duration_seconds_bucket{le=\"+Inf\"}", metrics, StringComparison.Ordinal);
        Assert.Contains("http_server_request_duration_seconds_count", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_start_adds_nothing_and_everybody_still_signs_in()
    {
        await using var first = new EngineHost();
        using (await first.AsAsync("tiepnhan"))
        {
        }

        var (people, offices) = await CountAsync(first);
        await first.DisposeAsync();
        await using var second = first.Again();

        Assert.Equal((people, offices), await CountAsync(second));
        using (await second.AsAsync("tiepnhan"))
        {
        }
    }

    [Fact]
    public async Task Without_demo_there_is_nobody_and_the_first_administrator_comes_from_the_configuration()
    {
        await using var empty = new EngineHost().With("Engine:Demo", "false");
        await using var own = new EngineHost().With("Engine:Demo", "false").With("FirstAdmin:UserName", "truong.phong").With("FirstAdmin:Password", "a-long-password");

        Assert.Equal(0, (await CountAsync(empty)).People);
        using var admin = await own.AsAsync("truong.phong", "a-long-password");
        Assert.Equal(1, (await CountAsync(own)).People);
        Assert.Equal(2, (await admin.GetJsonAsync("/api/v1/me")).GetProperty("rights").GetArrayLength());
    }

    [Fact]
    public async Task The_demo_people_are_made_with_one_hash()
    {
        await using var fresh = new EngineHost().With("Engine:Demo", "false");
        using var client = fresh.CreateClient();
        var started = Stopwatch.GetTimestamp();

        var added = await fresh.Services.GetRequiredService<DemoPeople>().AddAsync();

        Assert.True(added > 300, $"{added}");
        // 300 hashes would take far longer than this on any machine.
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20));
        Assert.Equal(0, await fresh.Services.GetRequiredService<DemoPeople>().AddAsync());
    }

    private static async Task<(int People, int Offices)> CountAsync(EngineHost host)
    {
        await using var db = await host.Services.GetRequiredService<IDbContextFactory<EngineDb>>().CreateDbContextAsync();
        return (await db.Users.CountAsync(), await db.Set<OfficeRow>().CountAsync());
    }
}
