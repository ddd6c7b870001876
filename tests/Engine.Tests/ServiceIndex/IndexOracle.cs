using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Dossiers;
using PublicService.Engine.Running;
using PublicService.Engine.Tests.NationalPortal;
using PublicService.Tests.NationalPortal;

namespace PublicService.Engine.Tests.ServiceIndex;

/// <summary>
/// The items of the index counted a second time, from the tables of dossiers, ledger, papers and results by plain SQL, from the portal's own
/// book, and from the index clock read over each ledger. Never looks at the facts.
/// </summary>
internal sealed class IndexOracle
{
    private static readonly string[] Charging = ["2.000635", "2.001263", "1.013225"];

    /// <summary>Of the four procedures of the population, the one a department decides too.</summary>
    private const string OfDepartments = "2.000635";

    private readonly List<Seen> all = [];

    private sealed record Seen(
        string Procedure, string Office, bool IsOnline, DateTimeOffset? Received, DateTimeOffset? Finished, bool HasPaper, bool HasResult, long Fee,
        bool PaidOnline, bool Verified, PortalEntry? Portal, List<LedgerEntry> Ledger, Dossier Dossier);

    public static async Task<IndexOracle> ReadAsync(PortalHost host)
    {
        var oracle = new IndexOracle();
        await using var db = host.Open();
        var flags = await db.Database.SqlQuery<Flags>($"""
            select d.code as "Code",
                (select count(*) from papers p where p.dossier_id = d.id and p.removed_at is null) as "Papers",
                (select count(*) from results r where r.dossier_id = d.id and r.revoked_at is null and r.code <> '') as "Results",
                (select count(*) from ledger l where l.dossier_id = d.id and l.act = 'PaymentConfirmed' and l.actor_id = 'system') as "PaidOnline",
                (select count(*) from ledger l where l.dossier_id = d.id and l.act = 'DataLookedUp' and l.data like '%"Có dữ liệu"%') as "Verified",
                d.amount_due + d.amount_paid as "Fee"
            from dossiers d
            """).ToDictionaryAsync(row => row.Code);
        foreach (var dossier in await db.Dossiers.AsNoTracking().ToListAsync())
        {
            var ledger = await db.Ledger.AsNoTracking().Where(line => line.DossierId == dossier.Id).OrderBy(line => line.Sequence).ToListAsync();
            var ends = ledger.SkipWhile(line => line.Sequence <= (ledger.FindLast(one => one.Act is LedgerAct.Reopened)?.Sequence ?? 0))
                .FirstOrDefault(line => line.Act is LedgerAct.Finished or LedgerAct.Withdrawn or LedgerAct.Stopped);
            var row = flags[dossier.Code];
            oracle.all.Add(new(
                dossier.ProcedureCode, dossier.CompetentOfficeId, dossier.Channel is Channel.Online, dossier.ReceivedAt,
                dossier.ReceivedAt is null || dossier.IsOpen ? null : ends?.At, row.Papers > 0, row.Results > 0, row.Fee, row.PaidOnline > 0, row.Verified > 0,
                host.Portal.Entries.GetValueOrDefault(dossier.Code), ledger, dossier));
        }

        return oracle;
    }

    /// <summary>Numerator and denominator of every item that counts something.</summary>
    public IReadOnlyDictionary<string, (long Numerator, long Denominator)> Count(PortalHost host, string[]? offices, DateTimeOffset start, DateTimeOffset end, DateTimeOffset now)
    {
        var at = now < end ? now : end;
        var mine = all.Where(one => offices is null || offices.Contains(one.Office)).ToList();
        var received = mine.Where(one => one.Received >= start && one.Received < end).ToList();
        var hand = mine.Where(one => one.Received < end && (one.Finished is null || one.Finished >= start)).ToList();
        var own = received.Where(one => offices is not ["sxd"] || one.Procedure == OfDepartments).ToList();
        var subjects = host.Services.GetRequiredService<DossierSubjects>();
        return new Dictionary<string, (long, long)>
        {
            ["1.4"] = (received.Count(one => Field(one, "NgayTiepNhan").Length > 0), received.Count),
            ["2.1"] = (hand.Count(one => !IsLate(one, subjects.CalendarOf(one.Dossier), at)), hand.Count),
            ["3.3"] = (received.Count(one => one.IsOnline && one.HasResult), received.Count),
            ["3.6"] = (received.Count(one => one.Fee > 0 && one.PaidOnline), received.Count(one => one.Fee > 0)),
            ["4.1"] = (received.Count(one => one.Finished is not null && one.HasResult), received.Count(one => one.Finished is not null)),
            ["4.2"] = (received.Count(one => one.HasPaper && one.HasResult), received.Count),
            ["4.3"] = (received.Count(one => one.HasPaper), received.Count),
            ["4.4"] = (received.Count(one => one.Portal?.State["DanhSachGiayToKetQua"]!.AsArray().Count > 0), received.Count),
            ["4.5a"] = (received.Where(one => one.Verified).Select(one => one.Procedure).Distinct().Count(), received.Select(one => one.Procedure).Distinct().Count()),
            ["4.5b"] = (received.Count(one => one.Verified), received.Count),
            ["3.5a-numerator"] = (own.Where(one => Charging.Contains(one.Procedure) && PortalFee(one) > 0).Select(one => one.Procedure).Distinct().Count(), 0),
            ["3.5b-numerator"] = (own.Where(one => Charging.Contains(one.Procedure) && one.Fee > 0 && one.PaidOnline).Select(one => one.Procedure).Distinct().Count(), 0),
            ["3.2-numerator"] = (own.Where(one => one.IsOnline).Select(one => one.Procedure).Distinct().Count(), 0),
        };
    }

    /// <summary>The index clock today gives promise and finish; what ended after the period or not at all is measured at its end.</summary>
    private static bool IsLate(Seen one, WorkCalendar calendar, DateTimeOffset at)
    {
        var second = one.Ledger.Where(line => line.Act is LedgerAct.SupplementRequested).Skip(1).FirstOrDefault();
        if (second?.At <= at)
        {
            return true;
        }

        var reading = IndexClock.Read(one.Ledger, one.Dossier.Limit, calendar, one.Ledger[^1].At);
        return reading.DueAt is { } due && (reading.EndedAt is { } finish && finish <= at ? finish > due : at > due);
    }

    private static string Field(Seen one, string field) => one.Portal?.State[field]?.ToString() ?? string.Empty;

    private static long PortalFee(Seen one) =>
        one.Portal?.State["DanhSachLePhi"]!.AsArray().Sum(fee => long.Parse(fee!["Gia"]!.ToString(), CultureInfo.InvariantCulture)) ?? 0;

    public sealed class Flags
    {
        public string Code { get; init; } = "";

        public long Papers { get; init; }

        public long Results { get; init; }

        public long PaidOnline { get; init; }

        public long Verified { get; init; }

        public long Fee { get; init; }
    }
}
