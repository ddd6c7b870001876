using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Procedures;

/// <summary>From a file to the catalogue, by way of a reviewer. Runs on both databases.</summary>
public abstract class ImportTests(OneStop engine)
{
    [Fact]
    public async Task The_dirt_of_a_whole_province_is_found_to_the_last_row_and_the_clean_rest_is_taken_over()
    {
        var admin = await engine.SomebodyAsync("quantri");
        var portal = new DirtyPortal(seed: 20261120, count: 2642);
        var created = await admin.UploadAsync(new JsonObject { ["error_code"] = "0", ["result"] = portal.Rows }.ToJsonString(), "lay-thu-tuc.json").JsonAsync();
        var id = created.Text("id");

        var import = await admin.ReadAsync($"/procedure-imports/{id}");
        Assert.Equal(("Portal", 2642), (import.Text("format"), import.Number("rowCount")));
        Assert.Equal(portal.Expected.OrderBy(one => one.Key, StringComparer.Ordinal), Counts(import, "findings").OrderBy(one => one.Key, StringComparer.Ordinal));
        Assert.Equal((portal.Clean, portal.Warned, portal.Refused), (created.Number("clean"), created.Number("warning"), created.Number("refused")));
        Assert.True(portal.Expected["LIMIT_UNIT_MISSING"] > 600, "The generator is as dirty as the portal.");
        foreach (var (code, count) in portal.Expected)
        {
            var rows = await admin.RowsAsync(id, $"finding={code}");
            Assert.Equal(count, rows.Count);
            Assert.All(rows, row => Assert.Contains(code, row.Codes()));
            Assert.Equal(rows.Select(row => row.Number("number")).Order(), rows.Select(row => row.Number("number")));
        }

        var decided = await admin.SendAsync($"/procedure-imports/{id}/decisions", Accept(allClean: true)).JsonAsync();
        var applied = await admin.SendAsync($"/procedure-imports/{id}/applications").JsonAsync();
        var again = await admin.SendAsync($"/procedure-imports/{id}/applications").JsonAsync();

        Assert.Equal((portal.Clean, portal.Clean), (decided.Number("decided"), applied.Number("applied")));
        Assert.Empty(applied.List("refusals"));
        Assert.Equal((0, 0), (again.Number("applied"), again.Number("unchanged")));
        Assert.Equal(portal.Clean, Counts(await admin.ReadAsync($"/procedure-imports/{id}"), "decisions")["Applied"]);
        var one = (await admin.RowsAsync(id, "decision=Applied"))[0];
        var procedure = await admin.ReadAsync($"/procedures/{one.Text("code")}?on=2026-11-20");
        Assert.Equal((Catalogue.Day, "false"), (procedure.Text("validFrom"), procedure.GetProperty("verified").Text("time")));
        await SearchAsync(admin, one.Text("code"), one.Text("name"));
    }

    [Fact]
    public async Task Our_own_catalogue_changes_nothing_and_the_same_file_is_recognised()
    {
        await using var own = await OwnAsync();
        var admin = await own.SomebodyAsync("quantri");
        var seed = await File.ReadAllTextAsync(Path.Combine(OneStop.Root, "seed", "procedures.json"));

        var first = await admin.UploadAsync(seed).JsonAsync();
        var second = await admin.UploadAsync(seed, "another-name.json").JsonAsync();

        Assert.Equal((first.Text("id"), false, true), (second.Text("id"), first.GetProperty("isKnown").GetBoolean(), second.GetProperty("isKnown").GetBoolean()));
        var import = await admin.ReadAsync($"/procedure-imports/{first.Text("id")}");
        Assert.Equal(new Dictionary<string, int> { ["Unchanged"] = 38 }, Counts(import, "comparisons"));
        var decided = await admin.SendAsync($"/procedure-imports/{first.Text("id")}/decisions", Accept(allClean: true)).JsonAsync();
        Assert.Equal(0, decided.Number("decided"));
        var refused = await admin.SendAsync($"/procedure-imports/{first.Text("id")}/decisions", Accept(rows: [1])).JsonAsync();
        Assert.Equal("IMPORT_ROW_UNCHANGED", refused.List("refusals").Single().Text("code"));
    }

