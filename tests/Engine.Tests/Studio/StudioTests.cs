using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Studio;

/// <summary>The API Elsa Studio calls, by its contract: names, casing, envelopes, versions, and what is refused.</summary>
public abstract class StudioTests(OneStop engine)
{
    private const string Birth = "1.001193";

    [Theory]
    [InlineData("/features/installed")]
    [InlineData("/descriptors/activities?Refresh=True")]
    [InlineData("/descriptors/expression-descriptors")]
    [InlineData("/descriptors/variables")]
    [InlineData("/descriptors/storage-drivers")]
    [InlineData("/descriptors/incident-strategies")]
    [InlineData("/descriptors/log-persistence-strategies")]
    [InlineData("/descriptors/workflow-activation-strategies")]
    [InlineData("/descriptors/commit-strategies/workflows")]
    [InlineData("/descriptors/commit-strategies/activities")]
    public async Task Everything_the_editor_asks_for_while_it_loads_is_there(string path)
    {
        var list = await (await AnalystAsync()).GetJsonAsync("/elsa/api" + path);

        Assert.NotEmpty(list.List("items"));
        Assert.Equal(list.List("items").Count(), list.Number("count"));
    }

    [Fact]
    public async Task Activities_are_unique_offer_offices_and_are_not_sent_twice()
    {
        var analyst = await AnalystAsync();
        using var first = await analyst.GetAsync("/elsa/api/descriptors/activities?Refresh=True");
        var items = JsonSerializer.Deserialize<JsonElement>(await first.Content.ReadAsStringAsync()).List("items").ToList();

        Assert.Equal(items.Count, items.Select(item => (item.Text("typeName"), item.Number("version"))).Distinct().Count());
        foreach (var needed in new[] { "Elsa.Workflow", "Elsa.Flowchart", "Elsa.NotFoundActivity", "PublicService.Intake", "PublicService.DeliverToWallet" })
        {
            Assert.Contains(items, item => item.Text("typeName") == needed);
        }

        var office = items.Single(item => item.Text("typeName") == "PublicService.OfficerTask").List("inputs").Single(input => input.Text("name") == "Office");
        var choices = office.GetProperty("uiSpecifications").GetProperty("dropdown").GetProperty("selectList").List("items").Select(item => item.Text("value")).ToList();
        Assert.Contains("Competent", choices);
        Assert.Contains(OneStop.Ward, choices);

        var again = new HttpRequestMessage(HttpMethod.Get, "/elsa/api/descriptors/activities?Refresh=True");
        again.Headers.TryAddWithoutValidation("If-None-Match", first.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.NotModified, (await analyst.SendAsync(again)).StatusCode);
    }

