using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Definitions;

/// <summary>Versions of a definition, what is different between two, and what is wrong with them. Runs on both databases.</summary>
public abstract class VersionTests(OneStop engine)
{
    private const string Birth = "1.001193";

    [Fact]
    public async Task Each_version_says_who_made_and_published_it_when_and_why()
    {
        var analyst = await engine.SomebodyAsync("quantri");
        var id = await SaveAsync(analyst, Model("Lịch sử"), publish: true);
        await SaveAsync(analyst, Model("Lịch sử", id, "ba"));

        var versions = (await analyst.ReadAsync($"/definitions/{id}/versions")).List("items").ToList();
        var seeded = (await analyst.ReadAsync($"/definitions/{Birth}/versions")).List("items").Last();

        Assert.Equal([2, 1], versions.Select(one => one.Number("version")));
        Assert.Equal([(true, false), (false, true)], versions.Select(one => (one.GetProperty("isLatest").GetBoolean(), one.GetProperty("isPublished").GetBoolean())));
        var name = (await analyst.ReadAsync("/me")).Text("fullName");
        Assert.Equal((name, name), (versions[0].Text("createdBy"), versions[1].Text("publishedBy")));
        Assert.Equal(JsonValueKind.Null, versions[0].GetProperty("publishedAt").ValueKind);
        Assert.Equal("Hệ thống", seeded.Text("publishedBy"));
        Assert.StartsWith("Nạp từ ", seeded.Text("publishNote"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_draft_is_compared_with_what_is_published()
    {
        var analyst = await engine.SomebodyAsync("quantri");
        var id = await SaveAsync(analyst, Model("So sánh"), publish: true);
        await SaveAsync(analyst, Model("So sánh", id, "ba", "c"));

        var reply = await analyst.ReadAsync($"/definitions/{id}/difference");
        var difference = reply.GetProperty("difference");
        var back = (await analyst.ReadAsync($"/definitions/{id}/difference?from=2&to=1")).GetProperty("difference");
        var same = await analyst.ReadAsync($"/definitions/{id}/difference?from=1&to=published");

        Assert.Equal((1, 2, false), (reply.GetProperty("from").Number("version"), reply.GetProperty("to").Number("version"), reply.GetProperty("isSame").GetBoolean()));
        Assert.Equal("c", difference.List("added").Single().Text("id"));
        Assert.Equal("b", difference.List("removed").Single().Text("id"));
        var changed = difference.List("changed").Single();
        Assert.Equal(("a", "Nội dung", "một", "ba"), (changed.Text("id"), changed.List("fields").Single().Text("field"), changed.List("fields").Single().Text("from"), changed.List("fields").Single().Text("to")));
        Assert.Equal(["a", "b", "c"], reply.GetProperty("drawing").List("charts").Single().List("steps").Select(step => step.Text("id")).Order());
        Assert.Equal("b", back.List("added").Single().Text("id"));
        Assert.True(same.GetProperty("isSame").GetBoolean());
    }

    [Fact]
    public async Task A_procedure_is_drawn_with_the_words_of_its_author()
    {
        var drawing = (await (await engine.SomebodyAsync("giamsat")).ReadAsync($"/definitions/{Birth}/drawing?version=published")).GetProperty("drawing").List("charts").Single();

        Assert.Equal(29, drawing.List("steps").Count());
        Assert.Contains(drawing.List("steps"), step => (step.Text("id"), step.Text("kind"), step.Text("kindName")) == ("Ky", "PublicService.Sign", "Ký"));
        Assert.Contains(drawing.List("arrows"), arrow => (arrow.Text("from"), arrow.Text("to")) == ("Ky", "ThamTra") && arrow.Text("caption") == "Trả lại");
        Assert.Contains(drawing.List("arrows"), arrow => arrow.Text("from") == "DungCoQuan" && arrow.Text("caption") == "Đúng");
    }

    [Fact]
    public async Task Findings_follow_the_draft()
    {
        var analyst = await engine.SomebodyAsync("quantri");
        var broken = Model("Kiểm tra");
        broken["root"]!["activities"]!.AsArray().Add(new JsonObject { ["id"] = "lac", ["type"] = "Elsa.WriteLine", ["version"] = 1, ["name"] = "Lạc" });
        var id = await SaveAsync(analyst, broken);

        var found = await analyst.ReadAsync("/definitions/findings");
        var mine = found.List("items").Single(one => one.Text("definitionId") == id);
        var finding = mine.List("findings").Single(one => one.Text("code") == "UNREACHABLE");
        Assert.Equal(("lac", "Lạc", "Error"), (finding.Text("activityId"), finding.Text("stepName"), finding.Text("level")));
        Assert.True(found.Number("errors") >= 1 && found.Number("checked") >= 39);
        Assert.DoesNotContain(found.List("items"), one => one.Text("definitionId") == Birth && one.Number("errors") > 0);

        await SaveAsync(analyst, Model("Kiểm tra", id));
        var after = (await analyst.ReadAsync("/definitions/findings")).List("items").Where(one => one.Text("definitionId") == id).SelectMany(one => one.List("findings"));
        Assert.DoesNotContain(after, one => one.Text("code") == "UNREACHABLE");
    }

    [Theory]
    [InlineData("versions")]
    [InlineData("drawing")]
    [InlineData("difference")]
    [InlineData("heat")]
    public async Task Only_who_may_read_definitions_reads_them_and_what_is_not_there_is_404(string what)
    {
        await (await (await engine.OfficerAsync("chuyen-vien")).GetAsync($"/api/v1/definitions/{Birth}/{what}")).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");
        foreach (var reader in new[] { "quantri", "kythuat", "giamsat" })
        {
            await (await engine.SomebodyAsync(reader)).ReadAsync($"/definitions/{Birth}/{what}");
        }

        await (await (await engine.SomebodyAsync("giamsat")).GetAsync($"/api/v1/definitions/khong-co/{what}")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task A_version_that_is_no_number_is_wrong_input()
    {
        var reader = await engine.SomebodyAsync("giamsat");

        await (await reader.GetAsync($"/api/v1/definitions/{Birth}/drawing?version=moi")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
        await (await reader.GetAsync($"/api/v1/definitions/{Birth}/difference?from=99")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    private static async Task<string> SaveAsync(HttpClient analyst, JsonObject model, bool publish = false)
    {
        using var content = new StringContent(new JsonObject { ["model"] = model, ["publish"] = publish }.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
        using var saved = await analyst.PostAsync("/elsa/api/workflow-definitions", content);
        return (await saved.JsonAsync()).GetProperty("workflowDefinition").Text("definitionId");
    }

    private static JsonObject Model(string name, string? definitionId = null, string first = "một", string second = "b") => (JsonObject)JsonNode.Parse($$$"""
        {"definitionId":{{{(definitionId is null ? "null" : $"\"{definitionId}\"")}}},"name":"{{{name}}}","variables":[],"inputs":[],"outputs":[],"outcomes":[],"customProperties":{},"options":{},
         "root":{"id":"flow","type":"Elsa.Flowchart","version":1,"name":"Flowchart1",
          "activities":[
           {"id":"a","type":"Elsa.WriteLine","version":1,"name":"Dong1","text":{"typeName":"String","expression":{"type":"Literal","value":"{{{first}}}"} } },
           {"id":"{{{second}}}","type":"Elsa.WriteLine","version":1,"name":"Dong2","text":{"typeName":"String","expression":{"type":"Literal","value":"hai"} } }],
          "connections":[{"source":{"activity":"a","port":"Done"},"target":{"activity":"{{{second}}}","port":"In"} }]} }
        """)!;
}

public sealed class VersionSqliteTests(OneStop engine) : VersionTests(engine), IClassFixture<OneStop>;

public sealed class VersionPostgresTests(PostgresOneStop engine) : VersionTests(engine), IClassFixture<PostgresOneStop>;
