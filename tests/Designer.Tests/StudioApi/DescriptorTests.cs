using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;
using static PublicService.Designer.Tests.StudioApi.Analyst;

namespace PublicService.Designer.Tests.StudioApi;

/// <summary>What the editor can offer: descriptors, choices, script names, the test of a step (Elsa contract A.1, A.3, A.8).</summary>
[Collection(nameof(SqliteEngine))]
public sealed class DescriptorTests(OneStop engine)
{
    [Theory]
    [InlineData("/features/installed", "displayName,fullName,name,namespace")]
    [InlineData("/descriptors/activities?Refresh=True", "category,displayName,inputs,kind,outputs,ports,typeName,version")]
    [InlineData("/descriptors/expression-descriptors", "displayName,isBrowsable,isSerializable,properties,type")]
    [InlineData("/descriptors/variables", "category,description,displayName,typeName")]
    [InlineData("/descriptors/storage-drivers", "deprecated,displayName,priority,typeName")]
    [InlineData("/descriptors/incident-strategies", "description,displayName,typeName")]
    [InlineData("/descriptors/log-persistence-strategies", "description,displayName,typeName")]
    [InlineData("/descriptors/workflow-activation-strategies", "description,displayName,typeName")]
    [InlineData("/descriptors/commit-strategies/workflows", "description,displayName,name")]
    [InlineData("/descriptors/commit-strategies/activities", "description,displayName,name")]
    public async Task Everything_the_editor_asks_for_while_it_loads_is_there_and_not_sent_twice(string path, string names)
    {
        var analyst = await engine.AnalystAsync();
        using var first = await analyst.GetAsync(Api + path);
        var list = await first.JsonAsync();

        Assert.NotEmpty(list.List("items"));
        Assert.Equal(list.List("items").Count(), list.Number("count"));
        Assert.All(list.List("items"), item => Assert.All(names.Split(','), name => Assert.True(item.TryGetProperty(name, out _), name)));

        var again = new HttpRequestMessage(HttpMethod.Get, Api + path);
        again.Headers.TryAddWithoutValidation("If-None-Match", first.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.NotModified, (await analyst.SendAsync(again)).StatusCode);
        var packed = new HttpRequestMessage(HttpMethod.Get, Api + path);
        packed.Headers.TryAddWithoutValidation("Accept-Encoding", "br");
        Assert.Equal(["br"], (await analyst.SendAsync(packed)).Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task Activities_are_unique_and_those_Studio_cannot_do_without_are_there()
    {
        var analyst = await engine.AnalystAsync();
        var items = (await analyst.AskAsync("/descriptors/activities")).List("items").ToList();

        Assert.Equal(items.Count, items.Select(item => (item.Text("typeName"), item.Number("version"))).Distinct().Count());
        foreach (var needed in new[] { "Elsa.Workflow", "Elsa.Flowchart", "Elsa.Sequence", "Elsa.NotFoundActivity", "PublicService.Intake", "PublicService.DeliverToWallet" })
        {
            Assert.Contains(items, item => item.Text("typeName") == needed);
        }

        Assert.Equal("Tiếp nhận", (await analyst.AskAsync("/descriptors/activities/PublicService.Intake")).Text("displayName"));
        Assert.Equal(HttpStatusCode.NotFound, (await analyst.GetAsync(Api + "/descriptors/activities/Acme.Old")).StatusCode);
    }

    [Theory]
    [InlineData("PublicService.OfficerTask", "Office", "dropdown", "Competent")]
    [InlineData("PublicService.OfficerTask", "Office", "dropdown", OneStop.Ward)]
    [InlineData("PublicService.Consult", "Offices", "checklist", OneStop.Ward)]
    [InlineData("PublicService.DeliverToWallet", "CredentialType", "dropdown", "birth-certificate-extract")]
    public async Task A_field_whose_values_the_engine_keeps_offers_them(string type, string name, string hint, string value)
    {
        var input = (await (await engine.AnalystAsync()).AskAsync("/descriptors/activities/" + type)).List("inputs").Single(input => input.Text("name") == name);

        Assert.Equal(hint, input.Text("uiHint"));
        Assert.False(input.GetProperty("uiSpecifications").TryGetProperty("source", out _));
        Assert.Contains(value, Values(input.GetProperty("uiSpecifications"), hint));
    }

    [Fact]
    public async Task A_field_that_depends_on_the_procedure_is_asked_for_and_keeps_what_the_step_has()
    {
        var analyst = await engine.AnalystAsync();
        var papers = await OptionsAsync(analyst, "PublicService.RequestSupplement", "Papers", new JsonObject { ["papers"] = new JsonObject { ["expression"] = new JsonObject { ["type"] = "Object", ["value"] = """["Giấy của riêng bước này"]""" } } });
        Assert.Contains("Giấy của riêng bước này", Values(papers, "checklist"));
        Assert.Contains(Values(papers, "checklist"), paper => paper.Contains("chứng sinh", StringComparison.OrdinalIgnoreCase));
        Assert.True(papers.GetProperty("Refresh").GetBoolean());

        var results = await OptionsAsync(analyst, "PublicService.IssueResult", "ResultCode", []);
        Assert.Equal("KQ.G15.000031", Values(results, "dropdown").First());

        var half = new JsonObject { ["papers"] = new JsonObject { ["expression"] = new JsonObject { ["type"] = "Object", ["value"] = "[\"nửa" } } };
        Assert.DoesNotContain(Values(await OptionsAsync(analyst, "PublicService.RequestSupplement", "Papers", half), "checklist"), value => value.Contains("nửa", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await analyst.TellAsync("/descriptors/activities/Acme.Old/options/X")).StatusCode);
    }

    [Fact]
    public async Task A_script_knows_the_form_the_dossier_the_variables_and_the_steps()
    {
        var analyst = await engine.AnalystAsync();
        var types = await (await analyst.TellAsync($"/scripting/javascript/type-definitions/{Birth}", new JsonObject { ["activityTypeName"] = "Elsa.FlowDecision", ["propertyName"] = "Condition" })).Content.ReadAsStringAsync();

        Assert.Contains("declare function getForm(): {", types, StringComparison.Ordinal);
        Assert.Contains("competentOfficeId: string", types, StringComparison.Ordinal);
        Assert.Contains("""declare function getOutputFrom(activity: "TiepNhan", output: "Form")""", types, StringComparison.Ordinal);
        Assert.DoesNotContain("setOutcome", types, StringComparison.Ordinal);

        var model = Model("Biến trong mã");
        model["variables"] = JsonNode.Parse("""[{"id":"v1","name":"soLan","typeName":"Int32","value":"3","storageDriverTypeName":"WorkflowInstanceStorageDriver"}]""");
        var id = (await analyst.SaveAsync(model)).GetProperty("workflowDefinition").Text("definitionId");
        var own = await (await analyst.TellAsync($"/scripting/javascript/type-definitions/{id}", new JsonObject { ["activityTypeName"] = "Elsa.RunJavaScript" })).Content.ReadAsStringAsync();
        Assert.Contains("declare function getSoLan(): number;", own, StringComparison.Ordinal);
        Assert.Contains("declare function setOutcome(name: string): void;", own, StringComparison.Ordinal);
        Assert.Contains("declare function getForm(): any;", own, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await analyst.TellAsync("/scripting/javascript/type-definitions/khong-co")).StatusCode);
    }

    [Fact]
    public async Task A_step_is_tested_alone_with_the_test_values_and_stores_nothing()
    {
        var analyst = await engine.AnalystAsync();
        var model = Model("Thử một bước");
        model["variables"] = JsonNode.Parse("""[{"id":"v1","name":"soLan","typeName":"Int32","value":"3","storageDriverTypeName":"WorkflowInstanceStorageDriver"}]""");
        model["customProperties"] = JsonNode.Parse("""{"VariableTestValues":{"v1":41}}""");
        model["root"]!["activities"]![0]!["text"]!["expression"] = JsonNode.Parse("""{"type":"JavaScript","value":"'lần ' + (getSoLan() + 1)"}""");
        model["root"]!["activities"]!.AsArray().Add(JsonNode.Parse("""{"id":"viec","type":"PublicService.OfficerTask","version":1}"""));
        var version = (await analyst.SaveAsync(model)).GetProperty("workflowDefinition").Text("id");
        var before = await engine.CountRowsAsync();

        var tested = await TestAsync("a");
        Assert.Equal(("Completed", "lần 42"), (tested.Text("status"), tested.GetProperty("activityState").Text("Text")));
        var officer = await TestAsync("viec");
        Assert.Equal("Faulted", officer.Text("status"));
        Assert.Contains("hồ sơ", officer.GetProperty("exception").Text("message"), StringComparison.Ordinal);
        Assert.Equal(before["instances"], (await engine.CountRowsAsync())["instances"]);

        async Task<JsonElement> TestAsync(string activity) => await (await analyst.TellAsync("/tests/activities", new JsonObject
        {
            ["workflowDefinitionHandle"] = new JsonObject { ["definitionVersionId"] = version },
            ["activityHandle"] = new JsonObject { ["activityId"] = activity },
        })).JsonAsync();
    }

    private static async Task<JsonElement> OptionsAsync(HttpClient client, string type, string input, JsonObject context)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"{Api}/descriptors/activities/{type}/options/{input}") { Content = Json(new JsonObject { ["context"] = context }) };
        request.Headers.Add("X-Definition", Birth);
        return (await (await client.SendAsync(request)).JsonAsync()).GetProperty("items");
    }

    private static IEnumerable<string> Values(JsonElement specifications, string hint) => specifications.GetProperty(hint)
        .GetProperty(hint == "checklist" ? "checkList" : "selectList").List("items").Select(item => item.Text("value"));
}
