using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;
using PublicService.Engine.Tests.NationalPortal;
using Xunit.Abstractions;

namespace PublicService.Engine.Tests.ServiceIndex;

/// <summary>The index preview against a second counting that never looks at the facts, on random dossiers over three months.</summary>
public abstract class ServiceIndexTests(PortalHost engine, ITestOutputHelper output)
{
    private static readonly string[] DossierItems = ["1.4", "2.1", "3.3", "3.6", "4.1", "4.2", "4.3", "4.4", "4.5b"];

    [Fact]
    public async Task Every_item_is_what_a_second_counting_gives_for_every_office_and_month()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        await PopulateAsync(seed);
        var oracle = await IndexOracle.ReadAsync(engine);
        var supervisor = await engine.AsAsync("giamsat");
        var now = engine.Clock.GetUtcNow();
        var compared = 0;
        foreach (var office in (string?[])[null, .. RandomDossiers.Offices])
        {
            foreach (var (period, day, start, end) in Periods())
            {
                var query = $"period={period}&day={day:yyyy-MM-dd}{(office is null ? "" : $"&office={office}")}";
                var reply = await supervisor.ReadAsync($"/service-index?{query}");
                var items = reply.List("items").ToDictionary(item => item.Text("id"));
                foreach (var (id, (numerator, denominator)) in oracle.Count(engine, office is null ? null : [office], start, end, now))
                {
                    var what = $"{id} of {office ?? "all"} in {period} {day}";
                    if (id.EndsWith("-numerator", StringComparison.Ordinal))
                    {
                        Assert.True(items[id.Split('-')[0]].GetProperty("numerator").GetInt64() == numerator, what);
                    }
                    else
                    {
                        Assert.True((numerator, denominator) == Of(items[id]), $"{what}: {numerator}/{denominator} against {Of(items[id])}");
                    }

                    compared++;
                }

                if (period == "Month")
                {
                    await CompareListsAsync(supervisor, query, items);
                }
            }
        }