    [Fact]
    public async Task A_changed_row_shows_each_field_and_keeps_what_it_does_not_speak_of()
    {
        var admin = await engine.SomebodyAsync("quantri");
        var rows = new JsonArray(new JsonObject
        {
            ["code"] = "1.000894",
            ["time"] = new JsonObject { ["value"] = "3", ["unit"] = "Ngày làm việc" },
            ["fee"] = new JsonArray(new JsonObject { ["amount"] = "20.000 đồng" }),
        });
        var id = (await admin.UploadAsync(rows.ToJsonString()).JsonAsync()).Text("id");

        var row = (await admin.RowsAsync(id)).Single();

        Assert.Equal(("Changed", "Clean"), (row.Text("comparison"), row.Text("state")));
        Assert.Equal(["CHANGED"], row.Codes());
        Assert.Equal(["fee", "time"], row.List("differences").Select(difference => difference.Text("field")).Order());
        await admin.SendAsync($"/procedure-imports/{id}/decisions", Accept(rows: [1], verified: true)).JsonAsync();
        await admin.SendAsync($"/procedure-imports/{id}/applications").JsonAsync();
        var (before, after) = (await admin.ReadAsync("/procedures/1.000894?on=2026-11-19"), await admin.ReadAsync("/procedures/1.000894?on=2026-11-20"));
        Assert.Equal((before.Text("name"), before.GetProperty("papers").GetRawText()), (after.Text("name"), after.GetProperty("papers").GetRawText()));
        Assert.Equal(("3 ngày làm việc", 20_000), (after.Text("limit"), after.GetProperty("fees")[0].Number("amount")));
        Assert.Equal(("true", "true"), (after.GetProperty("verified").Text("time"), after.GetProperty("verified").Text("fee")));
        Assert.Equal(before.GetProperty("verified").Text("papers"), after.GetProperty("verified").Text("papers"));
        var change = (await admin.ReadAsync("/procedures/1.000894/wordings"))[0].List("changes").Single();
        Assert.Contains("thu-tuc.json, dòng 1", change.Text("reason"));
    }

    [Fact]
    public async Task A_refused_row_is_mended_with_its_reason_and_then_accepted()
    {
        var admin = await engine.SomebodyAsync("quantri");
        var dirty = Catalogue.Entry("6.000001", entry => entry["time"] = new JsonObject { ["value"] = "15", ["unit"] = null });
        var id = (await admin.UploadAsync(new JsonArray(dirty).ToJsonString()).JsonAsync()).Text("id");
        var decisions = $"/procedure-imports/{id}/decisions";

        var refused = await admin.SendAsync(decisions, Accept(rows: [1, 2])).JsonAsync();
        var found = (await admin.RowsAsync(id)).Single().List("findings").Single();
        var edit = new JsonObject { ["entry"] = new JsonObject { ["time"] = new JsonObject { ["value"] = 15, ["unit"] = "working_day" } }, ["reason"] = "Theo QĐ 12/QĐ-BTP" };
        await (await admin.PutAsync($"/procedure-imports/{id}/rows/1", new JsonObject { ["entry"] = edit["entry"]!.DeepClone(), ["reason"] = "" })).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
        var mended = await (await admin.PutAsync($"/procedure-imports/{id}/rows/1", edit)).JsonAsync();
        await admin.SendAsync(decisions, Accept(rows: [1])).JsonAsync();
        await admin.SendAsync($"/procedure-imports/{id}/applications").JsonAsync();
        var twice = await admin.SendAsync(decisions, Accept(rows: [1])).JsonAsync();

        Assert.Equal(["NOT_FOUND", "IMPORT_ROW_REFUSED"], refused.List("refusals").Select(refusal => refusal.Text("code")));
        Assert.Equal(("LIMIT_UNIT_MISSING", "time", "15", "working_day"), (found.Text("code"), found.Text("field"), found.Text("raw"), found.Text("suggestion")));
        Assert.Contains("không có đơn vị", found.Text("sentence"));
        Assert.Equal("Clean", mended.Text("state"));
        Assert.Equal(1, twice.Number("decided"));
        var row = (await admin.RowsAsync(id)).Single();
        Assert.Equal(("Applied", "Theo QĐ 12/QĐ-BTP"), (row.Text("decision"), row.Text("editReason")));
        Assert.Equal("15", row.GetProperty("raw").GetProperty("time").Text("value"));
        Assert.NotEmpty(row.Text("decidedBy"));
        await (await admin.PutAsync($"/procedure-imports/{id}/rows/1", edit)).ShouldBeRefusedAsync("IMPORT_ROW_APPLIED");
        Assert.Single((await admin.ReadAsync("/procedures/6.000001/wordings")).EnumerateArray());
    }

