using System.Net;
using System.Net.Http.Json;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Access;

/// <summary>Runs on both databases.</summary>
public abstract class PeopleTests(EngineHost host)
{
    [Fact]
    public async Task The_list_is_paged_without_gaps_or_repeats()
    {
        using var admin = await host.AsAsync("kythuat");
        var seen = new List<string>();
        var next = "";
        do
        {
            var page = await admin.GetJsonAsync($"/api/v1/people?size=150&cursor={Uri.EscapeDataString(next)}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(one => one.Text("userName")));
            next = page.GetProperty("next").GetString() ?? "";
        }
        while (next.Length > 0);

        Assert.True(seen.Count > 300, $"{seen.Count}");
        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    [Theory]
    [InlineData("hồng gai")]
    [InlineData("tiep-nhan.phuong-hong-gai")]
    public async Task People_are_found_by_parts_of_their_user_name(string search)
    {
        using var admin = await host.AsAsync("quantri");

        var page = await admin.GetJsonAsync($"/api/v1/people?search={Uri.EscapeDataString(search)}");

        Assert.Contains("tiep-nhan.phuong-hong-gai", page.GetProperty("items").EnumerateArray().Select(one => one.Text("userName")));
    }

    [Fact]
    public async Task A_taken_name_a_short_password_and_a_strange_office_are_refused()
    {
        using var admin = await host.AsAsync("kythuat");

        var taken = await (await AddAsync(admin, "tiep-nhan.phuong-hong-gai", "long-enough-1")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
        Assert.True(taken.GetProperty("errors").TryGetProperty("userName", out _));
        var weak = await (await AddAsync(admin, "somebody", "short")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
        Assert.True(weak.GetProperty("errors").TryGetProperty("password", out _));
        await (await AddAsync(admin, "somebody", "long-enough-1", "nowhere")).ShouldBeRefusedAsync("OFFICE_NOT_FOUND");
    }

    [Fact]
    public async Task A_person_who_is_switched_off_is_out_at_once()
    {
        using var admin = await host.AsAsync("kythuat");
        using var officer = await host.AsAsync("tra-ket-qua.phuong-cam-pha");
        var me = await officer.GetJsonAsync("/api/v1/me");

        await (await admin.PutAsJsonAsync($"/api/v1/people/{me.Text("id")}", new { fullName = "A", officeId = "phuong-cam-pha", isActive = false })).JsonAsync();

        await (await officer.GetAsync(new Uri("/api/v1/me", UriKind.Relative))).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "SIGN_IN_REQUIRED");
    }

    private static Task<HttpResponseMessage> AddAsync(HttpClient admin, string userName, string password, string officeId = "phuong-hong-gai") =>
        admin.PostAsJsonAsync("/api/v1/people", new { userName, fullName = "Ai Đó", password, officeId });
}

public sealed class PeopleOnSqliteTests(EngineHost host) : PeopleTests(host), IClassFixture<EngineHost>;

public sealed class PeopleOnPostgresTests(PostgresEngineHost host) : PeopleTests(host), IClassFixture<PostgresEngineHost>;