        Assert.True(compared > 150);
    }

    [Fact]
    public async Task Points_follow_from_the_values_and_what_is_not_measured_is_not_counted()
    {
        var supervisor = await engine.AsAsync("giamsat");
        var reply = await supervisor.ReadAsync("/service-index?period=Year&day=2026-12-01");
        var items = reply.List("items").ToList();
        var total = reply.GetProperty("total");

        Assert.Equal(100m, items.Sum(item => item.GetProperty("maxPoints").GetDecimal()));
        Assert.Equal([18m, 20m, 12m, 10m, 22m, 18m], reply.List("groups").Select(group => group.GetProperty("max").GetDecimal()));
        var counted = items.Where(item => item.Text("state") == "Measured").ToList();
        Assert.Equal(counted.Sum(item => item.GetProperty("points").GetDecimal()), total.GetProperty("points").GetDecimal());
        Assert.Equal(counted.Sum(item => item.GetProperty("maxPoints").GetDecimal()), total.GetProperty("measurableMax").GetDecimal());
        Assert.Equal(100m, total.GetProperty("measurableMax").GetDecimal() + total.GetProperty("notCountedMax").GetDecimal());
        foreach (var id in new[] { "1.1", "1.2", "1.3", "5.2", "5.3" })
        {
            var item = items.Single(one => one.Text("id") == id);
            Assert.Equal("NotMeasured", item.Text("state"));
            Assert.Equal(JsonValueKind.Null, item.GetProperty("points").ValueKind);
            Assert.NotEmpty(item.Text("note"));
        }

        // How the points of this group are split was not found; those of payment were.
        Assert.All(items.Where(item => item.Text("group") == "digitisation"), item => Assert.False(item.GetProperty("maxPointsVerified").GetBoolean()));
        Assert.All(items.Where(item => item.Text("group") == "payment"), item => Assert.True(item.GetProperty("maxPointsVerified").GetBoolean()));
    }

    [Fact]
    public async Task The_history_ends_with_this_month_and_leaders_see_their_own_office_only()
    {
        var leader = await engine.AsAsync($"lanh-dao.{OneStop.Ward}");
        var history = (await leader.ReadAsync("/service-index/history?months=3")).EnumerateArray().ToList();
        var now = await leader.ReadAsync("/service-index");

        Assert.Equal(3, history.Count);
        Assert.Equal(now.GetProperty("total").GetProperty("points").GetDecimal(), history[2].GetProperty("total").GetProperty("points").GetDecimal());
        await (await leader.GetAsync($"/api/v1/service-index?office={OneStop.OtherWard}")).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");
        await (await (await engine.AsAsync($"tiep-nhan.{OneStop.Ward}")).GetAsync("/api/v1/service-index")).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");
        await (await leader.GetAsync("/api/v1/service-index/5.2/dossiers")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task The_facts_can_be_made_again_from_the_ledger_alone()
    {
        await using var db = engine.Open();
        var subjects = engine.Services.GetRequiredService<DossierSubjects>();
        foreach (var dossier in await db.Dossiers.AsNoTracking().ToListAsync())
        {
            var ledger = await db.Ledger.AsNoTracking().Where(line => line.DossierId == dossier.Id).OrderBy(line => line.Sequence).ToListAsync();
            var made = DossierFacts.Read(dossier, ledger, () => subjects.CalendarOf(dossier));
            var stored = await db.Set<DossierFactsRow>().AsNoTracking().SingleAsync(row => row.DossierId == dossier.Id);
            Assert.Equal(Text(made), Text(stored));
        }

        static string Text(DossierFactsRow row) => JsonSerializer.Serialize(new
        {
            row.ProcedureCode, row.OfficeId, row.Channel, row.SubmittedAt, row.ReceivedAt, row.FinishedAt, row.DueAt, row.IndexEndAt,
            row.SecondSupplementAt, row.UsedMinutes, row.Papers, row.Results, row.Fee, row.PaidOnline, row.IdentityVerified, row.Disliked,
        });
    }

    private static async Task CompareListsAsync(HttpClient supervisor, string query, Dictionary<string, JsonElement> items)
    {
        foreach (var id in DossierItems)
        {
            var (numerator, denominator) = Of(items[id]);
            Assert.Equal(numerator, (await supervisor.ReadAsync($"/service-index/{id}/dossiers?{query}&counted=true")).GetProperty("total").GetInt64());
            Assert.Equal(denominator - numerator, (await supervisor.ReadAsync($"/service-index/{id}/dossiers?{query}&counted=false")).GetProperty("total").GetInt64());
        }
    }

    private static (long Numerator, long Denominator) Of(JsonElement item) =>
        (item.GetProperty("numerator").GetInt64(), item.GetProperty("denominator").GetInt64());

    /// <summary>November to January, and the quarter and year that hold the first two.</summary>
    private static IEnumerable<(string Period, DateOnly Day, DateTimeOffset Start, DateTimeOffset End)> Periods()
    {
        var (nov, dec, jan, feb) = (new DateOnly(2026, 11, 1), new DateOnly(2026, 12, 1), new DateOnly(2027, 1, 1), new DateOnly(2027, 2, 1));
        yield return ("Month", nov.AddDays(20), At(nov), At(dec));
        yield return ("Month", dec.AddDays(30), At(dec), At(jan));
        yield return ("Month", jan, At(jan), At(feb));
        yield return ("Quarter", dec, At(new DateOnly(2026, 10, 1)), At(jan));
        yield return ("Year", nov, At(new DateOnly(2026, 1, 1)), At(jan));

        static DateTimeOffset At(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(7));
    }

    private async Task PopulateAsync(int seed)
    {
        var dossiers = new RandomDossiers(seed);
        // Some dossiers never get through, so that the portal's book and ours differ.
        engine.Portal.Refuse = state => state["MaHoSo"]!.ToString().EndsWith('7') ? "Không nhận" : null;
        for (var click = 0; click < 700; click++)
        {
            engine.Clock.Jump(TimeSpan.FromMinutes(dossiers.Next(300)));
            if (dossiers.Ids.Count < 10 || dossiers.Next(5) == 0)
            {
                await dossiers.SubmitAsync(engine.Services);
            }
            else
            {
                await dossiers.ActAsync(engine.Services);
            }
        }

        await engine.DrainAsync();
    }
}

public sealed class ServiceIndexOnSqliteTests(PortalHost engine, ITestOutputHelper output) : ServiceIndexTests(engine, output), IClassFixture<PortalHost>;

public sealed class ServiceIndexOnPostgresTests(PostgresPortalHost engine, ITestOutputHelper output) : ServiceIndexTests(engine, output), IClassFixture<PostgresPortalHost>;
