using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Storage;
using PublicService.Engine.Supervision;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Supervision;

/// <summary>After a random life every number of the boards is what plain SQL over the raw tables says, and as long as the list behind it.</summary>
public abstract class SupervisionNumbersTests(OneStop engine) : SupervisedTests(engine)
{
    private const int Seed = 20261121;
    private const int Life = 240;

    /// <summary>Status of an open dossier, the band judged where its clock stands.</summary>
    private const string Open = "business_status in ('Registered','Received','InProgress','AwaitingSupplement','AwaitingPayment')";

    private readonly OneStop engine = engine;

    private long Now => engine.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    [Fact]
    public async Task Every_number_equals_plain_sql_and_the_length_of_its_list()
    {
        var life = new RandomLife(engine, Seed);
        await life.LiveAsync(Life);
        Assert.True(life.Clicks - life.Refused > Life * 2, $"{life.Refused} of {life.Clicks} clicks were refused: too little happened.");
        var province = await engine.SomebodyAsync("giamsat");
        var period = Period();

        foreach (var (viewer, office) in new[] { (province, null), (province, OneStop.Ward), (await engine.OfficerAsync("lanh-dao"), (string?)null) })
        {
            var where = ReferenceEquals(viewer, province) && office is null ? "1 = 1" : $"competent_office_id = '{OneStop.Ward}'";
            var query = $"{period}{(office is null ? "" : $"&office={office}")}";
            var board = await viewer.ReadAsync($"/supervision/board?{query}");
            await CompareAsync(viewer, board.GetProperty("total"), where, query);
            foreach (var row in board.List("rows"))
            {
                await CompareAsync(viewer, row.GetProperty("counts"), $"{where} and competent_office_id = '{row.Text("id")}'", query, row.Text("id"), lists: false);
            }

            foreach (var row in (await viewer.ReadAsync($"/supervision/board?by=Procedure&{query}")).List("rows"))
            {
                await CompareAsync(viewer, row.GetProperty("counts"), $"{where} and procedure_code = '{row.Text("id")}'", query, lists: false);
            }
        }

        await CompareOfficersAsync(province, period);
        await CompareFlowsAsync(province, period);
        await CompareBandsAsync(province);
        await CompareWatchesAsync();
        await CompareRecountAsync();
    }

    /// <summary>From the fourth day to yesterday, so that a wrong edge shows.</summary>
    private string Period() => $"from=2026-11-23&to={VietnamTime.DateOf(engine.Clock.GetUtcNow()).AddDays(-1):yyyy-MM-dd}";

    private async Task CompareAsync(HttpClient viewer, JsonElement counts, string where, string query, string? office = null, bool lists = true)
    {
        var (from, end) = Period(query);
        var (today, tomorrow) = (Day(engine.Clock.GetUtcNow(), 0), Day(engine.Clock.GetUtcNow(), 1));
        var nextDay = DateOnly.Parse((await viewer.ReadAsync($"/supervision/board?{query}")).Text("nextWorkingDay"), CultureInfo.InvariantCulture);
        var (nextFrom, nextEnd) = (Start(nextDay), Start(nextDay.AddDays(1)));
        var judged = $"coalesce(paused_from, {Now})";
        var expected = new Dictionary<string, string>
        {
            ["open"] = Open,
            ["waiting"] = $"{Open} and received_at is null",
            ["noPromise"] = $"{Open} and received_at is not null and due_at is null",
            ["overdue"] = $"{Open} and due_at < {judged}",
            ["dueSoon"] = $"{Open} and due_at >= {judged} and soon_at <= {judged}",
            ["inTime"] = $"{Open} and due_at >= {judged} and soon_at > {judged}",
            ["paused"] = $"{Open} and paused_from is not null",
            ["dueNextDay"] = $"{Open} and paused_from is null and due_at >= {nextFrom} and due_at < {nextEnd}",
            ["receivedToday"] = $"received_at >= {today} and received_at < {tomorrow}",
            ["returnedToday"] = $"returned_at >= {today} and returned_at < {tomorrow}",
            ["received"] = $"received_at >= {from} and received_at < {end}",
            ["returned"] = $"returned_at >= {from} and returned_at < {end}",
            ["finishedEarly"] = $"finished_at >= {from} and finished_at < {end} and (finished_at + 25200000) / 86400000 < (due_at + 25200000) / 86400000",
            ["finishedOnTime"] = $"finished_at >= {from} and finished_at < {end} and finished_at <= due_at and (finished_at + 25200000) / 86400000 = (due_at + 25200000) / 86400000",
            ["finishedLate"] = $"finished_at >= {from} and finished_at < {end} and finished_at > due_at",
            ["finishedNoPromise"] = $"finished_at >= {from} and finished_at < {end} and due_at is null",
        };
        foreach (var (name, condition) in expected)
        {
            var plain = await CountAsync($"select count(*) from dossiers where {where} and {condition}");
            Assert.True(plain == counts.Number(name), $"{name} at {where} {office}: the board says {counts.Number(name)}, plain SQL {plain}.");
            if (lists && !name.EndsWith("Today", StringComparison.Ordinal))
            {
                Assert.Equal(plain, (await ListAsync(viewer, $"/supervision/dossiers?group={Pascal(name)}&{query}")).Count);
            }
        }
    }

