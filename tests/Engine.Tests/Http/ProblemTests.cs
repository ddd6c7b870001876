using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace PublicService.Engine.Tests.Http;

public sealed class ProblemTests(EngineHost host) : IClassFixture<EngineHost>
{
    [Theory]
    [InlineData("{\"userName\":\"a\",\"password\":\"b\",\"x\":1}", "UNKNOWN_FIELD", "x")]
    [InlineData("{\"userName\":\"a\"}", "INVALID_INPUT", "password")]
    [InlineData("{\"userName\":\"a\",\"password\":null}", "INVALID_INPUT", "password")]
    [InlineData("{\"userName\":5,\"password\":\"b\"}", "INVALID_INPUT", "userName")]
    [InlineData("{\"userName\":\"  \",\"password\":\"b\"}", "INVALID_INPUT", "userName")]
    [InlineData("null", "INVALID_INPUT", "body")]
    public async Task A_body_of_the_wrong_shape_names_the_field(string body, string code, string field)
    {
        var problem = await (await PostAsync("/api/v1/sign-in", body)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, code);

        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString());
    }

    [Theory]
    [InlineData("{\"userName\":\"a\",}", "dòng 1, byte 17")]
    [InlineData("{\n\"userName\"", "dòng 2")]
    [InlineData("rubbish", "dòng 1, byte 1")]
    public async Task Text_that_is_not_json_is_refused_with_its_place(string body, string place)
    {
        var problem = await (await PostAsync("/api/v1/sign-in", body)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "MALFORMED_JSON");

        Assert.Contains(place, problem.Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"userName\":\"a\",\"userName\":\"b\",\"password\":\"c\"}")]
    [InlineData("[]")]
    [InlineData("{\"userName\":{\"a\":{}},\"password\":\"c\"}")]
    public async Task Other_nonsense_is_bad_input_too(string body) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("/api/v1/sign-in", body)).StatusCode);

    [Fact]
    public async Task Nesting_without_end_is_refused()
    {
        var body = $"{{\"userName\":{new string('[', 100)}{new string(']', 100)}}}";

        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("/api/v1/sign-in", body)).StatusCode);
    }

    [Fact]
    public async Task Unknown_paths_wrong_methods_and_wrong_media_types_are_problem_documents()
    {
        var client = host.CreateClient();

        await (await client.GetAsync(new Uri("/api/v1/nothing", UriKind.Relative))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        await (await client.DeleteAsync(new Uri("/api/v1/me", UriKind.Relative))).ShouldBeProblemAsync(HttpStatusCode.MethodNotAllowed, "METHOD_NOT_ALLOWED");
        using var form = new FormUrlEncodedContent([]);
        await (await client.PostAsync(new Uri("/api/v1/sign-in", UriKind.Relative), form))
            .ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE");
    }

    [Theory]
    [InlineData("/api/v1/procedures?size=x", "size")]
    [InlineData("/api/v1/offices?kind=Palace", "kind")]
    [InlineData("/api/v1/offices?on=yesterday", "on")]
    [InlineData("/api/v1/calendars/phuong-hong-gai/promise", "procedure")]
    public async Task A_query_of_the_wrong_type_names_the_parameter(string address, string field)
    {
        var problem = await (await host.CreateClient().GetAsync(new Uri(address, UriKind.Relative))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");

        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString());
    }

    [Fact]
    public async Task A_cursor_that_was_changed_or_belongs_to_another_list_is_refused()
    {
        var client = host.CreateClient();
        var cursor = (await client.GetJsonAsync("/api/v1/procedures?size=1")).Text("next");
        var changed = cursor[..20] + (cursor[20] == 'A' ? 'B' : 'A') + cursor[21..];

        foreach (var address in new[] { $"/api/v1/procedures?cursor={changed}", $"/api/v1/offices?cursor={cursor}", "/api/v1/procedures?cursor=abc" })
        {
            await (await client.GetAsync(new Uri(address, UriKind.Relative))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "CURSOR_INVALID");
        }
    }

    [Fact]
    public async Task A_body_over_one_mebibyte_is_refused()
    {
        await using var real = new EngineHost();
        real.UseKestrel(0);
        using var client = real.CreateClient();
        using var content = new StringContent(new string('a', 1_100_000), Encoding.UTF8, "application/json");

        await (await client.PostAsync(new Uri("/api/v1/sign-in", UriKind.Relative), content))
            .ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "BODY_TOO_LARGE");
    }

    private async Task<HttpResponseMessage> PostAsync(string address, string body)
    {
        using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        return await host.CreateClient().PostAsync(new Uri(address, UriKind.Relative), content);
    }
}
