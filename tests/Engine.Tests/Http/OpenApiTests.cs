using System.Runtime.CompilerServices;
using System.Text.Json;

namespace PublicService.Engine.Tests.Http;

public sealed class OpenApiTests(EngineHost host) : IClassFixture<EngineHost>
{
    /// <summary>A changed API shows up in review as a changed file: run with <c>UPDATE_SNAPSHOTS=1</c> to accept it.</summary>
    [Fact]
    public async Task The_description_is_the_one_on_file()
    {
        var now = (await host.CreateClient().GetStringAsync(new Uri("/swagger/v1/swagger.json", UriKind.Relative))).ReplaceLineEndings("\n") + "\n";
        var file = Path.Combine(Path.GetDirectoryName(Here())!, "openapi.v1.json");
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            await File.WriteAllTextAsync(file, now);
        }

        Assert.Equal(await File.ReadAllTextAsync(file), now);
    }

    [Fact]
    public async Task Every_operation_has_an_id_a_summary_and_its_refusals()
    {
        var document = await host.CreateClient().GetJsonAsync("/swagger/v1/swagger.json");
        var operations = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(one => one.Value)).ToList();

        Assert.All(operations, operation =>
        {
            Assert.NotEmpty(operation.Text("operationId"));
            Assert.NotEmpty(operation.Text("summary"));
            Assert.True(operation.GetProperty("responses").GetProperty("400").GetProperty("content").TryGetProperty("application/problem+json", out _));
        });
        Assert.Equal(operations.Count, operations.Select(operation => operation.Text("operationId")).Distinct().Count());
        Assert.Equal(JsonValueKind.Object, document.GetProperty("components").GetProperty("securitySchemes").GetProperty("bearer").ValueKind);
    }

    private static string Here([CallerFilePath] string file = "") => file;
}
