using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Procedures;

/// <summary>Which workflow carries a procedure. Runs on both databases.</summary>
public abstract class AssignDefinitionTests(OneStop engine)
{
    [Fact]
    public async Task A_new_procedure_gets_a_first_draft_once()
    {
        var analyst = await NewProcedureAsync("7.100001");

        var first = await (await AssignAsync(analyst, "7.100001")).JsonAsync();
        var again = await (await AssignAsync(analyst, "7.100001")).JsonAsync();
        var draft = await analyst.GetJsonAsync("/elsa/api/workflow-definitions/by-definition-id/7.100001?versionOptions=Latest");

        Assert.Equal(("7.100001", 1, false, true), (first.Text("definitionId"), first.Number("version"), first.GetProperty("isPublished").GetBoolean(), first.GetProperty("inForce").GetBoolean()));
        Assert.Equal(1, again.Number("version"));
        Assert.Equal("Elsa.Start", draft.GetProperty("root").List("activities").Single().Text("type"));
        Assert.Equal("7.100001", draft.GetProperty("customProperties").Text("procedureCode"));
        using var refused = await analyst.PostAsync("/elsa/api/workflow-definitions/7.100001/publish", null);
        Assert.Contains("phải có bước tiếp nhận", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workflow_drawn_in_Studio_carries_the_procedure_it_is_given()
    {
        var analyst = await NewProcedureAsync("7.100002");
        var drawn = await CopyAsync(analyst, "Vẽ riêng 7.100002");
        using var early = await analyst.PostAsync($"/elsa/api/workflow-definitions/{drawn}/publish", null);
        Assert.Contains("Danh mục không có thủ tục", await early.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var assigned = await (await AssignAsync(analyst, "7.100002", drawn)).JsonAsync();
        await (await analyst.PostAsync($"/elsa/api/workflow-definitions/{drawn}/publish", null)).JsonAsync();

        Assert.True(assigned.GetProperty("inForce").GetBoolean());
        var procedure = await analyst.ReadAsync("/procedures/7.100002");
        Assert.Equal((drawn, true), (procedure.Text("definitionId"), procedure.GetProperty("hasWorkflow").GetBoolean()));
    }

    [Fact]
    public async Task A_draft_does_not_take_the_place_of_a_published_workflow()
    {
        var analyst = await NewProcedureAsync("7.100003");
        var old = await CopyAsync(analyst, "Cũ 7.100003");
        await (await AssignAsync(analyst, "7.100003", old)).JsonAsync();
        await (await analyst.PostAsync($"/elsa/api/workflow-definitions/{old}/publish", null)).JsonAsync();
        var young = await CopyAsync(analyst, "Mới 7.100003");

        var asDraft = await (await AssignAsync(analyst, "7.100003", young)).JsonAsync();
        Assert.Equal(old, (await analyst.ReadAsync("/procedures/7.100003")).Text("definitionId"));
        await (await analyst.PostAsync($"/elsa/api/workflow-definitions/{young}/publish", null)).JsonAsync();
        var asPublished = await (await AssignAsync(analyst, "7.100003", young)).JsonAsync();

        Assert.Equal((false, true), (asDraft.GetProperty("inForce").GetBoolean(), asPublished.GetProperty("inForce").GetBoolean()));
        Assert.Equal(young, (await analyst.ReadAsync("/procedures/7.100003")).Text("definitionId"));
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_changes_nothing()
    {
        var analyst = await engine.SomebodyAsync("quantri");
        await Walk.StartAsync(engine);
        var other = await CopyAsync(analyst, "Thay khai sinh", "1.001193");
        await (await AssignAsync(analyst, "1.001193", other)).JsonAsync();
        await (await analyst.PostAsync($"/elsa/api/workflow-definitions/{other}/publish", null)).JsonAsync();

        await (await AssignAsync(analyst, "1.001193", other)).ShouldBeRefusedAsync("WORDING_IN_USE");
        Assert.Equal("1.001193", (await analyst.ReadAsync("/procedures/1.001193")).Text("definitionId"));
        Assert.Equal(HttpStatusCode.NotFound, (await AssignAsync(analyst, "9.999999")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await AssignAsync(analyst, "1.001193", "khong-co")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await AssignAsync(await engine.SomebodyAsync("hotich"), "1.001193", other)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await analyst.PutAsync("/procedures/1.001193/definition", new JsonObject { ["reason"] = " " })).StatusCode);
    }

    private async Task<HttpClient> NewProcedureAsync(string code)
    {
        var analyst = await engine.SomebodyAsync("quantri");
        await analyst.SendAsync($"/procedures/{code}/wordings", Catalogue.Wording("2026-11-01", Catalogue.Entry(code, entry => entry["time"]!["value"] = 30))).JsonAsync();
        return analyst;
    }

    private static Task<HttpResponseMessage> AssignAsync(HttpClient person, string code, string? definitionId = null) =>
        person.PutAsync($"/procedures/{code}/definition", new JsonObject { ["reason"] = "QĐ 15/QĐ-UBND", ["definitionId"] = definitionId });

    /// <summary>A definition as Studio makes it: with an id of its own and nothing said about a procedure.</summary>
    private static async Task<string> CopyAsync(HttpClient analyst, string name, string of = "1.014159")
    {
        var model = JsonNode.Parse((await analyst.GetJsonAsync($"/elsa/api/workflow-definitions/by-definition-id/{of}?versionOptions=Latest")).GetRawText())!.AsObject();
        model["definitionId"] = null;
        model["id"] = null;
        model["name"] = name;
        model["customProperties"] = new JsonObject();
        var saved = await (await analyst.PostAsync(new Uri("/elsa/api/workflow-definitions", UriKind.Relative), JsonContent.Create(new JsonObject { ["model"] = model, ["publish"] = false }))).JsonAsync();
        return saved.GetProperty("workflowDefinition").Text("definitionId");
    }
}

public sealed class AssignDefinitionOnSqliteTests(OneStop engine) : AssignDefinitionTests(engine), IClassFixture<OneStop>;

public sealed class AssignDefinitionOnPostgresTests(PostgresOneStop engine) : AssignDefinitionTests(engine), IClassFixture<PostgresOneStop>;
