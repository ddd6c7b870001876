using System.Net;
using System.Net.Http.Json;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Access;

public sealed class SubstitutionTests(EngineHost host) : IClassFixture<EngineHost>
{
    private static readonly Uri Address = new("/api/v1/substitutions", UriKind.Relative);

    [Fact]
    public async Task A_leader_lends_the_rights_for_some_days_and_takes_them_back()
    {
        using var leader = await host.AsAsync("lanhdao");
        using var officer = await host.AsAsync("hotich");
        var (from, to) = (await host.PersonIdAsync("lanhdao"), await host.PersonIdAsync("hotich"));

        var made = await (await leader.PostAsJsonAsync(Address, Lend(from, to, "2026-11-20", "2026-11-22"))).JsonAsync();
        var right = (await officer.GetJsonAsync("/api/v1/me")).GetProperty("rights").EnumerateArray().Single(one => one.Text("role") == "LD_DON_VI");
        Assert.Equal((await leader.GetJsonAsync("/api/v1/me")).Text("fullName"), right.Text("onBehalfOf"));

        Assert.Equal(HttpStatusCode.NoContent, (await leader.DeleteAsync(new Uri($"{Address}/{made.Text("id")}", UriKind.Relative))).StatusCode);
        Assert.Equal(1, (await officer.GetJsonAsync("/api/v1/me")).GetProperty("rights").GetArrayLength());
        await (await leader.DeleteAsync(new Uri($"{Address}/{made.Text("id")}", UriKind.Relative))).ShouldBeRefusedAsync("SUBSTITUTION_ENDED");
        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, (await leader.GetJsonAsync(Address.ToString()))[0].GetProperty("endedAt").ValueKind);
    }

    [Fact]
    public async Task A_substitution_begins_and_ends_with_its_dates()
    {
        using var leader = await host.AsAsync("lanh-dao.phuong-ha-long");
        var (from, to) = (await host.PersonIdAsync("lanh-dao.phuong-ha-long"), await host.PersonIdAsync("van-thu.phuong-ha-long"));
        var today = PublicService.Dossiers.VietnamTime.DateOf(host.Clock.GetUtcNow());
        await (await leader.PostAsJsonAsync(Address, Lend(from, to, $"{today.AddDays(2):yyyy-MM-dd}", $"{today.AddDays(2):yyyy-MM-dd}"))).JsonAsync();

        int[] counts = [await RightsAsync(0), await RightsAsync(1), await RightsAsync(1), await RightsAsync(1)];
        Assert.Equal<int>([1, 1, 2, 1], counts);

        async Task<int> RightsAsync(int daysLater)
        {
            host.Clock.Advance(TimeSpan.FromDays(daysLater));
            using var clerk = await host.AsAsync("van-thu.phuong-ha-long");
            return (await clerk.GetJsonAsync("/api/v1/me")).GetProperty("rights").GetArrayLength();
        }
    }

    [Fact]
    public async Task Nobody_lends_the_rights_of_somebody_else()
    {
        using var officer = await host.AsAsync("hotich");
        var (from, to) = (await host.PersonIdAsync("lanhdao"), await host.PersonIdAsync("hotich"));

        await (await officer.PostAsJsonAsync(Address, Lend(from, to, "2026-11-20", "2027-01-01"))).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");
    }

    [Fact]
    public async Task Dates_the_wrong_way_round_oneself_and_the_past_are_refused()
    {
        using var leader = await host.AsAsync("lanhdao");
        var (from, to) = (await host.PersonIdAsync("lanhdao"), await host.PersonIdAsync("hotich"));

        var problem = await (await leader.PostAsJsonAsync(Address, Lend(from, from, "2026-12-02", "2026-12-01"))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
        Assert.True(problem.GetProperty("errors").TryGetProperty("toPersonId", out _));
        Assert.True(problem.GetProperty("errors").TryGetProperty("validTo", out _));
        await (await leader.PostAsJsonAsync(Address, Lend(from, to, "2026-01-01", "2026-01-02"))).ShouldBeRefusedAsync("SUBSTITUTION_IN_THE_PAST");
        await (await leader.PostAsJsonAsync(Address, Lend(from, "nobody", "2026-12-01", "2026-12-02"))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task Sent_twice_with_one_key_it_is_made_once()
    {
        using var leader = await host.AsAsync("lanh-dao.phuong-cam-pha");
        var (from, to) = (await host.PersonIdAsync("lanh-dao.phuong-cam-pha"), await host.PersonIdAsync("van-thu.phuong-cam-pha"));
        leader.DefaultRequestHeaders.Add("Idempotency-Key", "once");

        var first = await (await leader.PostAsJsonAsync(Address, Lend(from, to, "2026-12-10", "2026-12-11"))).JsonAsync();
        var second = await leader.PostAsJsonAsync(Address, Lend(from, to, "2026-12-10", "2026-12-11"));

        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        Assert.Equal(first.Text("id"), (await second.JsonAsync()).Text("id"));
        Assert.Equal(1, (await leader.GetJsonAsync(Address.ToString())).GetArrayLength());
    }

    private static object Lend(string from, string to, string validFrom, string validTo) =>
        new { fromPersonId = from, toPersonId = to, validFrom, validTo, reason = "Đi công tác" };
}