    [Fact]
    public async Task Two_rows_of_one_code_make_one_wording_and_a_rejection_needs_its_reason()
    {
        var admin = await engine.SomebodyAsync("quantri");
        var rows = new JsonArray(
            Catalogue.Entry("6.000002"), Catalogue.Entry("6.000002", entry => entry["name_vi"] = "Tên khác"), Catalogue.Entry("6.000003"));
        var id = (await admin.UploadAsync(rows.ToJsonString()).JsonAsync()).Text("id");

        await admin.SendAsync($"/procedure-imports/{id}/decisions", Accept(rows: [1, 2])).JsonAsync();
        var reject = new JsonObject { ["accept"] = false, ["rows"] = new JsonArray(3) };
        await (await admin.SendAsync($"/procedure-imports/{id}/decisions", reject)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
        reject["reason"] = "Không thuộc thẩm quyền của tỉnh";
        await admin.SendAsync($"/procedure-imports/{id}/decisions", reject).JsonAsync();
        var applied = await admin.SendAsync($"/procedure-imports/{id}/applications").JsonAsync();

        Assert.Equal(1, applied.Number("applied"));
        Assert.Equal((2, "WORDING_EXISTS"), (applied.List("refusals").Single().Number("number"), applied.List("refusals").Single().Text("code")));
        var decisions = (await admin.RowsAsync(id)).Select(row => row.Text("decision"));
        Assert.Equal(["Applied", "Accepted", "Rejected"], decisions);
        await (await admin.GetAsync(new Uri("/api/v1/procedures/6.000003?on=2026-11-20", UriKind.Relative))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task A_limit_the_workflow_does_not_fit_is_kept_out_and_named()
    {
        var admin = await engine.SomebodyAsync("quantri");
        var shorter = new JsonObject { ["code"] = "1.013225", ["time"] = new JsonObject { ["value"] = 1, ["unit"] = "working_hour" } };
        var id = (await admin.UploadAsync(new JsonArray(shorter).ToJsonString()).JsonAsync()).Text("id");

        await admin.SendAsync($"/procedure-imports/{id}/decisions", Accept(rows: [1])).JsonAsync();
        var applied = await admin.SendAsync($"/procedure-imports/{id}/applications").JsonAsync();

        Assert.Equal("STEP_EXCEEDS_LIMIT", applied.List("refusals").Single().Text("code"));
        Assert.StartsWith("STEP_EXCEEDS_LIMIT: Bước “", (await admin.RowsAsync(id)).Single().Text("refusal"));
        Assert.Single((await admin.ReadAsync("/procedures/1.013225/wordings")).EnumerateArray());
    }

    [Fact]
    public async Task Two_reviewers_who_apply_at_once_make_each_wording_once()
    {
        var admin = await engine.SomebodyAsync("quantri");
        var rows = new JsonArray([.. Enumerable.Range(1, 250).Select(number => (JsonNode)Catalogue.Entry($"6.1{number:D5}"))]);
        var id = (await admin.UploadAsync(rows.ToJsonString()).JsonAsync()).Text("id");
        await admin.SendAsync($"/procedure-imports/{id}/decisions", Accept(allClean: true)).JsonAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => admin.SendAsync($"/procedure-imports/{id}/applications").JsonAsync()));

        Assert.Equal(250, replies.Sum(reply => reply.Number("applied")));
        Assert.All(replies, reply => Assert.Empty(reply.List("refusals")));
        Assert.Equal(250, Counts(await admin.ReadAsync($"/procedure-imports/{id}"), "decisions")["Applied"]);
    }

    [Fact]
    public async Task Only_managers_import()
    {
        var officer = await engine.OfficerAsync("tiep-nhan");

        await (await officer.UploadAsync("[{}]")).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");
        await (await officer.GetAsync(new Uri("/api/v1/procedure-imports", UriKind.Relative))).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");
    }

    protected abstract Task<OneStop> OwnAsync();

    internal static JsonObject Accept(bool allClean = false, int[]? rows = null, bool verified = false) => new()
    {
        ["accept"] = true,
        ["allClean"] = allClean,
        ["rows"] = rows is null ? null : new JsonArray([.. rows.Select(row => (JsonNode)row)]),
        ["validFrom"] = Catalogue.Day,
        ["verified"] = verified,
    };

    private static Dictionary<string, int> Counts(JsonElement json, string name) =>
        json.GetProperty(name).EnumerateObject().ToDictionary(one => one.Name, one => one.Value.GetInt32());

    /// <summary>With more than 2,000 procedures beside it one is found by its code, and by its name without marks.</summary>
    private static async Task SearchAsync(HttpClient client, string code, string name)
    {
        foreach (var search in new[] { code, name, PublicService.Engine.Directories.SearchText.Fold(name) })
        {
            var page = await client.ReadAsync($"/procedures?search={Uri.EscapeDataString(search)}");
            Assert.Equal(code, page.List("items").Single().Text("code"));
            Assert.False(page.List("items").Single().GetProperty("hasWorkflow").GetBoolean());
        }

        Assert.True((await client.ReadAsync("/procedures?search=1.001193")).List("items").Single().GetProperty("hasWorkflow").GetBoolean());
    }
}

public sealed class ImportsOnSqliteTests(OneStop engine) : ImportTests(engine), IClassFixture<OneStop>
{
    protected override Task<OneStop> OwnAsync() => Task.FromResult(new OneStop());
}

public sealed class ImportsOnPostgresTests(PostgresOneStop engine) : ImportTests(engine), IClassFixture<PostgresOneStop>
{
    protected override async Task<OneStop> OwnAsync()
    {
        var own = new PostgresOneStop();
        await own.InitializeAsync();
        return own;
    }
}
