using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using PublicService.Dossiers;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Tests.Http;

public sealed class ErrorPipelineTests
{
    [Fact]
    public async Task A_rule_that_refuses_is_409_with_its_code_and_sentence()
    {
        var (context, problem) = await FailAsync(new RefusedException("SOME_RULE", "Không được."));

        Assert.Equal((409, "SOME_RULE", "Không được."), (context.Response.StatusCode, problem.Text("code"), problem.Text("detail")));
    }

    [Fact]
    public async Task A_stale_write_is_409_and_asks_to_reload()
    {
        var (context, problem) = await FailAsync(new StaleException());

        Assert.Equal((409, "STALE"), (context.Response.StatusCode, problem.Text("code")));
        Assert.Equal("Hồ sơ vừa được người khác thay đổi, hãy tải lại.", problem.Text("detail"));
    }

    [Fact]
    public async Task Storage_that_cannot_write_is_503_with_retry_after()
    {
        var (context, problem) = await FailAsync(new StorageUnavailableException());

        Assert.Equal((503, "STORAGE_UNAVAILABLE"), (context.Response.StatusCode, problem.Text("code")));
        Assert.Equal("5", context.Response.Headers.RetryAfter.ToString());
    }

    [Fact]
    public async Task A_bug_is_500_with_a_number_and_without_its_words()
    {
        var (context, problem) = await FailAsync(new InvalidOperationException("secret table name"));

        Assert.Equal((500, "INTERNAL_ERROR"), (context.Response.StatusCode, problem.Text("code")));
        Assert.Contains(problem.Text("traceId"), problem.Text("detail"), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_duplicate_is_409()
    {
        var (context, problem) = await FailAsync(new DuplicateException("ux_x"));

        Assert.Equal((409, "DUPLICATE"), (context.Response.StatusCode, problem.Text("code")));
    }

    [Theory]
    [InlineData("\"3\"", null)]
    [InlineData("\"2\", \"3\"", null)]
    [InlineData("*", null)]
    [InlineData("\"2\"", "PRECONDITION_FAILED")]
    [InlineData("W/\"3\"", "PRECONDITION_FAILED")]
    [InlineData("3", "PRECONDITION_FAILED")]
    [InlineData(null, "PRECONDITION_REQUIRED")]
    public void If_match_must_name_the_version(string? header, string? code)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.IfMatch = header;

        var error = Record.Exception(() => ETags.Demand(context.Request, 3));

        Assert.Equal(code, (error as ProblemException)?.Code);
    }

    private static async Task<(HttpContext Context, JsonElement Problem)> FailAsync(Exception error)
    {
        var context = new DefaultHttpContext();
        using var body = new MemoryStream();
        context.Response.Body = body;
        await new ErrorPipeline(_ => throw error, NullLogger<ErrorPipeline>.Instance).InvokeAsync(context);
        return (context, JsonSerializer.Deserialize<JsonElement>(body.ToArray()));
    }
}
