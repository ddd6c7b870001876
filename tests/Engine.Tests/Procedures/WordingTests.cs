using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Procedures;

/// <summary>Wordings of procedures by date. Runs on both databases.</summary>
public abstract class WordingTests(OneStop engine)
{
    /// <summary>Birth registration from tomorrow on: same day became three working days, the fee changed, a paper came in.</summary>
    private static JsonObject NewBirth => new()
    {
        ["time"] = new JsonObject { ["value"] = 3, ["unit"] = "working_day" },
        ["fee"] = new JsonArray(new JsonObject { ["amount"] = 8000, ["currency"] = "VND", ["per"] = "bản" }),
        ["papers"] = new JsonArray(new JsonObject { ["name"] = "Tờ khai điện tử", ["originals"] = 1, ["copies"] = 0 }),
    };

    [Fact]
    public async Task A_dossier_keeps_the_wording_of_its_day_and_the_next_ones_take_the_new_one_at_midnight_in_Viet_Nam()
    {
        await using var own = await OwnAsync();
        var admin = await own.SomebodyAsync("quantri");
        await admin.SendAsync("/procedures/1.001193/wordings", Catalogue.Wording("2026-11-21", NewBirth)).JsonAsync();
        // 23:59:59 on Friday the 20th in Viet Nam, then midnight: in UTC it is 17 o'clock of the same day.
        own.Clock.Jump(new DateTimeOffset(2026, 11, 20, 16, 59, 59, TimeSpan.Zero) - own.Clock.GetUtcNow());
        var before = await Walk.StartAsync(own);
        own.Clock.Jump(TimeSpan.FromSeconds(1));
        var after = await Walk.StartAsync(own);

        var (old, young) = (await WordingOfAsync(own, before), await WordingOfAsync(own, after));

        Assert.Equal(("2025-07-01", "SameDay", 0), (old.Text("validFrom"), old.Text("limitUnit"), Fee(old)));
        Assert.Equal(("2026-11-20", 5), (old.Text("validTo"), old.GetProperty("papers").GetArrayLength()));
        Assert.Equal(("2026-11-21", "WorkingDay", 8000), (young.Text("validFrom"), young.Text("limitUnit"), Fee(young)));
        Assert.Equal("Tờ khai điện tử", young.GetProperty("papers")[0].Text("name"));
        own.Clock.Jump(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero) - own.Clock.GetUtcNow());
        await before.DoAsync("Tiếp nhận", "Tiếp nhận");
        await after.DoAsync("Tiếp nhận", "Tiếp nhận");
        Assert.Equal("2026-11-23T10:00:00+00:00", before.Standing.Text("dueAt"));
        Assert.Equal("2026-11-26T01:00:00+00:00", after.Standing.Text("dueAt"));
    }

    [Fact]
    public async Task A_wording_from_a_past_day_changes_nothing_for_dossiers_that_are_there()
    {
        await using var own = await OwnAsync();
        var dossier = await Walk.StartAsync(own);
        var admin = await own.SomebodyAsync("quantri");

        await admin.SendAsync("/procedures/1.001193/wordings", Catalogue.Wording("2026-11-01", NewBirth)).JsonAsync();

        Assert.Equal("2025-07-01", (await WordingOfAsync(own, dossier)).Text("validFrom"));
        await dossier.DoAsync("Tiếp nhận", "Tiếp nhận");
        Assert.Equal("2026-11-20T10:00:00+00:00", dossier.Standing.Text("dueAt"));
        Assert.Equal("2026-11-01", (await WordingOfAsync(own, await Walk.StartAsync(own))).Text("validFrom"));
    }

    [Fact]
    public async Task A_new_procedure_is_added_with_what_is_said_and_shows_its_history()
    {
        var admin = await engine.SomebodyAsync("quantri");
        await admin.SendAsync("/procedures/7.000001/wordings", Catalogue.Wording("2026-01-01", Catalogue.Entry("7.000001"))).JsonAsync();
        var second = await admin.SendAsync("/procedures/7.000001/wordings", Catalogue.Wording("2026-12-01", new() { ["time"] = new JsonObject { ["value"] = 2, ["unit"] = "working_day" } })).JsonAsync();

        var history = (await admin.ReadAsync("/procedures/7.000001/wordings")).EnumerateArray().ToList();

        Assert.Equal(("2026-12-01", null), (second.Text("validFrom"), second.GetProperty("validTo").GetString()));
        Assert.Equal(["2026-12-01", "2026-01-01"], history.Select(wording => wording.Text("validFrom")));
        Assert.Equal(("2026-11-30", "2 ngày làm việc"), (history[1].Text("validTo"), history[0].Text("limit")));
        var change = history[0].List("changes").Single();
        Assert.Equal(("Added", "QĐ 12/QĐ-UBND"), (change.Text("kind"), change.Text("reason")));
        Assert.Equal("time", change.List("differences").Single().Text("field"));
        Assert.NotEmpty(change.Text("personName"));
        Assert.Equal("5 ngày làm việc", (await admin.ReadAsync("/procedures/7.000001")).Text("limit"));
        Assert.Equal("2 ngày làm việc", (await admin.ReadAsync("/procedures/7.000001?on=2026-12-01")).Text("limit"));
        Assert.False((await admin.ReadAsync("/procedures/7.000001")).GetProperty("hasWorkflow").GetBoolean());
    }

    [Fact]
    public async Task Wordings_never_overlap()
    {
        var admin = await engine.SomebodyAsync("quantri");
        await admin.SendAsync("/procedures/7.000002/wordings", Catalogue.Wording("2027-03-01", Catalogue.Entry("7.000002"))).JsonAsync();
        var address = "/procedures/7.000002/wordings";

        await (await admin.SendAsync(address, Catalogue.Wording("2027-03-01", []))).ShouldBeRefusedAsync("WORDING_EXISTS");
        await (await admin.SendAsync(address, Catalogue.Wording("2027-01-01", []))).ShouldBeRefusedAsync("WORDING_OVERLAPS");
        await (await admin.SendAsync(address, Catalogue.Wording("2027-01-01", [], validTo: "2027-03-01"))).ShouldBeRefusedAsync("WORDING_OVERLAPS");
        await (await admin.SendAsync(address, Catalogue.Wording("2027-01-01", [], validTo: "2026-12-31"))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
        await admin.SendAsync(address, Catalogue.Wording("2027-01-01", [], validTo: "2027-02-28")).JsonAsync();

        Assert.Equal(["2027-03-01", "2027-01-01"], (await admin.ReadAsync(address)).EnumerateArray().Select(wording => wording.Text("validFrom")));
    }

    [Fact]
    public async Task Eight_managers_at_once_leave_one_wording_for_each_day()
    {
        var admin = await engine.SomebodyAsync("quantri");
        await admin.SendAsync("/procedures/7.000003/wordings", Catalogue.Wording("2026-01-01", Catalogue.Entry("7.000003"))).JsonAsync();

        var answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(day => admin.SendAsync("/procedures/7.000003/wordings", Catalogue.Wording($"2027-01-0{day}", []))));

        var wordings = (await admin.ReadAsync("/procedures/7.000003/wordings")).EnumerateArray().Reverse()
            .Select(wording => (From: DateOnly.Parse(wording.Text("validFrom"), null), To: wording.GetProperty("validTo").GetString())).ToList();
        Assert.Equal(1 + answers.Count(answer => answer.IsSuccessStatusCode), wordings.Count);
        Assert.All(answers.Where(answer => !answer.IsSuccessStatusCode), answer => Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode));
        Assert.Equal(wordings.Skip(1).Select(next => (string?)next.From.AddDays(-1).ToString("O", null)).Append(null), wordings.Select(wording => wording.To));
    }

    [Fact]
    public async Task A_wording_is_corrected_only_while_no_dossier_uses_it()
    {
        await using var own = await OwnAsync();
        var admin = await own.SomebodyAsync("quantri");
        var correction = new JsonObject { ["entry"] = new JsonObject { ["decision"] = "99/QĐ-BTP" }, ["reason"] = "Ghi nhầm số quyết định" };

        await (await admin.PutAsync("/procedures/1.001193/wordings/2025-07-01", correction)).JsonAsync();
        await Walk.StartAsync(own);

        Assert.Equal("99/QĐ-BTP", (await admin.ReadAsync("/procedures/1.001193")).Text("decision"));
        await (await admin.PutAsync("/procedures/1.001193/wordings/2025-07-01", correction)).ShouldBeRefusedAsync("WORDING_IN_USE");
        await (await admin.PutAsync("/procedures/1.001193/wordings/2025-07-02", correction)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        var wording = (await admin.ReadAsync("/procedures/1.001193/wordings"))[0];
        Assert.True(wording.GetProperty("hasDossiers").GetBoolean());
        Assert.Equal("Corrected", wording.List("changes").Single().Text("kind"));
    }

    [Fact]
    public async Task A_procedure_ends_and_names_what_replaces_it()
    {
        await using var own = await OwnAsync();
        var admin = await own.SomebodyAsync("quantri");
        var open = await Walk.StartAsync(own);
        await admin.SendAsync("/procedures/3.000722/wordings", Catalogue.Wording("2026-11-21", Catalogue.Entry("3.000722"))).JsonAsync();
        JsonObject Ending(string lastDay, string? by) => new() { ["lastDay"] = lastDay, ["reason"] = "QĐ 3582/QĐ-UBND", ["replacedBy"] = by };

        await (await admin.SendAsync("/procedures/1.001193/endings", Ending("2026-11-20", "9.999999"))).ShouldBeRefusedAsync("REPLACEMENT_UNKNOWN");
        await (await admin.SendAsync("/procedures/1.001193/endings", Ending("2025-06-30", null))).ShouldBeRefusedAsync("ENDS_BEFORE_START");
        await admin.SendAsync("/procedures/1.001193/endings", Ending("2026-11-20", "3.000722")).JsonAsync();
        await (await admin.SendAsync("/procedures/1.001193/endings", Ending("2026-12-20", null))).ShouldBeRefusedAsync("PROCEDURE_ENDED");

        await Walk.StartAsync(own);
        own.Clock.Jump(TimeSpan.FromDays(1));
        var refused = await (await (await own.OfficerAsync("tiep-nhan")).SendAsync("/dossiers", OneStop.BirthRegistration())).ShouldBeRefusedAsync("PROCEDURE_NOT_FOUND");
        Assert.Contains("3.000722", refused.Text("detail"));
        await open.DoAsync("Tiếp nhận", "Tiếp nhận");
        Assert.Equal("3.000722", (await admin.ReadAsync("/procedures/1.001193?on=2026-11-20")).Text("replacedBy"));
    }

    [Fact]
    public async Task A_shorter_limit_is_refused_while_the_workflow_does_not_fit_unless_the_law_is_stronger()
    {
        await using var own = await OwnAsync();
        var admin = await own.SomebodyAsync("quantri");
        var shorter = new JsonObject { ["time"] = new JsonObject { ["value"] = 1, ["unit"] = "working_hour" } };

        var refused = await (await admin.SendAsync("/procedures/1.001193/wordings", Catalogue.Wording("2026-12-01", shorter))).ShouldBeProblemAsync(HttpStatusCode.Conflict, "STEP_EXCEEDS_LIMIT");
        var taken = await admin.SendAsync("/procedures/1.001193/wordings", Catalogue.Wording("2026-12-01", shorter, overrule: true)).JsonAsync();

        Assert.Contains("Bước “", refused.Text("detail"));
        Assert.Contains("STEP_EXCEEDS_LIMIT", taken.List("warnings").Select(warning => warning.Text("code")));
    }

    [Fact]
    public async Task Dirty_wordings_are_refused_by_field_and_only_the_provinces_manager_writes_any()
    {
        var admin = await engine.SomebodyAsync("quantri");
        var officer = await engine.OfficerAsync("tiep-nhan");
        var dirty = Catalogue.Entry("7.000004", entry =>
        {
            entry["time"] = new JsonObject { ["value"] = 5 };
            entry["authority"] = "Không có thông tin";
        });

        var problem = await (await admin.SendAsync("/procedures/7.000004/wordings", Catalogue.Wording(Catalogue.Day, dirty))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");

        Assert.StartsWith("LIMIT_UNIT_MISSING", problem.GetProperty("errors").GetProperty("entry.time")[0].GetString());
        Assert.StartsWith("NO_INFORMATION", problem.GetProperty("errors").GetProperty("entry.authority")[0].GetString());
        await (await officer.SendAsync("/procedures/7.000004/wordings", Catalogue.Wording(Catalogue.Day, Catalogue.Entry("7.000004")))).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");
        var schema = Catalogue.Wording(Catalogue.Day, Catalogue.Entry("7.000004"));
        schema["wording"]!["formSchema"] = new JsonObject { ["$ref"] = "http://example.org/schema.json" };
        await (await admin.SendAsync("/procedures/7.000004/wordings", schema)).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
        await (await admin.SendAsync("/procedures/7.000004/wordings", Catalogue.Wording(Catalogue.Day, Catalogue.Entry("7.000005")))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
    }

    [Fact]
    public async Task The_same_click_twice_is_one_wording()
    {
        var admin = await engine.SomebodyAsync("quantri");
        var body = Catalogue.Wording("2026-06-01", Catalogue.Entry("7.000006"));

        var first = await admin.SendAsync("/procedures/7.000006/wordings", body, ("Idempotency-Key", "wording-1"));
        var second = await admin.SendAsync("/procedures/7.000006/wordings", body, ("Idempotency-Key", "wording-1"));

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, second.StatusCode));
        Assert.Single((await admin.ReadAsync("/procedures/7.000006/wordings")).EnumerateArray());
    }

    protected abstract Task<OneStop> OwnAsync();

    private static async Task<JsonElement> WordingOfAsync(OneStop own, Walk dossier)
    {
        var supervisor = await own.SomebodyAsync("giamsat");
        var day = (await supervisor.ReadAsync($"/dossiers/{dossier.Id}")).Text("procedureValidFrom");
        return await supervisor.ReadAsync($"/procedures/1.001193?on={day}");
    }

    private static int Fee(JsonElement wording) => wording.GetProperty("fees")[0].Number("amount");
}

public sealed class WordingsOnSqliteTests(OneStop engine) : WordingTests(engine), IClassFixture<OneStop>
{
    protected override Task<OneStop> OwnAsync() => Task.FromResult(new OneStop());
}

public sealed class WordingsOnPostgresTests(PostgresOneStop engine) : WordingTests(engine), IClassFixture<PostgresOneStop>
{
    protected override async Task<OneStop> OwnAsync()
    {
        var own = new PostgresOneStop();
        await own.InitializeAsync();
        return own;
    }
}
