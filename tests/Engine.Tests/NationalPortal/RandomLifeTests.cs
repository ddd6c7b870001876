using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Tests.NationalPortal;
using Xunit.Abstractions;

namespace PublicService.Engine.Tests.NationalPortal;

/// <summary>100 dossiers, a portal that misbehaves in every way it can, an engine that is stopped again and again.</summary>
public abstract class RandomLifeTests(PortalHost host, ITestOutputHelper output)
{
    [Fact]
    public async Task In_the_end_the_portal_knows_every_dossier_as_it_is_in_order_and_nothing_is_lost()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var dossiers = new RandomDossiers(seed);
        var trouble = new Random(seed);
        var node = host;
        node.Portal.Behave = () => Choose(trouble);
        for (var round = 0; round < 8; round++)
        {
            for (var click = 0; click < 100; click++)
            {
                node.Clock.Jump(TimeSpan.FromSeconds(1 + dossiers.Next(3000)));
                if (dossiers.Ids.Count < 100 && (dossiers.Ids.Count < 5 || dossiers.Next(3) == 0))
                {
                    await dossiers.SubmitAsync(node.Services);
                }
                else
                {
                    await dossiers.ActAsync(node.Services);
                }
            }

            // In the middle of whatever the sender is doing now.
            node = await node.RestartAsync();
        }

        await dossiers.CorrectAsync(node.Services);
        node.Portal.Behave = () => Trouble.None;
        await node.DrainAsync();

        Assert.Equal(100, dossiers.Ids.Count);
        Assert.Empty(node.Portal.Refusals);
        await using var db = node.Open();
        var codes = new HashSet<string>();
        foreach (var id in dossiers.Ids)
        {
            var dossier = await db.Dossiers.AsNoTracking().SingleAsync(one => one.Id == id);
            var ledger = await db.Ledger.AsNoTracking().Where(line => line.DossierId == id).OrderBy(line => line.Sequence).ToListAsync();
            Assert.True(codes.Add(dossier.Code));
            Compare(dossier, ledger, node.Portal.Entries[dossier.Code]);
        }

        Assert.Equal(codes.Count, node.Portal.Entries.Count);
        await node.DisposeAsync();
    }

    /// <summary>The portal's book against our ledger, by the words of the wire format.</summary>
    private static void Compare(Dossier dossier, List<LedgerEntry> ledger, PortalEntry entry)
    {
        Assert.Equal(SyncStatus.Synced, dossier.SyncStatus);
        var statuses = new List<string>();
        foreach (var line in ledger.Where(line => line.Act is not (LedgerAct.SyncConfirmed or LedgerAct.SyncRejected)))
        {
            var status = ((int)line.StatusAfter).ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (statuses.LastOrDefault() != status)
            {
                statuses.Add(status);
            }
        }

        Assert.Equal(statuses, entry.Statuses);
        Assert.Equal(Wall(dossier.ReceivedAt), entry.State["NgayTiepNhan"]!.ToString());
        Assert.Equal(Wall(ledger.Last(line => line.Act is not (LedgerAct.SyncConfirmed or LedgerAct.SyncRejected)).DueAfter), entry.State["NgayHenTra"]!.ToString());
        Assert.Equal(Wall(dossier.ReturnedAt), entry.State["NgayTra"]!.ToString());
        var ends = ledger.LastOrDefault(line => line.Act is LedgerAct.Finished or LedgerAct.NotAccepted or LedgerAct.Withdrawn or LedgerAct.Stopped);
        Assert.Equal(dossier.IsOpen ? "" : Wall(ends!.At), entry.State["NgayKetThucXuLy"]!.ToString());
        Assert.Equal(ledger.Count(line => line.Act is LedgerAct.SupplementRequested), entry.State["DanhSachHoSoBoSung"]!.AsArray().Count);

        // Each task is named after its line, so a lost or doubled one would show.
        var tasks = ledger.Where(line => line.Act is LedgerAct.TaskCompleted).Select(line => System.Text.Json.Nodes.JsonNode.Parse(line.Data!)!["outcome"]!.ToString());
        var told = entry.Progress.Select(text => System.Text.Json.Nodes.JsonNode.Parse(text)!["NoiDungXuLy"]!.ToString()).Where(text => text.StartsWith("Thẩm tra: ", StringComparison.Ordinal));
        Assert.Equal(tasks, told.Select(text => text["Thẩm tra: ".Length..]));
    }

    private static string Wall(DateTimeOffset? at) =>
        at?.ToOffset(TimeSpan.FromHours(7)).ToString("yyyyMMddHHmmss", System.Globalization.CultureInfo.InvariantCulture) ?? "";

    private static Trouble Choose(Random random)
    {
        lock (random)
        {
            return random.Next(100) switch
            {
                < 60 => Trouble.None,
                < 65 => Trouble.Html,
                < 70 => Trouble.Truncated,
                < 75 => Trouble.WrongContentType,
                < 80 => Trouble.ServerError,
                < 85 => Trouble.Reset,
                < 90 => Trouble.LostAnswer,
                < 94 => Trouble.Doubled,
                < 97 => Trouble.Expired,
                < 98 => Trouble.Slow,
                _ => Trouble.Busy,
            };
        }
    }
}

public sealed class RandomLifeOnSqliteTests(PortalHost host, ITestOutputHelper output) : RandomLifeTests(host, output), IClassFixture<PortalHost>;

public sealed class RandomLifeOnPostgresTests(PostgresPortalHost host, ITestOutputHelper output) : RandomLifeTests(host, output), IClassFixture<PostgresPortalHost>;