    private async Task CompareOfficersAsync(HttpClient viewer, string query)
    {
        var (from, end) = Period(query);
        var done = "state = 'Completed' and office_id is not null and dossier_id is not null and role <> 'CONG_DAN'";
        var open = "state = 'Open' and office_id is not null and dossier_id is not null and role <> 'CONG_DAN'";
        var rows = (await viewer.ReadAsync($"/supervision/officers?{query}")).List("rows").ToList();
        Assert.True(rows.Count > 5);
        Assert.Equal(await CountAsync($"select count(*) from tasks where {open}"), rows.Sum(row => row.Number("open")));
        foreach (var row in rows)
        {
            var officer = row.GetProperty("officerId").GetString();
            var held = $"office_id = '{row.Text("officeId")}' and {(officer is null ? "assignee_id is null" : $"assignee_id = '{officer}'")}";
            var by = $"office_id = '{row.Text("officeId")}' and completed_by = '{officer}' and completed_at >= {from} and completed_at < {end}";
            var lists = $"office={row.Text("officeId")}&officer={officer ?? "none"}&{query}";
            await SameAsync("open", $"{open} and {held}");
            await SameAsync("overdue", $"{open} and {held} and due_at < {Now}");
            await SameAsync("dueSoon", $"{open} and {held} and due_at >= {Now} and soon_at <= {Now}");
            await SameAsync("doneInTime", $"{done} and {by} and (due_at is null or due_at >= completed_at)");
            await SameAsync("doneLate", $"{done} and {by} and due_at < completed_at");

            async Task SameAsync(string name, string condition)
            {
                var plain = await CountAsync($"select count(*) from tasks where {condition}");
                Assert.True(plain == row.Number(name), $"{name} of {row}: plain SQL says {plain}.");
                if (officer is not null || !name.StartsWith("done", StringComparison.Ordinal))
                {
                    Assert.Equal(plain, (await ListAsync(viewer, $"/supervision/tasks?group={Pascal(name)}&{lists}")).Count);
                }
            }
        }
    }

    private async Task CompareFlowsAsync(HttpClient viewer, string query)
    {
        var (from, end) = Period(query);
        var flows = (await viewer.ReadAsync($"/supervision/flows?{query}")).EnumerateArray().ToList();
        Assert.NotEmpty(flows);
        foreach (var flow in flows)
        {
            var pair = $"receiving_office_id = '{flow.Text("receivingOfficeId")}' and competent_office_id = '{flow.Text("competentOfficeId")}'";
            Assert.Equal(await CountAsync($"select count(*) from dossiers where {pair} and received_at >= {from} and received_at < {end}"), flow.Number("received"));
            Assert.Equal(await CountAsync($"select count(*) from dossiers where {pair} and finished_at >= {from} and finished_at < {end} and finished_at > due_at"), flow.Number("finishedLate"));
        }

        Assert.Equal(
            await CountAsync($"select count(*) from dossiers where receiving_office_id <> competent_office_id and received_at >= {from} and received_at < {end}"), flows.Sum(flow => flow.Number("received")));
    }