    [Fact]
    public async Task Definitions_are_listed_found_without_marks_and_read_as_Studio_reads_them()
    {
        var analyst = await AnalystAsync();

        var page = await analyst.GetJsonAsync("/elsa/api/workflow-definitions?versionOptions=Latest&Page=0&PageSize=10&SearchTerm=dang+ky+khai+sinh&IsSystem=False&OrderDirection=Ascending");
        var row = page.List("items").Single(item => item.Text("definitionId") == Birth);
        var definition = await OpenAsync(analyst, Birth);

        Assert.Contains(page.List("links"), link => link.Text("rel") == "bulk-publish");
        Assert.Contains(row.List("links"), link => link.Text("rel") == "publish");
        Assert.Equal(("Elsa.Flowchart", true), (definition.GetProperty("root").Text("type"), definition.GetProperty("isLatest").GetBoolean()));
        Assert.All(definition.GetProperty("root").List("activities"), activity => Assert.StartsWith("Workflow1:", activity.Text("nodeId"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Versions_follow_the_rules_of_Elsa()
    {
        var analyst = await AnalystAsync();
        var created = await SaveAsync(analyst, Model("Thử phiên bản"));
        var id = created.GetProperty("workflowDefinition").Text("definitionId");
        Assert.Equal((1, false), Version(created));

        Assert.Equal((1, false), Version(await SaveAsync(analyst, Model("Thử phiên bản", id))));
        Assert.Equal((1, true), Version(await SaveAsync(analyst, Model("Thử phiên bản", id), publish: true)));
        Assert.Equal((2, false), Version(await SaveAsync(analyst, Model("Thử phiên bản", id))));
        var published = await analyst.GetJsonAsync($"/elsa/api/workflow-definitions?versionOptions=Published&DefinitionIds={id}");
        Assert.Equal(1, published.List("items").Single().Number("version"));

        var reverted = await (await analyst.PostAsync($"/elsa/api/workflow-definitions/{id}/revert/1", null)).JsonAsync();
        Assert.Equal(3, reverted.Number("version"));
        var history = await analyst.GetJsonAsync($"/elsa/api/workflow-definitions?versionOptions=AllVersions&Page=0&PageSize=10&DefinitionIds={id}&OrderBy=Version&OrderDirection=Descending");
        Assert.Equal([3, 2, 1], history.List("items").Select(item => item.Number("version")));

        Assert.False((await (await analyst.PostAsync($"/elsa/api/workflow-definitions/{id}/retract", null)).JsonAsync()).GetProperty("isPublished").GetBoolean());
        Assert.Equal(HttpStatusCode.NoContent, (await analyst.DeleteAsync($"/elsa/api/workflow-definitions/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await analyst.GetAsync($"/elsa/api/workflow-definitions/by-definition-id/{id}")).StatusCode);
    }

    [Fact]
    public async Task The_second_of_two_who_save_the_same_draft_is_told_and_nothing_is_lost()
    {
        var analyst = await AnalystAsync();
        var id = (await SaveAsync(analyst, Model("Hai người"))).GetProperty("workflowDefinition").Text("definitionId");
        using var opened = await analyst.GetAsync($"/elsa/api/workflow-definitions/by-definition-id/{id}?versionOptions=Latest");
        var seen = opened.Headers.ETag!.ToString();

        var mine = Model("Hai người", id);
        mine["description"] = "của tôi";
        await (await PostSaveAsync(analyst, mine, seen: seen)).JsonAsync();
        var problem = await (await PostSaveAsync(analyst, Model("Hai người", id), seen: seen)).ShouldBeRefusedAsync("DEFINITION_CHANGED");

        Assert.Contains("đã lưu bản khác", problem.Text("detail"), StringComparison.Ordinal);
        Assert.Equal("của tôi", (await OpenAsync(analyst, id)).Text("description"));
    }

    [Fact]
    public async Task An_empty_canvas_does_not_wipe_a_workflow()
    {
        var analyst = await AnalystAsync();
        var id = (await SaveAsync(analyst, Model("Không được xóa"))).GetProperty("workflowDefinition").Text("definitionId");
        var empty = Model("Không được xóa", id);
        empty["root"]!["activities"] = new JsonArray();
        empty["root"]!["connections"] = new JsonArray();

        await (await PostSaveAsync(analyst, empty)).ShouldBeRefusedAsync("DEFINITION_EMPTIED");
        Assert.Equal(2, (await OpenAsync(analyst, id)).GetProperty("root").List("activities").Count());
        await (await PostSaveAsync(analyst, empty, confirm: true)).JsonAsync();
        Assert.Empty((await OpenAsync(analyst, id)).GetProperty("root").List("activities"));
    }

    [Fact]
    public async Task An_unknown_activity_is_drawn_as_not_found_and_comes_back_whole()
    {
        var analyst = await AnalystAsync();
        var model = Model("Hoạt động lạ");
        model["root"]!["activities"]!.AsArray().Add(new JsonObject { ["id"] = "la", ["type"] = "Acme.Old", ["version"] = 1, ["secret"] = new JsonObject { ["x"] = 1 } });
        var id = (await SaveAsync(analyst, model)).GetProperty("workflowDefinition").Text("definitionId");

        var shown = JsonNode.Parse((await OpenAsync(analyst, id)).GetRawText())!.AsObject();
        Assert.Contains(shown["root"]!["activities"]!.AsArray(), one => one!["type"]!.ToString() == "Elsa.NotFoundActivity" && one["missingTypeName"]!.ToString() == "Acme.Old");
        await SaveAsync(analyst, shown);

        var file = JsonNode.Parse(await analyst.GetStringAsync($"/elsa/api/workflow-definitions/{id}/export"))!;
        Assert.Contains(file["root"]!["activities"]!.AsArray(), one => one!["type"]!.ToString() == "Acme.Old" && one["secret"]!["x"]!.GetValue<int>() == 1);
    }

    [Fact]
    public async Task Publishing_is_refused_in_Vietnamese_naming_the_step()
    {
        var analyst = await AnalystAsync();
        var model = JsonNode.Parse((await OpenAsync(analyst, Birth)).GetRawText())!.AsObject();
        var examination = model["root"]!["activities"]!.AsArray().First(one => one!["id"]!.ToString() == "ThamTra")!;
        examination["hours"] = new JsonObject { ["typeName"] = "Int32", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = "80" } };
        (model["definitionId"], model["name"]) = (null, "Khai sinh quá hạn");
        model["customProperties"] = new JsonObject { ["procedureCode"] = Birth };

        var problem = await (await PostSaveAsync(analyst, model, publish: true)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");

        Assert.Contains(problem.GetProperty("errors").List("definition"), sentence => sentence.GetString()!.StartsWith("Bước “", StringComparison.Ordinal));
        var saved = await SaveAsync(analyst, model);
        Assert.Contains(saved.List("validationErrors"), finding => finding.Text("activityId") == "ThamTra");
    }

    [Fact]
    public async Task A_definition_with_dossiers_is_not_deleted_and_its_dossier_can_be_watched()
    {
        var walk = await Walk.StartAsync(engine);
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        var analyst = await AnalystAsync();

        var problem = await (await analyst.DeleteAsync($"/elsa/api/workflow-definitions/{Birth}")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
        Assert.Contains("hồ sơ", problem.GetProperty("errors").List("definition").Single().GetString(), StringComparison.Ordinal);

        var instances = await (await analyst.PostAsync("/elsa/api/workflow-instances", Json(new JsonObject { ["page"] = 0, ["pageSize"] = 10, ["searchTerm"] = walk.Code }))).JsonAsync();
        var instance = instances.List("items").Single();
        var id = instance.Text("id");
        Assert.Equal(("Running", "Suspended"), (instance.Text("status"), instance.Text("subStatus")));
        var whole = await analyst.GetJsonAsync($"/elsa/api/workflow-instances/{id}");
        Assert.NotEmpty(whole.GetProperty("workflowState").List("bookmarks"));
        var journal = await (await analyst.PostAsync($"/elsa/api/workflow-instances/{id}/journal?skip=0&take=110", Json(new JsonObject { ["filter"] = new JsonObject { ["excludedActivityTypes"] = new JsonArray("Elsa.Workflow", "Elsa.Flowchart") } }))).JsonAsync();
        Assert.Equal(journal.List("items").Select(line => line.Number("sequence")).Order(), journal.List("items").Select(line => line.Number("sequence")));
        Assert.DoesNotContain(journal.List("items"), line => line.Text("activityType") == "Elsa.Flowchart");
        var report = await (await analyst.PostAsync("/elsa/api/activity-executions/report", Json(new JsonObject { ["workflowInstanceId"] = id, ["activityNodeIds"] = new JsonArray() }))).JsonAsync();
        Assert.Contains(report.List("stats"), stat => stat.Text("activityId") == "TiepNhan" && stat.Number("completedCount") == 1);
        Assert.Contains(report.List("stats"), stat => stat.GetProperty("isBlocked").GetBoolean());
        var execution = whole.GetProperty("workflowState").List("bookmarks").First().Text("activityInstanceId");
        Assert.Equal("Running", (await analyst.GetJsonAsync($"/elsa/api/activity-executions/by-id?id={execution}")).Text("status"));
        var state = await analyst.GetJsonAsync($"/elsa/api/workflow-instances/{id}/execution-state");
        Assert.Equal(state.Text("subStatus"), state.Text("workflowSubStatus"));
    }

    [Fact]
    public async Task A_supervisor_reads_and_an_officer_is_refused()
    {
        var supervisor = await engine.SomebodyAsync("giamsat");
        var page = await supervisor.GetJsonAsync("/elsa/api/workflow-definitions?versionOptions=Latest&Page=0&PageSize=10");
        Assert.DoesNotContain(page.List("links"), link => link.Text("rel") == "bulk-publish");
        Assert.All(page.List("items"), item => Assert.DoesNotContain(item.List("links"), link => link.Text("rel") == "publish"));
        Assert.Equal(HttpStatusCode.Forbidden, (await PostSaveAsync(supervisor, Model("Không được"))).StatusCode);

        var officer = await engine.OfficerAsync("chuyen-vien");
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.GetAsync("/elsa/api/workflow-definitions")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await engine.CreateClient().GetAsync("/elsa/api/workflow-definitions")).StatusCode);
    }

    [Fact]
    public async Task Every_procedure_is_saved_published_exported_and_imported_without_loss()
    {
        var analyst = await AnalystAsync();
        foreach (var file in Directory.GetFiles(Path.Combine(OneStop.Root, "workflows"), "*.json", SearchOption.AllDirectories))
        {
            var original = JsonNode.Parse(await File.ReadAllTextAsync(file))!.AsObject();
            var id = original["definitionId"]!.ToString();
            var shown = JsonNode.Parse((await OpenAsync(analyst, id)).GetRawText())!.AsObject();

            Assert.True((await SaveAsync(analyst, shown, publish: true)).GetProperty("workflowDefinition").GetProperty("isPublished").GetBoolean(), id);
            var exported = JsonNode.Parse(await analyst.GetStringAsync($"/elsa/api/workflow-definitions/{id}/export"))!.AsObject();
            await (await analyst.PostAsync("/elsa/api/workflow-definitions/import", Json(exported))).JsonAsync();
            var imported = JsonNode.Parse(await analyst.GetStringAsync($"/elsa/api/workflow-definitions/{id}/export"))!.AsObject();

            Assert.True(JsonNode.DeepEquals(original["root"], exported["root"]), id);
            Assert.True(JsonNode.DeepEquals(exported["root"], imported["root"]), id);
            Assert.True(JsonNode.DeepEquals(original["customProperties"], imported["customProperties"]), id);
        }
    }

    private Task<HttpClient> AnalystAsync() => engine.SomebodyAsync("quantri");

    private static async Task<JsonElement> OpenAsync(HttpClient client, string id) =>
        await client.GetJsonAsync($"/elsa/api/workflow-definitions/by-definition-id/{id}?versionOptions=Latest");

    private static (int Version, bool IsPublished) Version(JsonElement saved) =>
        (saved.GetProperty("workflowDefinition").Number("version"), saved.GetProperty("workflowDefinition").GetProperty("isPublished").GetBoolean());

    private static async Task<JsonElement> SaveAsync(HttpClient client, JsonObject model, bool publish = false) => await (await PostSaveAsync(client, model, publish)).JsonAsync();

    private static Task<HttpResponseMessage> PostSaveAsync(HttpClient client, JsonObject model, bool publish = false, string? seen = null, bool confirm = false)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/elsa/api/workflow-definitions") { Content = Json(new JsonObject { ["model"] = model.DeepClone(), ["publish"] = publish }) };
        if (seen is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", seen);
        }

        if (confirm)
        {
            request.Headers.TryAddWithoutValidation("X-Confirm", "replace-all");
        }

        return client.SendAsync(request);
    }

    private static StringContent Json(JsonNode body) => new(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json");

    /// <summary>Two lines that are written one after the other, as Studio posts them.</summary>
    private static JsonObject Model(string name, string? definitionId = null) => (JsonObject)JsonNode.Parse($$$"""
        {"definitionId":{{{(definitionId is null ? "null" : $"\"{definitionId}\"")}}},"name":"{{{name}}}","description":"","toolVersion":"3.8.2.0","variables":[],"inputs":[],"outputs":[],"outcomes":[],
         "customProperties":{"VariableTestValues":{}},"isReadonly":false,"options":{"autoUpdateConsumingWorkflows":false},
         "root":{"id":"flow","type":"Elsa.Flowchart","version":1,"name":"Flowchart1","customProperties":{},"metadata":{},
          "activities":[
           {"id":"a","type":"Elsa.WriteLine","version":1,"name":"Dong1","customProperties":{},"metadata":{},"text":{"typeName":null,"expression":{"type":"Literal","value":"một"},"memoryReference":null}},
           {"id":"b","type":"Elsa.WriteLine","version":1,"name":"Dong2","customProperties":{},"metadata":{},"text":{"typeName":"String","expression":{"type":"Literal","value":"hai"},"memoryReference":null}}],
          "connections":[{"source":{"activity":"a","port":"Done"},"target":{"activity":"b","port":"In"},"vertices":[]}]}}
        """)!;
}

public sealed class StudioSqliteTests(OneStop engine) : StudioTests(engine), IClassFixture<OneStop>;

public sealed class StudioPostgresTests(PostgresOneStop engine) : StudioTests(engine), IClassFixture<PostgresOneStop>;
