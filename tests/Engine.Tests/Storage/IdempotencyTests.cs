using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PublicService.Engine.Storage;
using PublicService.Engine.Tests.Fixtures;

namespace PublicService.Engine.Tests.Storage;

public abstract class IdempotencyTests(TestDatabase database) : IAsyncLifetime
{
    private WebApplication? app;
    private HttpClient client = new();

    public sealed record Order(string Name, bool Fails = false);

    public sealed record Reply(string Id, string Name);

    [Fact]
    public async Task Repeats_the_first_answer_without_doing_it_again()
    {
        var key = Rows.Id();

        var first = await PostAsync(key, new Order("Nguyễn Văn An"));
        var second = await PostAsync(key, new Order("Nguyễn Văn An"));

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, second.StatusCode));
        Assert.Equal(await first.Content.ReadAsByteArrayAsync(), await second.Content.ReadAsByteArrayAsync());
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(first.Content.Headers.ContentType, second.Content.Headers.ContentType);
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal("true", Assert.Single(second.Headers.GetValues("Idempotency-Replayed")));
        Assert.Equal(1, await CountAsync("Nguyễn Văn An"));
    }

    [Fact]
    public async Task Refuses_the_key_for_another_request()
    {
        var key = Rows.Id();
        await PostAsync(key, new Order("a" + key));

        var other = await PostAsync(key, new Order("b" + key));

        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        Assert.Equal("IDEMPOTENCY_KEY_REUSED", (string?)(await other.Content.ReadFromJsonAsync<JsonNode>())!["code"]);
        Assert.Equal(0, await CountAsync("b" + key));
    }

    [Fact]
    public async Task Keys_of_two_people_never_meet()
    {
        var key = Rows.Id();

        await PostAsync(key, new Order(key), "lan");
        var second = await PostAsync(key, new Order(key), "minh");

        Assert.False(second.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(2, await CountAsync(key));
    }

    [Fact]
    public async Task Can_be_tried_again_after_a_failure()
    {
        var key = Rows.Id();
        var failed = await PostAsync(key, new Order(key, Fails: true));
        var again = await PostAsync(key, new Order(key));

        Assert.Equal((HttpStatusCode.InternalServerError, HttpStatusCode.Created), (failed.StatusCode, again.StatusCode));
        Assert.Equal(1, await CountAsync(key));
    }

    [Fact]
    public async Task Of_many_at_once_one_works_and_all_get_its_answer()
    {
        var key = Rows.Id();

        var responses = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => PostAsync(key, new Order(key))));

        var bodies = await Task.WhenAll(responses.Select(response => response.Content.ReadAsStringAsync()));
        Assert.All(responses, response => Assert.Equal(HttpStatusCode.Created, response.StatusCode));
        Assert.Single(bodies.Distinct());
        Assert.Equal(1, await CountAsync(key));
    }

    [Theory]
    [InlineData(" ")]
    [InlineData(null)]
    public async Task Refuses_keys_that_are_empty_or_too_long(string? key)
    {
        var response = await PostAsync(key ?? new string('k', 201), new Order("x"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("IDEMPOTENCY_KEY_INVALID", (string?)(await response.Content.ReadFromJsonAsync<JsonNode>())!["code"]);
    }

    [Fact]
    public async Task A_repeated_upload_is_the_same_in_spite_of_another_boundary()
    {
        var key = Rows.Id();
        async Task<HttpResponseMessage> UploadAsync(string content)
        {
            using var form = new MultipartFormDataContent(Rows.Id()) { { new StringContent(content), "file", "a.txt" } };
            using var request = new HttpRequestMessage(HttpMethod.Post, "/files") { Content = form };
            request.Headers.Add("Idempotency-Key", key);
            return await client.SendAsync(request);
        }

        Assert.Equal(HttpStatusCode.OK, (await UploadAsync("one")).StatusCode);
        Assert.True((await UploadAsync("one")).Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(HttpStatusCode.Conflict, (await UploadAsync("two")).StatusCode);
    }

    [Fact]
    public async Task Requests_without_a_key_are_left_alone()
    {
        var name = Rows.Id();

        await PostAsync(null, new Order(name));
        await PostAsync(null, new Order(name));

        Assert.Equal(2, await CountAsync(name));
    }

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(database.Clock);
        builder.Services.AddStorage(database.Options).AddProblemDetails();
        app = builder.Build();
        app.UseExceptionHandler();
        app.Use((http, next) =>
        {
            http.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", http.Request.Headers["X-Actor"].ToString())], "test"));
            return next();
        });
        app.UseMiddleware<IdempotencyMiddleware>();
        app.MapPost("/orders", async (Order order, IdempotencyContext idempotency, CommitLane lane) =>
        {
            var row = Rows.Instance();
            row.Name = order.Name;
            var reply = new Reply(row.Id, order.Name);
            var changes = new Changes().Insert(row);
            idempotency.Record(changes, reply, StatusCodes.Status201Created, $"/orders/{row.Id}");
            await lane.CommitAsync(order.Fails ? changes.DeleteBookmark("no such") : changes);
            return TypedResults.Created($"/orders/{row.Id}", reply);
        });
        app.MapPost("/files", async ([FromForm] IFormFile file, IdempotencyContext idempotency, CommitLane lane) =>
        {
            var changes = new Changes().Insert(Rows.Instance());
            idempotency.Record(changes, file.Length);
            await lane.CommitAsync(changes);
            return file.Length;
        }).DisableAntiforgery();
        await app.StartAsync();
        client = app.GetTestClient();
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await app!.DisposeAsync();
    }

    private Task<HttpResponseMessage> PostAsync(string? key, Order order, string actor = "lan")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/orders") { Content = JsonContent.Create(order) };
        request.Headers.Add("X-Actor", actor);
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        return client.SendAsync(request);
    }

    private async Task<int> CountAsync(string name)
    {
        await using var db = database.Open();
        return await db.Instances.CountAsync(row => row.Name == name);
    }
}

public sealed class IdempotencyOnSqliteTests(SqliteDatabase database) : IdempotencyTests(database), IClassFixture<SqliteDatabase>;

public sealed class IdempotencyOnPostgresTests(PostgresDatabase database) : IdempotencyTests(database), IClassFixture<PostgresDatabase>;
