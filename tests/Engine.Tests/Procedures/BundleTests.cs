using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Engine.Directories;
using PublicService.Engine.Storage;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Procedures;

/// <summary>One procedure as one file, from engine to engine; and definitions that must not be published. Runs on both databases.</summary>
public abstract class BundleTests(OneStop engine)
{
    private const string Import = "/procedure-bundles?reason=Sao+ch%C3%A9p";

    [Theory]
    [InlineData("1.001193")]
    [InlineData("1.013225")]
    public async Task Exported_and_imported_into_an_empty_engine_it_is_exported_as_the_same_bytes(string code)
    {
        var file = await ExportAsync(await engine.SomebodyAsync("quantri"), code);
        await using var other = await EmptyAsync();
        var admin = await other.SomebodyAsync("quantri");
        var rows = await other.CountRowsAsync();

        var dry = await admin.PostFileAsync($"{Import}&dryRun=true", file).JsonAsync();
        Assert.Equal(rows, await other.CountRowsAsync());
        var wet = await admin.PostFileAsync(Import, file).JsonAsync();
        var again = await admin.PostFileAsync(Import, file).JsonAsync();

        Assert.Equal(file, await ExportAsync(admin, code));
        Assert.Equal((true, true, false), (dry.GetProperty("isNewWording").GetBoolean(), wet.GetProperty("isNewWording").GetBoolean(), again.GetProperty("isNewWording").GetBoolean()));
        Assert.Contains("time", dry.List("differences").Select(difference => difference.Text("field")));
        Assert.True((await admin.ReadAsync($"/procedures/{code}")).GetProperty("hasWorkflow").GetBoolean());
        Assert.True(wet.GetProperty("workflow").Number("steps") > 20);
        Assert.True(again.GetProperty("workflow").GetProperty("difference").GetProperty("isSame").GetBoolean());
        Assert.True(wet.GetProperty("workflow").GetProperty("isPublished").GetBoolean());
        Assert.False(again.GetProperty("workflow").GetProperty("isNew").GetBoolean());
    }

    [Fact]
    public async Task What_came_in_as_a_file_carries_a_dossier()
    {
        var file = await ExportAsync(await engine.SomebodyAsync("quantri"), "1.001193");
        await using var other = await EmptyAsync();
        await (await other.SomebodyAsync("quantri")).PostFileAsync(Import, file).JsonAsync();

        var dossier = await Walk.StartAsync(other);
        await dossier.DoAsync("Tiếp nhận", "Tiếp nhận");

        Assert.Equal("2026-11-20T10:00:00+00:00", dossier.Standing.Text("dueAt"));
    }

    [Fact]
    public async Task A_workflow_for_a_wording_to_come_waits_for_its_day()
    {
        await using var own = await OwnAsync();
        var admin = await own.SomebodyAsync("quantri");
        var bundle = JsonNode.Parse(await ExportAsync(admin, "1.001193"))!;
        bundle["validFrom"] = "2026-11-21";
        bundle["definition"]!["name"] = "Đăng ký khai sinh, quy trình mới";

        var reply = await admin.PostFileAsync(Import, bundle.ToJsonString()).JsonAsync();
        var today = await Walk.StartAsync(own);
        own.Clock.Jump(TimeSpan.FromDays(1));
        var tomorrow = await Walk.StartAsync(own);

        Assert.False(reply.GetProperty("workflow").GetProperty("isPublished").GetBoolean());
        await using var db = own.Open();
        Assert.Equal(("1.001193:1", "1.001193:2"), (await VersionAsync(db, today), await VersionAsync(db, tomorrow)));
        Assert.Equal("1.001193:1", (await db.Definitions.SingleAsync(row => row.DefinitionId == "1.001193" && row.IsPublished)).Id);
        // Whoever publishes after that day means everybody from now on.
        var third = bundle["definition"]!.DeepClone();
        third["name"] = "Lần ba";
        Assert.Equal(3, (await admin.PostFileAsync("/definitions?reason=S%E1%BB%ADa", third.ToJsonString()).JsonAsync()).Number("version"));
        Assert.Equal("1.001193:3", await VersionAsync(db, await Walk.StartAsync(own)));
    }

