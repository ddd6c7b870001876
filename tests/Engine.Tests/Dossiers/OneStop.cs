using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Engine.Directories;
using PublicService.Engine.Jobs;
using PublicService.Engine.Outbox;
using PublicService.Engine.Storage;
using PublicService.Engine.Supervision;
using PublicService.Engine.Tests.Fixtures;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Dossiers;

/// <summary>
/// The whole engine with the workflows of this repository, its demo people, and a clock the test moves (Friday 20 November 2026, 8:00
/// in Viet Nam). Officers are called by role and office, as the demo names them.
/// </summary>
public class OneStop : EngineHost
{
    public const string Ward = "phuong-hong-gai";
    public const string OtherWard = "phuong-ha-long";
    public const string Centre = "ttpvhcc";

    private readonly Dictionary<string, HttpClient> officers = [];

    public OneStop() => With("Engine:Workflows", Path.Combine(Root, "workflows"))
        .With("Engine:Access:AccessTokenLifetime", "30.00:00:00")
        // Chromium refuses to lock its pages in as root.
        .With("Printing:Sandbox", Environment.UserName == "root" ? "false" : "true");

    /// <summary>A signed-in demo officer of an office, remembered: <c>tiep-nhan</c>, <c>chuyen-vien</c>, <c>lanh-dao</c>, <c>van-thu</c>, <c>tra-ket-qua</c>.</summary>
    public Task<HttpClient> OfficerAsync(string word, string office = Ward) => SomebodyAsync($"{word}.{office}");

    public async Task<HttpClient> SomebodyAsync(string userName)
    {
        if (!officers.TryGetValue(userName, out var client))
        {
            officers[userName] = client = await AsAsync(userName);
        }

        return client;
    }

    /// <summary>The officer whose turn it is.</summary>
    public Task<HttpClient> HolderAsync(string role, string office) => OfficerAsync(role switch
    {
        "TIEP_NHAN" => "tiep-nhan",
        "CHUYEN_VIEN" => "chuyen-vien",
        "LD_DON_VI" => "lanh-dao",
        "VAN_THU" => "van-thu",
        "TRA_KQ" => "tra-ket-qua",
        "LD_PHONG" => "truong-phong",
        "PHOI_HOP" => "phoi-hop",
        "THU_PHI" => "thu-phi",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "No demo officer has this role."),
    }, office);

    public EngineDb Open() => Services.GetRequiredService<IDbContextFactory<EngineDb>>().CreateDbContext();

    /// <summary>Lets the outbox and the due timers have their turn.</summary>
    public async Task SettleAsync()
    {
        await Services.GetRequiredService<OutboxSender>().SendDueAsync();
        await Services.GetRequiredService<TimerSweep>().SweepAsync();
        await Services.GetRequiredService<DeadlineSweep>().SweepAsync();
        await Services.GetRequiredService<OutboxSender>().SendDueAsync();
    }

    /// <summary>Rows of every table but the idempotency keys.</summary>
    public async Task<Dictionary<string, long>> CountRowsAsync()
    {
        await using var db = Open();
        var counts = new Dictionary<string, long>();
        foreach (var table in db.Model.GetEntityTypes().Select(type => type.GetTableName()).OfType<string>().Distinct().Order(StringComparer.Ordinal))
        {
            await db.Database.OpenConnectionAsync();
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"select count(*) from {table}";
            counts[table] = Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
        }

        return counts;
    }

    /// <summary>The birth registration of the shared request file, changed as the test likes.</summary>
    public static JsonObject BirthRegistration(Action<JsonObject>? change = null)
    {
        var request = (JsonObject)JsonNode.Parse(File.ReadAllText(Path.Combine(Root, "tests", "Shared", "requests", "khai-sinh.json")))!;
        change?.Invoke(request);
        return request;
    }

    /// <summary>Top folder of the repository.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>The files of all procedures.</summary>
    public static IReadOnlyList<string> Definitions { get; } =
        [.. Directory.GetFiles(Path.Combine(Root, "workflows"), "*.json", SearchOption.AllDirectories).Where(file => !CredentialTypeFiles.IsOne(file)).Order(StringComparer.Ordinal)];

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "PublicService.sln")) ? folder : FindRoot(Directory.GetParent(folder)!.FullName);
}

/// <summary>The same on a real PostgreSQL.</summary>
public sealed class PostgresOneStop : OneStop
{
    /// <summary>For another engine on the same database.</summary>
    public string Connection { get; private set; } = "";

    public override async Task InitializeAsync()
    {
        Connection = await (await PostgresServer.GetAsync()).CreateDatabaseAsync();
        With("Engine:Postgres", Connection);
    }
}
