using System.Net;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Dossiers;

/// <summary>Who finds which dossiers.</summary>
public abstract class ListDossiersTests(OneStop engine)
{
    [Fact]
    public async Task Pages_follow_one_another_newest_first()
    {
        for (var i = 0; i < 5; i++)
        {
            await Walk.StartAsync(engine);
            engine.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var officer = await engine.OfficerAsync("chuyen-vien");
        var (codes, times) = (new List<string>(), new List<DateTimeOffset>());
        for (string? next = ""; next is not null;)
        {
            var page = await officer.ReadAsync($"/dossiers?size=2&cursor={Uri.EscapeDataString(next)}");
            codes.AddRange(page.List("items").Select(one => one.Text("code")));
            times.AddRange(page.List("items").Select(one => one.GetProperty("submittedAt").GetDateTimeOffset()));
            next = page.GetProperty("next").GetString();
        }

        Assert.True(codes.Count >= 5);
        Assert.Equal(codes.Count, codes.Distinct().Count());
        Assert.Equal(times.OrderDescending(), times);
    }

    [Fact]
    public async Task People_of_another_office_do_not_know_that_it_exists()
    {
        var walk = await Walk.StartAsync(engine);
        var stranger = await engine.OfficerAsync("chuyen-vien", OneStop.OtherWard);

        Assert.DoesNotContain((await stranger.ReadAsync("/dossiers")).List("items"), one => one.Text("code") == walk.Code);
        foreach (var part in new[] { "", "/ledger", "/clocks", "/results", "/papers", "/supplement-requests" })
        {
            await (await stranger.GetAsync(new Uri($"/api/v1/dossiers/{walk.Id}{part}", UriKind.Relative))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        }

        await (await stranger.GetAsync(new Uri($"/api/v1/dossiers?office={OneStop.Ward}", UriKind.Relative))).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "OFFICE_REQUIRED");
        var admin = await engine.SomebodyAsync("kythuat");
        await (await admin.GetAsync(new Uri($"/api/v1/dossiers/{walk.Id}", UriKind.Relative))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Theory]
    [InlineData("status=Registered", true)]
    [InlineData("status=Returned", false)]
    [InlineData("procedure=1.001193", true)]
    [InlineData("procedure=1.000656", false)]
    [InlineData("applicant=000000000001", true)]
    [InlineData("applicant=000000000009", false)]
    [InlineData("applicant=V%C4%83n%20M%E1%BA%ABu", true)]
    [InlineData("applicant=%25", false)]
    [InlineData("from=2026-11-20", true)]
    [InlineData("from=2030-01-01", false)]
    [InlineData("to=2026-11-19", false)]
    [InlineData("late=false", true)]
    [InlineData("late=true", false)]
    public async Task The_supervisor_filters_all_beneath(string filter, bool found)
    {
        var walk = await Walk.StartAsync(engine);

        var list = await (await engine.SomebodyAsync("giamsat")).ReadAsync($"/dossiers?code={walk.Code}&{filter}");

        Assert.Equal(found ? 1 : 0, list.List("items").Count());
    }
}

public sealed class ListDossiersSqliteTests(OneStop engine) : ListDossiersTests(engine), IClassFixture<OneStop>;

public sealed class ListDossiersPostgresTests(PostgresOneStop engine) : ListDossiersTests(engine), IClassFixture<PostgresOneStop>;