    [Fact]
    public async Task A_bundle_that_is_not_ours_is_refused_before_anything_changes()
    {
        await using var own = await OwnAsync();
        var admin = await own.SomebodyAsync("quantri");
        var good = await ExportAsync(admin, "1.001193");
        var rows = await own.CountRowsAsync();
        Task<HttpResponseMessage> Send(Action<JsonNode> change)
        {
            var bundle = JsonNode.Parse(good)!;
            change(bundle);
            return admin.PostFileAsync(Import, bundle.ToJsonString());
        }

        await (await Send(bundle => bundle["formatVersion"] = 2)).ShouldBeRefusedAsync("BUNDLE_FORMAT_NEWER");
        await (await Send(bundle => bundle["format"] = "x")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "BUNDLE_MALFORMED");
        await (await Send(bundle => bundle["validFrom"] = "20/11/2026")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "BUNDLE_MALFORMED");
        await (await Send(bundle => bundle["entry"]!["time"] = null)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
        await (await Send(bundle => bundle["formSchema"]!["type"] = "nonsense")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
        await (await Send(bundle => bundle["definition"]!["customProperties"]!["procedureCode"] = "1.000894")).ShouldBeRefusedAsync("BUNDLE_MISMATCH");
        await (await Send(bundle => bundle["definition"]!["root"]!["activities"]![0]!["type"] = "Acme.Unknown")).ShouldBeProblemAsync(HttpStatusCode.Conflict, "UNKNOWN_ACTIVITY");
        await (await Send(bundle => bundle["entry"]!["decision"] = "khác")).ShouldBeRefusedAsync("WORDING_EXISTS");
        await (await Send(bundle => (bundle["validFrom"], bundle["entry"]!["time"]) = ("2026-12-01", new JsonObject { ["value"] = 1, ["unit"] = "working_hour" }))).ShouldBeProblemAsync(HttpStatusCode.Conflict, "STEP_EXCEEDS_LIMIT");
        await (await admin.PostFileAsync(Import, "{\"format\":")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "BUNDLE_MALFORMED");
        await (await (await own.OfficerAsync("tiep-nhan")).PostFileAsync(Import, good)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");

        Assert.Equal(rows, await own.CountRowsAsync());
    }

    [Theory]
    [InlineData("STEP_EXCEEDS_LIMIT", "Sửa dự thảo")]
    [InlineData("STEPS_EXCEED_LIMIT", "Ghi sổ")]
    [InlineData("NO_RETURN", "trả kết quả")]
    [InlineData("UNCONNECTED_OUTCOME", "“Đã bổ sung”")]
    public async Task A_definition_that_breaks_the_law_is_not_published_and_the_step_is_named(string code, string word)
    {
        var admin = await engine.SomebodyAsync("quantri");
        var definition = BirthDefinition();
        var root = definition["root"]!;
        var (arrows, steps) = ((JsonArray)root["connections"]!, (JsonArray)root["activities"]!);
        JsonNode Step(string id) => steps.Single(step => step!["id"]!.ToString() == id)!;
        switch (code)
        {
            case "STEP_EXCEEDS_LIMIT":
                Step("SuaDuThao")["hours"] = Hours(9);
                break;
            case "STEPS_EXCEED_LIMIT":
                Step("GhiSo")["hours"] = Hours(7);
                break;
            case "NO_RETURN":
                arrows.RemoveAll(arrow => arrow!["target"]!["activity"]!.ToString() == "TraKetQua");
                steps.Remove(Step("TraKetQua"));
                arrows.RemoveAll(arrow => arrow!["source"]!["activity"]!.ToString() == "TraKetQua");
                break;
            default:
                arrows.Remove(arrows.First(arrow => arrow!["source"]!["activity"]!.ToString() == "BoSungBanDau"));
                break;
        }

        var response = await admin.PostFileAsync("/definitions?reason=Th%E1%BB%AD", definition.ToJsonString());

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        var errors = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["errors"]!.AsObject().SelectMany(step => step.Value!.AsArray()).Select(error => error!.ToString());
        Assert.Contains(errors, error => error.StartsWith(code + ": ", StringComparison.Ordinal) && error.Contains(word, StringComparison.OrdinalIgnoreCase));
        await using var db = engine.Open();
        Assert.Equal(1, await db.Definitions.CountAsync(row => row.DefinitionId == "1.001193"));
    }

    [Fact]
    public async Task A_published_definition_keeps_who_and_why_and_stays_when_the_engine_starts_again()
    {
        await using var own = await OwnAsync();
        var admin = await own.SomebodyAsync("quantri");
        var definition = BirthDefinition();
        definition["name"] = "Khai sinh, bản sửa";

        var first = await admin.PostFileAsync("/definitions?reason=G%E1%BB%8Dn+h%C6%A1n", definition.ToJsonString()).JsonAsync();
        var second = await admin.PostFileAsync("/definitions?reason=L%E1%BA%B7p", definition.ToJsonString()).JsonAsync();
        var store = own.Services.GetRequiredService<PublicService.Engine.Running.DefinitionStore>();
        var published = await store.PublishFolderAsync(Path.Combine(OneStop.Root, "workflows"), PublicService.Dossiers.Act.SystemId, default);

        Assert.Equal((2, true, false), (first.Number("version"), first.GetProperty("isNew").GetBoolean(), second.GetProperty("isNew").GetBoolean()));
        Assert.Equal(0, published);
        await using var db = own.Open();
        var row = await db.Definitions.SingleAsync(row => row.DefinitionId == "1.001193" && row.IsPublished);
        Assert.Equal(("1.001193:2", "Gọn hơn", await own.PersonIdAsync("quantri")), (row.Id, row.Note, row.CreatedBy));
        await (await admin.PostFileAsync("/definitions?reason=x", "no JSON")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "DEFINITION_MALFORMED");
        await (await admin.PostFileAsync("/definitions?reason=", definition.ToJsonString())).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
    }

    protected abstract Task<OneStop> OwnAsync();

    /// <summary>An engine without procedures and workflows, as another province starts.</summary>
    private async Task<OneStop> EmptyAsync()
    {
        var other = await OwnAsync();
        other.With("Engine:Workflows", "");
        await using (var db = other.Open())
        {
            Assert.Empty(await db.Definitions.ToListAsync());
        }

        await other.Services.GetRequiredService<CommitLane>().CommitAsync(DirectoryRefresh.Raise(new Changes().Execute($"delete from procedures")));
        await other.Services.GetRequiredService<DirectoryRefresh>().RefreshAsync();
        return other;
    }

    private static async Task<string> ExportAsync(HttpClient admin, string code) =>
        Encoding.UTF8.GetString(await admin.GetByteArrayAsync(new Uri($"/api/v1/procedures/{code}/bundle", UriKind.Relative)));

    private static Task<string?> VersionAsync(EngineDb db, Walk dossier) =>
        db.Dossiers.Where(row => row.Id == Guid.Parse(dossier.Id)).Select(row => row.DefinitionVersionId).SingleAsync();

    private static JsonNode BirthDefinition() =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(OneStop.Root, "workflows", "ho-tich", "1.001193-dang-ky-khai-sinh.json")))!;

    private static JsonObject Hours(int hours) => new()
    {
        ["typeName"] = "Int32",
        ["expression"] = new JsonObject { ["type"] = "Literal", ["value"] = hours },
    };
}

public sealed class BundlesOnSqliteTests(OneStop engine) : BundleTests(engine), IClassFixture<OneStop>
{
    protected override Task<OneStop> OwnAsync() => Task.FromResult(new OneStop());
}

public sealed class BundlesOnPostgresTests(PostgresOneStop engine) : BundleTests(engine), IClassFixture<PostgresOneStop>
{
    protected override async Task<OneStop> OwnAsync()
    {
        var own = new PostgresOneStop();
        await own.InitializeAsync();
        return own;
    }
}
