using System.Net;
using System.Text.Json.Nodes;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Tracking;

public sealed class TrackingTests(OneStop engine) : IClassFixture<OneStop>
{
    [Fact]
    public async Task The_receipt_shows_in_plain_words_where_the_dossier_is()
    {
        var walk = await Walk.StartAsync(engine);
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");

        var seen = await Citizen(walk.Secret).ReadAsync($"/tracking/{walk.Code}");

        Assert.Equal("Đang xử lý", seen.Text("statusWord"));
        Assert.Contains("Hồng Gai", seen.Text("where"), StringComparison.Ordinal);
        Assert.Equal("Chuyên viên thụ lý", seen.Text("who"));
        Assert.StartsWith("Thẩm tra", seen.Text("next"), StringComparison.Ordinal);
        Assert.False(seen.GetProperty("isLate").GetBoolean());
        Assert.NotEqual(default, seen.GetProperty("by").GetDateTimeOffset());
        Assert.DoesNotContain("000000000001", seen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_code_and_a_wrong_secret_look_the_same()
    {
        var walk = await Walk.StartAsync(engine);

        var secret = await (await Citizen("wrong").GetAsync(Address(walk.Code))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "TRACKING_NOT_FOUND");
        var code = await (await Citizen(walk.Secret).GetAsync(Address("H49.1-261120-9999"))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "TRACKING_NOT_FOUND");
        var none = await (await engine.CreateClient().GetAsync(Address(walk.Code))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "TRACKING_NOT_FOUND");

        Assert.Equal(secret.Text("detail"), code.Text("detail"));
        Assert.Equal(secret.Text("detail"), none.Text("detail"));
    }

    [Fact]
    public async Task The_citizen_brings_what_was_asked_for_with_the_receipt()
    {
        var walk = await Walk.StartAsync(engine);
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        await walk.DoAsync("Thẩm tra", "Yêu cầu bổ sung", new JsonObject { ["papers"] = new JsonArray("Giấy chứng sinh"), ["reason"] = "Mờ" });
        var citizen = Citizen(walk.Secret);

        var asked = (await citizen.ReadAsync($"/tracking/{walk.Code}")).GetProperty("supplement");
        var after = await citizen.SendAsync($"/tracking/{walk.Code}/supplements", new JsonObject { ["papers"] = new JsonArray("Giấy chứng sinh") }).JsonAsync();

        Assert.Equal("Giấy chứng sinh", asked.List("papers").Single().GetString());
        Assert.Equal(4, after.Number("statusCode"));
        var again = await citizen.SendAsync($"/tracking/{walk.Code}/supplements", new JsonObject { ["papers"] = new JsonArray("Giấy chứng sinh") });
        await again.ShouldBeRefusedAsync("NO_SUPPLEMENT_OPEN");
    }

    [Fact]
    public async Task The_citizen_withdraws_with_the_secret_in_the_body()
    {
        var walk = await Walk.StartAsync(engine);
        JsonObject Body(string secret) => new() { ["reason"] = "Đổi ý", ["secret"] = secret };

        await (await engine.CreateClient().SendAsync($"/tracking/{walk.Code}/withdrawals", Body("wrong"))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "TRACKING_NOT_FOUND");
        var after = await engine.CreateClient().SendAsync($"/tracking/{walk.Code}/withdrawals", Body(walk.Secret)).JsonAsync();

        Assert.Equal(7, after.Number("statusCode"));
    }

    [Fact]
    public async Task An_officers_task_is_no_question_to_the_citizen()
    {
        var walk = await Walk.StartAsync(engine);
        var task = await walk.TaskAsync("Tiếp nhận");
        var before = await engine.CountRowsAsync();

        var response = await Citizen(walk.Secret).SendAsync(
            $"/tracking/{walk.Code}/answers", new JsonObject { ["taskId"] = task.Text("id"), ["outcome"] = "Tiếp nhận" });

        await response.ShouldBeProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        Assert.Equal(before, await engine.CountRowsAsync());
    }

    private HttpClient Citizen(string secret)
    {
        var client = engine.CreateClient();
        client.DefaultRequestHeaders.Add("X-Tracking-Secret", secret);
        return client;
    }

    private static Uri Address(string code) => new($"/api/v1/tracking/{code}", UriKind.Relative);
}

public sealed class TrackingLimitTests : IAsyncLifetime
{
    private readonly EngineHost engine = new OneStop().With("Tracking:RequestsPerMinute", "3");

    [Fact]
    public async Task Guessing_is_slowed_down()
    {
        var client = engine.CreateClient();
        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 4; i++)
        {
            answers.Add(await client.GetAsync(new Uri("/api/v1/tracking/H49.1-261120-0001", UriKind.Relative)));
        }

        Assert.All(answers[..3], answer => Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode));
        await answers[3].ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "TOO_MANY_REQUESTS");
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => ((IAsyncLifetime)engine).DisposeAsync();
}