    /// <summary>The band and the minutes of each open and finished dossier are those of the legal clock, which reads the ledger alone.</summary>
    private async Task CompareBandsAsync(HttpClient viewer)
    {
        await using var db = engine.Open();
        var (calendars, now) = (engine.Services.GetRequiredService<CalendarDirectory>(), engine.Clock.GetUtcNow());
        var bands = new HashSet<Band>();
        foreach (var group in new[] { "Open", "FinishedEarly", "FinishedOnTime", "FinishedLate" })
        {
            foreach (var row in await ListAsync(viewer, $"/supervision/dossiers?group={group}&from=2026-11-01"))
            {
                var dossier = await db.Dossiers.AsNoTracking().FirstAsync(one => one.Id == row.GetProperty("id").GetGuid());
                var ledger = await db.Ledger.AsNoTracking().Where(line => line.DossierId == dossier.Id).ToListAsync();
                var calendar = dossier.CalendarId is { } id ? calendars.Version(id, dossier.CalendarVersion)! : calendars.For(dossier.CompetentOfficeId, VietnamTime.DateOf(now));
                var clock = LegalClock.Read(ledger, dossier.Limit, calendar, now);
                Assert.Equal((clock.Band.ToString(), clock.RemainingMinutes), (row.Text("band"), row.GetProperty("remainingMinutes").ValueKind is JsonValueKind.Null ? null : row.Number("remainingMinutes")));
                bands.Add(clock.Band);
            }
        }

        Assert.Superset(new HashSet<Band> { Band.NotStarted, Band.InTime, Band.DueSoon, Band.Overdue, Band.FinishedLate }, bands);
    }

    /// <summary>Whatever runs is watched, unless everybody was told already; nothing else is. Each level was told once.</summary>
    private async Task CompareWatchesAsync()
    {
        await using var db = engine.Open();
        var running = (await db.Dossiers.AsNoTracking().Open().Where(dossier => dossier.DueAt != null && dossier.PausedFrom == null).ToListAsync())
            .ToDictionary(dossier => dossier.Id.ToString(), dossier => dossier.DueAt!.Value);
        foreach (var task in await db.Tasks.AsNoTracking().Open().Where(task => task.DueAt != null && task.DossierId != null && task.Role != "CONG_DAN").ToListAsync())
        {
            running[task.Id] = task.DueAt!.Value;
        }

        var watches = (await db.Watches.AsNoTracking().ToListAsync()).ConvertAll(watch => (Id: watch.DossierId.ToString(), watch.DueAt));
        watches.AddRange((await db.Tasks.AsNoTracking().Where(task => task.WatchAt != null).ToListAsync()).Select(task => (task.Id, task.DueAt!.Value)));
        var events = await db.Set<DeadlineEventRow>().AsNoTracking().ToListAsync();
        Assert.All(watches, watch => Assert.Equal(running[watch.Id], watch.DueAt));
        var toldOut = events.Where(one => one.Level == 3).Select(one => (one.SubjectId, one.DueAt)).ToHashSet();
        Assert.Equal(
            running.Where(pair => !toldOut.Contains((pair.Key, pair.Value))).Select(pair => pair.Key).Order(StringComparer.Ordinal),
            watches.Select(watch => watch.Id).Order(StringComparer.Ordinal));
        Assert.Equal(events.Count, events.Select(one => (one.SubjectId, one.DueAt, one.Level)).Distinct().Count());
        Assert.All(events.Where(one => one.Level == 1), one => Assert.True(one.At > one.DueAt));
        Assert.Contains(events, one => one.Level == 1 && one.TaskId is null);
        foreach (var breach in events.Where(one => one is { Level: 1, TaskId: null }))
        {
            var due = breach.DueAt.ToUniversalTime();
            var lines = await db.Ledger.AsNoTracking().Where(line => line.DossierId == breach.DossierId && line.Act == LedgerAct.DeadlineBreached).ToListAsync();
            Assert.Single(lines, line => line.Data is null && line.DueAfter == due);
        }
    }

