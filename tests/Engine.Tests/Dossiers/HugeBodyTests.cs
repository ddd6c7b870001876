using System.Net;
using System.Text.Json.Nodes;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Dossiers;

/// <summary>Over a real socket, because only the real server measures bodies.</summary>
public sealed class HugeBodyTests : IAsyncLifetime
{
    private readonly OneStop engine = new();

    [Theory]
    [InlineData(null)]
    [InlineData("huge")]
    public async Task A_huge_body_is_told_and_changes_nothing(string? key)
    {
        var receptionist = await engine.OfficerAsync("tiep-nhan");
        var before = await engine.CountRowsAsync();
        var body = OneStop.BirthRegistration(body => body["title"] = new string('a', 2_000_000));

        var response = await receptionist.SendAsync("/dossiers", (JsonNode)body, key is null ? [] : [("Idempotency-Key", key)]);

        await response.ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "BODY_TOO_LARGE");
        Assert.Equal(before, await engine.CountRowsAsync());
    }

    public Task InitializeAsync()
    {
        engine.With("Urls", "http://127.0.0.1:0");
        engine.UseKestrel(0);
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => ((IAsyncLifetime)engine).DisposeAsync();
}
