using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;
using static PublicService.Designer.Tests.StudioApi.Analyst;

namespace PublicService.Designer.Tests.StudioApi;

/// <summary>The list of instances and the viewer, by their contract (Elsa contract A.4 to A.6).</summary>
public abstract class InstanceTests(OneStop engine)
{
    [Fact]
    public async Task A_definition_with_dossiers_is_not_deleted_and_its_dossier_can_be_watched()
    {
        var walk = await Walk.StartAsync(engine);
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        var analyst = await engine.AnalystAsync();

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
    public async Task Every_call_of_the_viewer_is_answered_in_its_form()
    {
        var walk = await Walk.StartAsync(engine);
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        var analyst = await engine.AnalystAsync();
        var row = await FindAsync(analyst, walk.Code);
        var (id, version) = (row.Text("id"), row.Text("definitionVersionId"));

        Assert.Equal([version], (await analyst.AskAsync($"/workflow-definitions?versionOptions=&Ids={version}")).List("items").Select(one => one.Text("id")));
        var root = (await analyst.AskAsync($"/workflow-definitions/by-id/{version}")).GetProperty("root").Text("nodeId");
        var executions = (await analyst.AskAsync($"/activity-executions/list?WorkflowInstanceId={id}&ActivityNodeId={root}")).List("items").ToList();
        Assert.Equal("Elsa.Flowchart", executions.Single().Text("activityType"));
        var summaries = await analyst.AskAsync($"/activity-execution-summaries/list?WorkflowInstanceId={id}");
        Assert.Equal(summaries.Number("count"), summaries.List("items").Count());
        Assert.All(summaries.List("items"), one => Assert.False(one.TryGetProperty("activityState", out _)));
        Assert.True((await analyst.AskAsync($"/activity-executions/list?WorkflowInstanceId={id}&completed=True")).Number("count") < summaries.Number("count"));
        var last = summaries.List("items").Last();
        var stack = await analyst.AskAsync($"/activity-executions/{last.Text("id")}/call-stack?includeCrossWorkflowChain=True");
        Assert.Equal(last.Text("id"), stack.List("items").Last().Text("id"));
        Assert.Equal("Elsa.Workflow", stack.List("items").First().Text("activityType"));
        Assert.Equal(last.Number("callStackDepth"), stack.Number("totalCount") - 1);
        Assert.Contains("items", (await analyst.AskAsync($"/workflow-instances/{id}/variables")).EnumerateObject().Select(property => property.Name));
        Assert.Equal(HttpStatusCode.NotFound, (await analyst.GetAsync(Api + "/workflow-instances/khong-co")).StatusCode);
    }

    [Fact]
    public async Task Instances_are_filtered_by_state_version_and_time()
    {
        var walk = await Walk.StartAsync(engine);
        var analyst = await engine.AnalystAsync();
        var row = await FindAsync(analyst, walk.Code);

        Assert.Equal(1, await CountAsync("""{"statuses":["Running"],"subStatuses":["Suspended"],"version":VERSION,"definitionIds":["1.001193"],"hasIncidents":false}"""));
        Assert.Equal(0, await CountAsync("""{"version":4711}"""));
        Assert.Equal(0, await CountAsync("""{"statuses":["Finished"]}"""));
        Assert.Equal(0, await CountAsync("""{"timestampFilters":[{"column":"CreatedAt","operator":"LessThan","timestamp":"2020-01-01T00:00:00Z"}]}"""));
        Assert.Equal(1, await CountAsync("""{"timestampFilters":[{"column":"CreatedAt","operator":"GreaterThanOrEqual","timestamp":"2020-01-01T00:00:00Z"}],"orderBy":"LastExecuted","orderDirection":"Ascending"}"""));

        async Task<int> CountAsync(string filter)
        {
            var body = (JsonObject)JsonNode.Parse(filter.Replace("VERSION", row.Number("version").ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal))!;
            body["searchTerm"] = walk.Code;
            return (await (await analyst.TellAsync("/workflow-instances", body)).JsonAsync()).Number("totalCount");
        }
    }

    [Fact]
    public async Task A_workflow_without_dossier_is_run_cancelled_and_written_to_a_file()
    {
        var analyst = await engine.AnalystAsync();
        var model = Model("Chạy không hồ sơ");
        model["root"]!["activities"]![1] = JsonNode.Parse("""{"id":"b","type":"Elsa.Event","version":1,"eventName":{"typeName":"String","expression":{"type":"Literal","value":"khong-bao-gio"}}}""");
        var definition = (await analyst.SaveAsync(model, publish: true)).GetProperty("workflowDefinition").Text("definitionId");

        using var run = await analyst.TellAsync($"/workflow-definitions/{definition}/execute", new JsonObject { ["versionOptions"] = "Latest" });
        var id = run.Headers.GetValues("x-elsa-workflow-instance-id").Single();
        var other = (await (await analyst.TellAsync($"/workflow-definitions/{definition}/dispatch")).JsonAsync()).Text("workflowInstanceId");
        using var file = await analyst.GetAsync($"{Api}/workflow-instances/{id}/export");
        Assert.Equal($"workflow-instance-{id}.json", file.Content.Headers.ContentDisposition!.FileName);
        var exported = await file.JsonAsync();
        Assert.Equal(id, exported.GetProperty("workflowState").Text("id"));
        Assert.NotEmpty(exported.List("workflowExecutionLogRecords"));
        using var zip = new ZipArchive(await (await analyst.TellAsync("/bulk-actions/export/workflow-instances", new JsonObject { ["ids"] = new JsonArray(id, other) })).Content.ReadAsStreamAsync());
        Assert.Equal(2, zip.Entries.Count);

        Assert.Equal(HttpStatusCode.OK, (await analyst.TellAsync($"/cancel/workflow-instances/{id}")).StatusCode);
        Assert.Equal("Cancelled", (await analyst.AskAsync($"/workflow-instances/{id}/execution-state")).Text("subStatus"));
        Assert.Equal(1, (await (await analyst.TellAsync("/bulk-actions/cancel/workflow-instances", new JsonObject { ["definitionId"] = definition })).JsonAsync()).Number("cancelled"));
        Assert.Equal("Cancelled", (await analyst.AskAsync($"/workflow-instances/{other}/execution-state")).Text("subStatus"));
    }

    [Fact]
    public async Task A_dossier_is_neither_started_nor_stopped_nor_deleted_from_Studio()
    {
        var walk = await Walk.StartAsync(engine);
        var analyst = await engine.AnalystAsync();
        var id = (await FindAsync(analyst, walk.Code)).Text("id");

        using var run = await analyst.TellAsync($"/workflow-definitions/{Birth}/execute");
        Assert.Equal("true", run.Headers.GetValues("x-elsa-workflow-cannot-start").Single());
        Assert.Contains("hồ sơ", await (await analyst.TellAsync($"/workflow-definitions/{Birth}/dispatch")).SentencesAsync(), StringComparison.Ordinal);
        await (await analyst.TellAsync($"/cancel/workflow-instances/{id}")).ShouldBeRefusedAsync("DOSSIER_NOT_CANCELLED");
        var many = await (await analyst.TellAsync("/bulk-actions/cancel/workflow-instances", new JsonObject { ["ids"] = new JsonArray(id) })).JsonAsync();
        Assert.Equal((0, id), (many.Number("cancelled"), many.List("refusals").Single().Text("id")));
        await (await analyst.DeleteAsync($"{Api}/workflow-instances/{id}")).ShouldBeRefusedAsync("INSTANCE_NOT_DELETED");
        await (await analyst.TellAsync("/bulk-actions/delete/workflow-instances", new JsonObject { ["ids"] = new JsonArray(id) })).ShouldBeRefusedAsync("INSTANCE_NOT_DELETED");
        await (await analyst.PostAsync(Api + "/bulk-actions/import/workflow-instances", new MultipartFormDataContent { { new StringContent("{}"), "files", "a.json" } })).ShouldBeRefusedAsync("INSTANCE_NOT_IMPORTED");
        Assert.Equal("Suspended", (await analyst.AskAsync($"/workflow-instances/{id}/execution-state")).Text("subStatus"));
    }

    [Fact]
    public async Task Who_looks_after_definitions_sees_no_personal_data()
    {
        var walk = await Walk.StartAsync(engine);
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        var analyst = await engine.AnalystAsync();
        var id = (await FindAsync(analyst, walk.Code)).Text("id");
        var name = OneStop.BirthRegistration()["applicant"]!["name"]!.ToString();

        Assert.DoesNotContain(name, await analyst.GetStringAsync($"{Api}/workflow-instances/{id}/export"), StringComparison.Ordinal);
        Assert.DoesNotContain(name, await analyst.GetStringAsync($"{Api}/activity-executions/list?WorkflowInstanceId={id}"), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> FindAsync(HttpClient client, string code) =>
        (await (await client.TellAsync("/workflow-instances", new JsonObject { ["page"] = 0, ["pageSize"] = 10, ["searchTerm"] = code })).JsonAsync()).List("items").Single();
}

[Collection(nameof(SqliteEngine))]
public sealed class InstanceSqliteTests(OneStop engine) : InstanceTests(engine);

[Collection(nameof(PostgresEngine))]
public sealed class InstancePostgresTests(PostgresOneStop engine) : InstanceTests(engine);