    /// <summary>The days kept click by click are those that the migration counts from the raw tables.</summary>
    private async Task CompareRecountAsync()
    {
        var kept = await DaysAsync();
        await using var db = engine.Open();
        var name = $"PublicService.Engine.Storage.Migrations.{(db.Database.IsNpgsql() ? "Postgres" : "Sqlite")}.0009-supervision.sql";
        using var script = new StreamReader(typeof(EngineDb).Assembly.GetManifestResourceStream(name)!);
        var text = await script.ReadToEndAsync();
        var recount = "delete from supervision_days; delete from officer_days; delete from watches;" + text[text.IndexOf("-- Recount", StringComparison.Ordinal)..];
        await db.Database.ExecuteSqlRawAsync(recount);

        Assert.NotEmpty(kept);
        Assert.Equal(kept, await DaysAsync());
    }

    private async Task<List<string>> DaysAsync()
    {
        await using var db = engine.Open();
        var days = await db.Set<SupervisionDayRow>().AsNoTracking().ToListAsync();
        var officers = await db.Set<OfficerDayRow>().AsNoTracking().ToListAsync();
        return [.. days.Where(day => (day.Received, day.FinishedEarly, day.FinishedOnTime, day.FinishedLate, day.FinishedNoPromise, day.Returned) != default)
            .Select(day => $"{day.Day:O} {day.OfficeId} {day.ReceivingOfficeId} {day.ProcedureCode} {day.Received} {day.FinishedEarly} {day.FinishedOnTime} {day.FinishedLate} {day.FinishedNoPromise} {day.Returned}")
            .Concat(officers.Select(day => $"{day.Day:O} {day.OfficeId} {day.OfficerId} {day.ProcedureCode} {day.DoneInTime} {day.DoneLate}"))
            .Order(StringComparer.Ordinal)];
    }

    private static async Task<List<JsonElement>> ListAsync(HttpClient viewer, string path)
    {
        var all = new List<JsonElement>();
        for (string? next = ""; next is not null;)
        {
            var page = await viewer.ReadAsync($"{path}&size=37&cursor={Uri.EscapeDataString(next)}");
            all.AddRange(page.List("items"));
            next = page.GetProperty("next").GetString();
        }

        Assert.Equal(all.Count, all.Select(one => one.Text("id")).Distinct().Count());
        return all;
    }

    private async Task<int> CountAsync(string sql)
    {
        await using var db = engine.Open();
        await db.Database.OpenConnectionAsync();
        await using DbCommand command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt32(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private static (long From, long End) Period(string query)
    {
        var parts = query.Split('&').Select(part => part.Split('=')).ToDictionary(part => part[0], part => part[1]);
        return (Start(DateOnly.Parse(parts["from"], CultureInfo.InvariantCulture)), Start(DateOnly.Parse(parts["to"], CultureInfo.InvariantCulture).AddDays(1)));
    }

    private static long Day(DateTimeOffset now, int plus) => Start(VietnamTime.DateOf(now).AddDays(plus));

    private static long Start(DateOnly day) => VietnamTime.At(day, TimeOnly.MinValue).ToUnixTimeMilliseconds();
}

public sealed class SupervisionNumbersSqliteTests() : SupervisionNumbersTests(new OneStop());

public sealed class SupervisionNumbersPostgresTests() : SupervisionNumbersTests(new PostgresOneStop());
