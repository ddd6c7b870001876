using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Engine.Outbox;
using PublicService.Engine.Running;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Fixtures;
using PublicService.Tests.NationalPortal;

namespace PublicService.Engine.Tests.NationalPortal;

/// <summary>The engine beside a simulated portal; it can be stopped at any moment and started again over the same data.</summary>
public class PortalHost : OneStop
{
    private readonly PortalHost? before;
    private string? postgres;

    public PortalHost()
    {
    }

    private PortalHost(PortalHost before)
    {
        this.before = before;
        Directory.Delete(Folder);
        Clock.Jump(before.Clock.GetUtcNow() - Clock.GetUtcNow());
    }

    public PortalSimulator Portal { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        Portal = before?.Portal ?? await PortalSimulator.StartAsync();
        postgres = before is null ? await PostgresAsync() : before.postgres;
        With("NationalPortal:Url", Portal.Url.ToString())
            .With("NationalPortal:UserName", "quangninh")
            .With("NationalPortal:Password", "secret")
            .With("NationalPortal:Agency", "H49")
            .With("NationalPortal:FileUrl", "https://motcua.example.vn/")
            .With("NationalPortal:Timeout", TimeSpan.FromSeconds(2).ToString("c", CultureInfo.InvariantCulture));
        if (before is not null)
        {
            With("Engine:Data", before.DataFolder);
        }

        if (postgres is not null)
        {
            With("Engine:Postgres", postgres);
        }
    }

    public string DataFolder => before?.DataFolder ?? Folder;

    /// <summary>Stops this engine, whatever it is doing, and starts another over the same data and the same portal.</summary>
    public async Task<PortalHost> RestartAsync()
    {
        await DisposeAsync();
        var next = new PortalHost(this);
        await next.InitializeAsync();
        return next;
    }

    /// <summary>Sends until nothing is left; hours pass where a message waits for its next attempt.</summary>
    public async Task DrainAsync()
    {
        List<string?> errors = [];
        for (var round = 0; round < 60; round++)
        {
            await Services.GetRequiredService<OutboxSender>().SendDueAsync();
            await using var db = Open();
            errors = await db.Outbox.Where(row => row.Kind == DossierFacts.PortalKind && row.SentAt == null).Select(row => row.Error).ToListAsync();
            if (errors.Count == 0)
            {
                return;
            }

            Clock.Jump(TimeSpan.FromMinutes(65));
        }

        Assert.Fail($"{errors.Count} messages never left: {string.Join("; ", errors.Distinct())}");
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected virtual Task<string?> PostgresAsync() => Task.FromResult<string?>(null);
}

/// <summary>The same on a real PostgreSQL.</summary>
public sealed class PostgresPortalHost : PortalHost
{
    protected override async Task<string?> PostgresAsync() => await (await PostgresServer.GetAsync()).CreateDatabaseAsync();
}
