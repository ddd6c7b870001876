using System.Text.Json.Nodes;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;
using static PublicService.Designer.Tests.StudioApi.Analyst;

namespace PublicService.Designer.Tests.StudioApi;

/// <summary>What goes through Studio comes back as it was.</summary>
[Collection(nameof(SqliteEngine))]
public sealed class RoundTripTests(OneStop engine)
{
    /// <summary>Everything Elsa defines of a definition but what says which version it is (Elsa contract B.1).</summary>
    private static readonly string[] Content = ["$schema", "definitionId", "name", "description", "toolVersion", "variables", "inputs", "outputs", "outcomes", "customProperties", "options", "root"];

    public static TheoryData<string> Files => new(OneStop.Definitions.Select(file => Path.GetRelativePath(OneStop.Root, file)));

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_procedure_is_saved_published_exported_and_imported_byte_for_byte(string file)
    {
        var analyst = await engine.AnalystAsync();
        var original = (JsonObject)JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(OneStop.Root, file)))!;
        var id = original["definitionId"]!.ToString();

        Assert.True((await analyst.SaveAsync(await analyst.ModelAsync(id), publish: true)).Version().IsPublished, id);
        var exported = await analyst.ExportAsync(id);
        await (await analyst.TellAsync("/workflow-definitions/import", exported)).JsonAsync();
        var imported = await analyst.ExportAsync(id);

        foreach (var name in Content.Where(name => original[name] is not null))
        {
            Assert.Equal(original[name]!.ToJsonString(), exported[name]?.ToJsonString());
        }

        foreach (var name in Content)
        {
            Assert.Equal(exported[name]?.ToJsonString(), imported[name]?.ToJsonString());
        }
    }

    [Fact]
    public async Task A_definition_of_2000_steps_is_saved_and_opened()
    {
        var analyst = await engine.AnalystAsync();
        var model = Model("Hai nghìn bước");
        var activities = model["root"]!["activities"]!.AsArray();
        var connections = model["root"]!["connections"]!.AsArray();
        for (var i = 0; i < 1998; i++)
        {
            var step = (JsonObject)activities[1]!.DeepClone();
            step["id"] = $"s{i}";
            step["metadata"] = new JsonObject { ["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = i % 40 * 220, ["y"] = i / 40 * 90 } } };
            activities.Add(step);
            connections.Add(new JsonObject { ["source"] = new JsonObject { ["activity"] = i == 0 ? "b" : $"s{i - 1}", ["port"] = "Done" }, ["target"] = new JsonObject { ["activity"] = $"s{i}", ["port"] = "In" } });
        }

        var saved = await analyst.SaveAsync(model, publish: true);
        var opened = await analyst.OpenAsync(saved.GetProperty("workflowDefinition").Text("definitionId"));

        Assert.Equal(2000, opened.GetProperty("root").List("activities").Count());
        Assert.Equal(1999, opened.GetProperty("root").List("connections").Count());
    }

    [Fact]
    public async Task Files_are_imported_together_and_a_file_that_is_none_is_named()
    {
        var analyst = await engine.AnalystAsync();
        using var good = new MultipartFormDataContent { { Json(Model("Nhập nhiều tệp 1")), "files", "a.json" }, { Json(Model("Nhập nhiều tệp 2")), "files", "b.json" } };
        Assert.Equal(2, (await (await analyst.PostAsync(Api + "/workflow-definitions/import-files", good)).JsonAsync()).Number("count"));

        using var half = new MultipartFormDataContent { { Json(Model("Zzyx chưa trọn")), "files", "a.json" }, { new StringContent("{ nửa chừng"), "files", "b.json" } };
        Assert.Contains("JSON", await (await analyst.PostAsync(Api + "/workflow-definitions/import-files", half)).SentencesAsync(), StringComparison.Ordinal);
        Assert.Equal(0, (await analyst.AskAsync("/workflow-definitions?versionOptions=Latest&Page=0&PageSize=10&SearchTerm=zzyx")).Number("totalCount"));
    }

    [Theory]
    [InlineData("""{"name":"x"}""")]
    [InlineData("""{"name":"x","root":"không phải"}""")]
    [InlineData("""[1,2,3]""")]
    public async Task A_malformed_file_is_refused_with_a_sentence_and_stores_nothing(string file)
    {
        var analyst = await engine.AnalystAsync();
        var before = (await analyst.AskAsync("/workflow-definitions?versionOptions=AllVersions&Page=0&PageSize=1")).Number("totalCount");

        using var refused = await analyst.TellAsync("/workflow-definitions/import", JsonNode.Parse(file));
        Assert.NotEmpty(await refused.SentencesAsync());
        Assert.Equal(before, (await analyst.AskAsync("/workflow-definitions?versionOptions=AllVersions&Page=0&PageSize=1")).Number("totalCount"));
    }
}
