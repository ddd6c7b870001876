using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;
using static PublicService.Designer.Tests.StudioApi.Analyst;

namespace PublicService.Designer.Tests.StudioApi;

/// <summary>The API Elsa Studio calls, by its contract: names, casing, envelopes, versions, and what is refused.</summary>
public abstract class DefinitionTests(OneStop engine)
{
    [Fact]
    public async Task Definitions_are_listed_found_without_marks_and_read_as_Studio_reads_them()
    {
        var analyst = await engine.AnalystAsync();

        var page = await analyst.GetJsonAsync("/elsa/api/workflow-definitions?versionOptions=Latest&Page=0&PageSize=10&SearchTerm=dang+ky+khai+sinh&IsSystem=False&OrderDirection=Ascending");
        var row = page.List("items").Single(item => item.Text("definitionId") == Birth);
        var definition = await analyst.OpenAsync(Birth);

        Assert.Contains("bulk-publish", page.Rels());
        Assert.Contains("publish", row.Rels());
        Assert.Contains("publish", definition.Rels());
        Assert.Equal(["createdAt", "definitionId", "description", "id", "isLatest", "isMaterializerAvailable", "isPublished", "isReadonly", "isSystem", "links", "materializerName", "name", "toolVersion", "version"], row.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
        Assert.Equal(("Elsa.Flowchart", true), (definition.GetProperty("root").Text("type"), definition.GetProperty("isLatest").GetBoolean()));
        Assert.All(definition.GetProperty("root").List("activities"), activity => Assert.StartsWith("Workflow1:", activity.Text("nodeId"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Versions_follow_the_rules_of_Elsa()
    {
        var analyst = await engine.AnalystAsync();
        var created = await analyst.SaveAsync(Model("Thử phiên bản"));
        var id = created.GetProperty("workflowDefinition").Text("definitionId");
        Assert.Equal((1, false), created.Version());

        Assert.Equal((1, false), (await analyst.SaveAsync(Model("Thử phiên bản", id))).Version());
        Assert.Equal((1, true), (await analyst.SaveAsync(Model("Thử phiên bản", id), publish: true)).Version());
        Assert.Equal((2, false), (await analyst.SaveAsync(Model("Thử phiên bản", id))).Version());
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
    public async Task A_choice_among_all_definitions_reads_names_alone_and_a_page_has_a_bound()
    {
        var analyst = await engine.AnalystAsync();

        var all = await analyst.AskAsync("/workflow-definitions?versionOptions=LatestOrPublished");
        var page = await analyst.AskAsync("/workflow-definitions?versionOptions=Latest&Page=1&PageSize=5&OrderBy=Name&OrderDirection=Descending");

        Assert.Equal(all.Number("totalCount"), all.List("items").Count());
        Assert.All(all.List("items"), row => Assert.Equal(JsonValueKind.Null, row.GetProperty("description").ValueKind));
        Assert.Equal(5, page.List("items").Count());
        Assert.True(page.Number("totalCount") >= 38);
        Assert.Equal(0, (await analyst.AskAsync("/workflow-definitions?versionOptions=Latest&Page=0&PageSize=10&IsSystem=True")).Number("totalCount"));
        Assert.Equal(page.List("items").Select(row => row.Text("id")), (await analyst.AskAsync("/workflow-definitions?versionOptions=&" + string.Join('&', page.List("items").Select(row => "Ids=" + row.Text("id"))) + "&OrderBy=Name&OrderDirection=Descending")).List("items").Select(row => row.Text("id")));
    }

    [Fact]
    public async Task Questions_of_the_create_dialog_are_answered()
    {
        var analyst = await engine.AnalystAsync();
        var id = await analyst.CreateAsync("Tên chỉ một lần");

        Assert.False((await analyst.AskAsync("/workflow-definitions/validation/is-name-unique?name=T%C3%AAn%20ch%E1%BB%89%20m%E1%BB%99t%20l%E1%BA%A7n")).GetProperty("isUnique").GetBoolean());
        Assert.True((await analyst.AskAsync($"/workflow-definitions/validation/is-name-unique?name=T%C3%AAn%20ch%E1%BB%89%20m%E1%BB%99t%20l%E1%BA%A7n&definitionId={id}")).GetProperty("isUnique").GetBoolean());
        Assert.True((await analyst.AskAsync("/workflow-definitions/query/count")).Number("count") >= 38);
        Assert.Contains("Tên chỉ một lần", await (await analyst.PostSaveAsync(Model("Tên chỉ một lần"))).SentencesAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parts_of_a_definition_and_those_who_use_it_are_found()
    {
        var analyst = await engine.AnalystAsync();
        var used = Model("Quy trình dùng chung");
        used["options"]!["usableAsActivity"] = true;
        var usedId = (await analyst.SaveAsync(used, publish: true)).GetProperty("workflowDefinition").Text("definitionId");
        var user = (JsonObject)JsonNode.Parse(Model("Quy trình dùng bước chung").ToJsonString().Replace("\"a\"", "\"x\"", StringComparison.Ordinal).Replace("\"b\"", "\"y\"", StringComparison.Ordinal).Replace("\"flow\"", "\"khung\"", StringComparison.Ordinal))!;
        user["root"]!["activities"]!.AsArray().Add(new JsonObject { ["id"] = "c", ["type"] = "QuyTrìnhDùngChung", ["version"] = 1, ["workflowDefinitionId"] = usedId });
        user["root"]!["connections"]!.AsArray().Add(JsonNode.Parse("""{"source":{"activity":"y","port":"Done"},"target":{"activity":"c","port":"In"}}"""));
        var userId = (await analyst.SaveAsync(user, publish: true)).GetProperty("workflowDefinition").Text("definitionId");
        var opened = await analyst.OpenAsync(userId);
        var (version, root) = (opened.Text("id"), opened.GetProperty("root").Text("nodeId"));

        Assert.Equal([userId], (await analyst.AskAsync($"/workflow-definitions/{usedId}/consumers")).List("consumingWorkflowDefinitionIds").Select(id => id.GetString()));
        var graph = await analyst.AskAsync($"/workflow-definitions/subgraph/{version}?parentNodeId={root}");
        Assert.Equal((root, 3), (graph.Text("nodeId"), graph.List("children").Count()));
        var segments = await analyst.AskAsync($"/workflow-definitions/subgraph/segments/{version}?childNodeId={root}:x");
        Assert.Equal([root], segments.List("pathSegments").Select(segment => segment.Text("activityNodeId")));
        Assert.Equal("x", segments.GetProperty("childNode").GetProperty("activity").Text("id"));
        Assert.Equal(version, (await analyst.AskAsync($"/workflow-definitions/by-id/{version}")).Text("id"));
        Assert.Equal([version], (await analyst.AskAsync($"/workflow-definitions/many-by-id?Ids={version}")).List("items").Select(one => one.Text("id")));
        Assert.Empty((await (await analyst.TellAsync($"/workflow-definitions/{usedId}/update-references")).JsonAsync()).List("affectedWorkflows"));
        Assert.Contains((await analyst.AskAsync("/descriptors/activities")).List("items"), one => one.Text("typeName") == "QuyTrìnhDùngChung");
    }

    [Fact]
    public async Task A_value_Studio_saves_without_its_type_counts_when_it_is_run()
    {
        var analyst = await engine.AnalystAsync();
        var id = await analyst.CreateAsync("Giá trị không ghi kiểu");

        var line = (await analyst.ExportAsync(id))["root"]!["activities"]![0]!["text"]!;
        Assert.Equal("String", line["typeName"]!.ToString());
    }

    [Fact]
    public async Task An_act_on_many_goes_on_after_a_refusal_and_says_why()
    {
        var analyst = await engine.AnalystAsync();
        var fine = await analyst.CreateAsync("Hàng loạt tốt");
        var bad = Model("Hàng loạt hỏng");
        bad["root"]!["activities"]![0]!["text"]!["expression"] = new JsonObject { ["type"] = "Liquid", ["value"] = "x" };
        var badId = (await analyst.SaveAsync(bad)).GetProperty("workflowDefinition").Text("definitionId");

        var published = await (await analyst.TellAsync("/bulk-actions/publish/workflow-definitions/by-definition-ids", Ids(badId, fine, "khong-co"))).JsonAsync();
        Assert.Equal([fine], Texts(published, "published"));
        Assert.Equal(["khong-co"], Texts(published, "notFound"));
        Assert.Equal([badId], Texts(published, "skipped"));
        Assert.Equal(badId, published.List("refusals").Single().Text("id"));
        Assert.NotEmpty(published.List("refusals").Single().Text("message"));
        Assert.Equal([fine], Texts(await (await analyst.TellAsync("/bulk-actions/publish/workflow-definitions/by-definition-ids", Ids(fine))).JsonAsync(), "alreadyPublished"));
        Assert.Equal([fine], Texts(await (await analyst.TellAsync("/bulk-actions/retract/workflow-definitions/by-definition-ids", Ids(fine, badId))).JsonAsync(), "retracted"));

        using var zip = new ZipArchive(await (await analyst.TellAsync("/bulk-actions/export/workflow-definitions", new JsonObject { ["ids"] = new JsonArray(fine + ":1", badId + ":1") })).Content.ReadAsStreamAsync());
        Assert.Equal(2, zip.Entries.Count);
        Assert.Equal(2, (await (await analyst.TellAsync("/bulk-actions/delete/workflow-definitions/by-definition-id", Ids(fine, badId, "khong-co"))).JsonAsync()).Number("deleted"));

        JsonObject Ids(params string[] ids) => new() { ["definitionIds"] = new JsonArray([.. ids.Select(id => JsonValue.Create(id))]) };
    }

    [Fact]
    public async Task The_second_of_two_who_save_the_same_draft_is_told_and_nothing_is_lost()
    {
        var analyst = await engine.AnalystAsync();
        var id = await analyst.CreateAsync("Hai người");
        using var opened = await analyst.GetAsync($"/elsa/api/workflow-definitions/by-definition-id/{id}?versionOptions=Latest");
        var seen = opened.Headers.ETag!.ToString();

        var mine = Model("Hai người", id);
        mine["description"] = "của tôi";
        await (await analyst.PostSaveAsync(mine, seen: seen)).JsonAsync();
        var problem = await (await analyst.PostSaveAsync(Model("Hai người", id), seen: seen)).ShouldBeRefusedAsync("DEFINITION_CHANGED");

        Assert.Contains("đã lưu bản khác", problem.Text("detail"), StringComparison.Ordinal);
        Assert.Equal("của tôi", (await analyst.OpenAsync(id)).Text("description"));
    }

    [Fact]
    public async Task An_empty_canvas_does_not_wipe_a_workflow()
    {
        var analyst = await engine.AnalystAsync();
        var id = await analyst.CreateAsync("Không được xóa");
        var empty = Model("Không được xóa", id);
        empty["root"]!["activities"] = new JsonArray();
        empty["root"]!["connections"] = new JsonArray();

        await (await analyst.PostSaveAsync(empty)).ShouldBeRefusedAsync("DEFINITION_EMPTIED");
        Assert.Equal(2, (await analyst.OpenAsync(id)).GetProperty("root").List("activities").Count());
        await (await analyst.PostSaveAsync(empty, confirm: true)).JsonAsync();
        Assert.Empty((await analyst.OpenAsync(id)).GetProperty("root").List("activities"));
    }

    [Fact]
    public async Task An_unknown_activity_is_drawn_as_not_found_and_comes_back_whole()
    {
        var analyst = await engine.AnalystAsync();
        var model = Model("Hoạt động lạ");
        model["root"]!["activities"]!.AsArray().Add(new JsonObject { ["id"] = "la", ["type"] = "Acme.Old", ["version"] = 1, ["secret"] = new JsonObject { ["x"] = 1 } });
        var id = (await analyst.SaveAsync(model)).GetProperty("workflowDefinition").Text("definitionId");

        var shown = await analyst.ModelAsync(id);
        Assert.Contains(shown["root"]!["activities"]!.AsArray(), one => one!["type"]!.ToString() == "Elsa.NotFoundActivity" && one["missingTypeName"]!.ToString() == "Acme.Old");
        await analyst.SaveAsync(shown);

        var file = await analyst.ExportAsync(id);
        Assert.Contains(file["root"]!["activities"]!.AsArray(), one => one!["type"]!.ToString() == "Acme.Old" && one["secret"]!["x"]!.GetValue<int>() == 1);
    }

    [Fact]
    public async Task Publishing_is_refused_in_Vietnamese_naming_the_step()
    {
        var analyst = await engine.AnalystAsync();
        var model = await analyst.ModelAsync(Birth);
        var examination = model["root"]!["activities"]!.AsArray().First(one => one!["id"]!.ToString() == "ThamTra")!;
        examination["hours"] = new JsonObject { ["typeName"] = "Int32", ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = "80" } };
        (model["definitionId"], model["name"]) = (null, "Khai sinh quá hạn");
        model["customProperties"] = new JsonObject { ["procedureCode"] = Birth };

        var problem = await (await analyst.PostSaveAsync(model, publish: true)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");

        Assert.Contains(problem.GetProperty("errors").List("definition"), sentence => sentence.GetString()!.StartsWith("Bước “", StringComparison.Ordinal));
        var saved = await analyst.SaveAsync(model);
        Assert.Contains(saved.List("validationErrors"), finding => finding.Text("activityId") == "ThamTra");
    }

    private static string[] Texts(JsonElement answer, string list) => [.. answer.List(list).Select(one => one.GetString()!)];

    [Fact]
    public async Task A_supervisor_reads_and_an_officer_is_refused()
    {
        var supervisor = await engine.SomebodyAsync("giamsat");
        var page = await supervisor.GetJsonAsync("/elsa/api/workflow-definitions?versionOptions=Latest&Page=0&PageSize=10");
        Assert.DoesNotContain(page.List("links"), link => link.Text("rel") == "bulk-publish");
        Assert.All(page.List("items"), item => Assert.DoesNotContain(item.List("links"), link => link.Text("rel") == "publish"));
        Assert.Equal(HttpStatusCode.Forbidden, (await supervisor.PostSaveAsync(Model("Không được"))).StatusCode);

        var officer = await engine.OfficerAsync("chuyen-vien");
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.GetAsync("/elsa/api/workflow-definitions")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await engine.CreateClient().GetAsync("/elsa/api/workflow-definitions")).StatusCode);
    }
}

[Collection(nameof(SqliteEngine))]
public sealed class DefinitionSqliteTests(OneStop engine) : DefinitionTests(engine);

[Collection(nameof(PostgresEngine))]
public sealed class DefinitionPostgresTests(PostgresOneStop engine) : DefinitionTests(engine);
