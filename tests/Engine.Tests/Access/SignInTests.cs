using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using PublicService.Engine.Seeding;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Access;

/// <summary>Runs on both databases.</summary>
public abstract class SignInTests(EngineHost host)
{
    private const string Officer = "tiep-nhan.phuong-hong-gai";

    [Fact]
    public async Task The_right_password_gives_tokens_person_and_rights()
    {
        var reply = await (await SignInAsync(Officer, DemoPeople.Password)).JsonAsync();

        Assert.Equal("Bearer", reply.Text("tokenType"));
        Assert.Equal(Officer, reply.GetProperty("person").Text("userName"));
        Assert.Equal("TIEP_NHAN", reply.GetProperty("person").GetProperty("rights")[0].Text("role"));
        Assert.Equal(host.Clock.GetUtcNow().AddMinutes(30), reply.GetProperty("expiresAt").GetDateTimeOffset());
    }

    [Theory]
    [InlineData("tiepnhan")]
    [InlineData("TiepNhan")]
    [InlineData(" tiep-nhan.phuong-hong-gai ")]
    public async Task Short_names_capitals_and_blanks_find_the_same_person(string userName)
    {
        var reply = await (await SignInAsync(userName, DemoPeople.Password)).JsonAsync();

        Assert.Equal(Officer, reply.GetProperty("person").Text("userName"));
    }

    [Theory]
    [InlineData(Officer, "wrong")]
    [InlineData("nobody", "wrong")]
    [InlineData("nobody", DemoPeople.Password)]
    public async Task A_wrong_name_and_a_wrong_password_are_refused_alike(string userName, string password)
    {
        var problem = await (await SignInAsync(userName, password)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "SIGN_IN_FAILED");

        Assert.DoesNotContain("nobody", problem.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_failures_lock_the_account_even_for_the_right_password_until_the_time_is_over()
    {
        const string victim = "tiep-nhan.phuong-ha-long";
        for (var i = 0; i < 5; i++)
        {
            await (await SignInAsync(victim, "wrong")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "SIGN_IN_FAILED");
        }

        await (await SignInAsync(victim, DemoPeople.Password)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "SIGN_IN_FAILED");
        host.Clock.Advance(TimeSpan.FromMinutes(11));
        await (await SignInAsync(victim, DemoPeople.Password)).JsonAsync();
    }

    [Fact]
    public async Task A_good_sign_in_forgets_earlier_failures()
    {
        const string victim = "van-thu.phuong-ha-long";
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 4; i++)
            {
                await SignInAsync(victim, "wrong");
            }

            await (await SignInAsync(victim, DemoPeople.Password)).JsonAsync();
        }
    }

    [Fact]
    public async Task An_expired_token_is_refused_and_a_refresh_token_gives_a_new_one()
    {
        var reply = await (await SignInAsync(Officer, DemoPeople.Password)).JsonAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(31));

        await (await MeAsync(reply.Text("accessToken"))).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "SIGN_IN_REQUIRED");
        var renewed = await (await RefreshAsync(reply.Text("refreshToken"))).JsonAsync();
        Assert.Equal(Officer, (await (await MeAsync(renewed.Text("accessToken"))).JsonAsync()).Text("userName"));
    }

    [Fact]
    public async Task A_refresh_token_ends_and_an_access_token_is_not_one()
    {
        var reply = await (await SignInAsync(Officer, DemoPeople.Password)).JsonAsync();

        await (await RefreshAsync(reply.Text("accessToken"))).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "REFRESH_FAILED");
        await (await RefreshAsync("rubbish")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "REFRESH_FAILED");
        await (await MeAsync(reply.Text("refreshToken"))).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "SIGN_IN_REQUIRED");
        host.Clock.Advance(TimeSpan.FromHours(13));
        await (await RefreshAsync(reply.Text("refreshToken"))).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "REFRESH_FAILED");
    }

    [Fact]
    public async Task A_new_password_ends_old_tokens_at_once()
    {
        const string changed = "tiep-nhan.phuong-bai-chay";
        var reply = await (await SignInAsync(changed, DemoPeople.Password)).JsonAsync();
        var id = reply.GetProperty("person").Text("id");
        using var admin = await host.AsAsync("kythuat");

        var body = new { fullName = "Trần Thị Đào", officeId = "phuong-bai-chay", isActive = true, password = "another-password" };
        await (await admin.PutAsJsonAsync($"/api/v1/people/{id}", body)).JsonAsync();

        await (await MeAsync(reply.Text("accessToken"))).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "SIGN_IN_REQUIRED");
        await (await RefreshAsync(reply.Text("refreshToken"))).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "REFRESH_FAILED");
        await (await SignInAsync(changed, DemoPeople.Password)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "SIGN_IN_FAILED");
        await (await SignInAsync(changed, "another-password")).JsonAsync();
    }

    private async Task<HttpResponseMessage> SignInAsync(string userName, string password) =>
        await host.CreateClient().PostAsJsonAsync("/api/v1/sign-in", new { userName, password });

    private async Task<HttpResponseMessage> RefreshAsync(string refreshToken) =>
        await host.CreateClient().PostAsJsonAsync("/api/v1/sign-in/refresh", new { refreshToken });

    private async Task<HttpResponseMessage> MeAsync(string token)
    {
        var client = host.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await client.GetAsync(new Uri("/api/v1/me", UriKind.Relative));
    }
}

public sealed class SignInOnSqliteTests(EngineHost host) : SignInTests(host), IClassFixture<EngineHost>;

public sealed class SignInOnPostgresTests(PostgresEngineHost host) : SignInTests(host), IClassFixture<PostgresEngineHost>;
