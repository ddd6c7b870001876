using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;
using PublicService.Workflows.Running;

namespace PublicService.Engine.Tests.Trials;

/// <summary>An analyst tries a procedure before anybody works with it; nothing of it stays.</summary>
public abstract class TrialTests(OneStop engine)
{
    private const string Birth = "1.001193";

    [Fact]
    public async Task What_a_trial_shows_is_what_happens_to_a_real_dossier()
    {
        var walk = await Walk.StartAsync(engine);
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        await walk.DoAsync("Thẩm tra", "Yêu cầu bổ sung", new JsonObject { ["papers"] = new JsonArray("Giấy chứng sinh"), ["reason"] = "Bản chụp mờ" });
        await (await engine.OfficerAsync("tiep-nhan")).SendAsync($"/dossiers/{walk.Id}/supplements", new JsonObject { ["papers"] = new JsonArray("Giấy chứng sinh") }).JsonAsync();
        await walk.DoAsync("Thẩm tra", "Đủ điều kiện");
        await walk.FinishAsync();

        var desk = await BirthAsync();
        await desk.AnswerAsync("Tiếp nhận", "Tiếp nhận");
        await desk.AnswerAsync("Thẩm tra", "Yêu cầu bổ sung", move => move["form"] = new JsonObject { ["papers"] = new JsonArray("Giấy chứng sinh"), ["reason"] = "Bản chụp mờ" });
        await desk.AnswerAsync("", "Công dân nộp bổ sung");
        await desk.AnswerAsync("Thẩm tra", "Đủ điều kiện");
        await desk.AnswerAsync("", "Tìm thấy");
        await desk.AnswerAsync("Ghi sổ", "Đã ghi sổ");
        await desk.AnswerAsync("Ký", "Đã ký");
        await desk.AnswerAsync("Đóng dấu", "Đã phát hành", move => move["form"]!["resultNumber"] = "12/2026");
        await desk.AnswerAsync("Trả", "Đã trả");

        Assert.True(desk.Picture.GetProperty("ended").GetBoolean());
        Assert.Equal(walk.Standing.Text("statusWord"), desk.Dossier.Text("statusWord"));
        await using var db = engine.Open();
        var id = Guid.Parse(walk.Id);
        var ledger = await db.Ledger.AsNoTracking().Where(line => line.DossierId == id).OrderBy(line => line.Sequence).ToListAsync();
        Assert.Equal(
            ledger.Select(line => (line.Act.ToString(), line.DueAfter)),
            desk.Lines.Select(line => (line.Text("act"), line.GetProperty("dueAfter") is { ValueKind: JsonValueKind.String } due ? due.GetDateTimeOffset() : (DateTimeOffset?)null)));
        var outbox = await db.Outbox.AsNoTracking().Where(row => row.DossierId == id).OrderBy(row => row.Id).Select(row => row.Kind).ToListAsync();
        Assert.Equal(outbox, desk.Picture.List("steps").SelectMany(step => step.List("messages")).Select(message => message.Text("kind")));
        var forms = await db.Forms.AsNoTracking().Where(form => form.DossierId == id).OrderBy(form => form.LedgerSequence).Select(form => form.Kind).ToListAsync();
        Assert.Equal(["01", "02"], forms.Select(form => PublicService.Dossiers.FormKinds.No(form)));
        Assert.Equal(["01", "02"], desk.Picture.List("steps").SelectMany(step => step.List("forms")).Select(form => form.Text("no")));
        Assert.Equal("12/2026", Assert.Single(desk.Picture.List("steps").SelectMany(step => step.List("results"))).Text("number"));
        var journal = (await db.Journal.AsNoTracking().Where(row => row.DossierId == id).OrderBy(row => row.FirstSequence).ToListAsync())
            .SelectMany(row => JsonSerializer.Deserialize(row.Entries, InstanceJson.Default.ListJournalEntry)!).Select(entry => (entry.ActivityId, entry.Event));
        Assert.Equal(journal, desk.Picture.List("steps").SelectMany(step => step.List("journal")).Select(entry => (entry.Text("step"), entry.Text("event"))));
    }

    [Fact]
    public async Task Nothing_is_stored_whatever_happens_in_it()
    {
        await engine.SettleAsync();
        var before = await engine.CountRowsAsync();

        var desk = await BirthAsync();
        await desk.AnswerAsync("Tiếp nhận", "Tiếp nhận");
        await desk.FurtherAsync("Quá ngày hẹn trả");
        await desk.AnswerAsync("Thẩm tra", "Không đủ điều kiện");
        await engine.SettleAsync();

        Assert.Equal(before, await engine.CountRowsAsync());
    }

    [Fact]
    public async Task Every_procedure_can_be_tried_from_the_suggested_start_and_the_nearest_answers_lead_nearly_all_to_their_end()
    {
        var open = new List<string>();
        foreach (var file in OneStop.Definitions)
        {
            var definition = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
            var code = definition["definitionId"]!.ToString();
            var desk = await TrialDesk.OpenAsync(engine, code);
            var (distances, given) = (Distances(definition), new Dictionary<string, int>());
            for (var move = 0; move < 40 && !desk.Picture.GetProperty("ended").GetBoolean(); move++)
            {
                await NextAsync(desk, definition, distances, given);
            }

            if (!desk.Picture.GetProperty("ended").GetBoolean())
            {
                open.Add(code);
            }

            Assert.NotEqual(JsonValueKind.Null, desk.Dossier.GetProperty("receivedAt").ValueKind);
            Assert.All(desk.Picture.List("steps"), step => Assert.Empty(step.List("troubles")));
        }

        // Answers chosen without a look at the form go round in a few of them.
        Assert.True(open.Count <= 4, string.Join(", ", open));
    }

    [Fact]
    public async Task A_refusal_of_the_law_reads_as_the_officer_would_see_it_and_changes_nothing()
    {
        var desk = await BirthAsync();
        await desk.AnswerAsync("Tiếp nhận", "Tiếp nhận");
        await desk.AnswerAsync("Thẩm tra", "Đủ điều kiện");
        await desk.AnswerAsync("", "Không tìm thấy");
        await desk.AnswerAsync("Ghi sổ", "Đã ghi sổ");
        var lines = desk.Lines.Count();
        await desk.AnswerAsync("Ký", "Trả lại", move => move["note"] = null);

        Assert.Equal(("REASON_REQUIRED", "Trả lại hồ sơ phải ghi lý do."), (desk.Problem.Text("code"), desk.Problem.Text("sentence")));
        Assert.Equal((4, lines), (desk.Picture.Number("accepted"), desk.Lines.Count()));
        await desk.UndoAsync();
        await desk.AnswerAsync("Ký", "Đã ký");
        await desk.AnswerAsync("Đóng dấu", "Đã phát hành", move => move["form"] = new JsonObject());
        Assert.Equal("INVALID_INPUT", desk.Problem.Text("code"));
        Assert.Contains("resultNumber", desk.Problem.GetProperty("errors").ToString(), StringComparison.Ordinal);
        Assert.StartsWith("Đóng dấu", Assert.Single(desk.Waits, wait => wait.Text("kind") == "Task").Text("title"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_own_clock_makes_pauses_and_delays()
    {
        var desk = await BirthAsync();
        await desk.AnswerAsync("Tiếp nhận", "Tiếp nhận");
        var due = desk.Dossier.GetProperty("dueAt").GetDateTimeOffset();
        await desk.AnswerAsync("Thẩm tra", "Yêu cầu bổ sung", move => move["form"] = new JsonObject { ["papers"] = new JsonArray("Giấy chứng sinh"), ["reason"] = "Thiếu" });
        Assert.True(desk.Picture.GetProperty("legal").GetProperty("isPaused").GetBoolean());

        await desk.FurtherAsync("Thêm 1 ngày làm việc");
        await desk.AnswerAsync("", "Công dân nộp bổ sung");
        Assert.False(desk.Picture.GetProperty("legal").GetProperty("isPaused").GetBoolean());
        Assert.True(desk.Dossier.GetProperty("dueAt").GetDateTimeOffset() > due);
        Assert.Contains(desk.Picture.GetProperty("legal").List("segments"), segment => segment.Text("kind") == "Paused");

        await desk.FurtherAsync("Quá ngày hẹn trả");
        Assert.True(desk.Picture.GetProperty("legal").GetProperty("isLate").GetBoolean());
        Assert.Contains(desk.Lines, line => line.Text("act") == "DeadlineBreached");
        Assert.Contains(desk.LastStep.List("messages"), message => message.Text("kind") == "notification");
    }

    [Fact]
    public async Task A_draft_is_tried_as_it_is_now_and_the_published_version_as_it_was()
    {
        var code = await PublishAsync("8.000101", Task("A", "Bước cũ"), "A/Xong > KetThuc");
        await SaveDraftAsync(code, "Bước mới");

        Assert.Equal("Bước mới", Assert.Single((await TrialDesk.OpenAsync(engine, code)).Waits).Text("title"));
        Assert.Equal("Bước cũ", Assert.Single((await TrialDesk.OpenAsync(engine, code, version: 1)).Waits).Text("title"));

        await SaveDraftAsync(code, "Bước mới nữa");
        Assert.Equal("Bước mới nữa", Assert.Single((await TrialDesk.OpenAsync(engine, code)).Waits).Text("title"));
    }

    [Fact]
    public async Task A_script_that_fails_is_shown_at_its_step_in_Vietnamese()
    {
        var code = await PublishAsync("8.000102", $"{Task("A", "Xem")},{Script("B", "khongCo.x")}", "A/Xong > B\nB/Done > KetThuc");
        var desk = await TrialDesk.OpenAsync(engine, code);

        await desk.AnswerAsync("Xem", "Xong");

        Assert.Equal(("STEP_FAILED", "B"), (desk.Problem.Text("code"), desk.Problem.Text("step")));
        Assert.StartsWith("Bước “", desk.Problem.Text("sentence"), StringComparison.Ordinal);
        Assert.Equal("Xem", Assert.Single(desk.Waits).Text("title"));
    }

    [Fact]
    public async Task A_definition_without_an_end_is_stopped_after_five_seconds()
    {
        var code = await PublishAsync(
            "8.000103",
            $"{Task("A", "Xem")},{Script("B", "(() => { let s = 0; for (let i = 0; i < 1e6; i++) { s += i; } return s; })()")},{Script("C", "1")}",
            "A/Xong > B\nB/Done > C\nC/Done > B");
        var desk = await TrialDesk.OpenAsync(engine, code);
        var started = System.Diagnostics.Stopwatch.StartNew();

        await desk.AnswerAsync("Xem", "Xong");

        Assert.Equal("TRIAL_TOO_LONG", desk.Problem.Text("code"));
        Assert.True(started.Elapsed < TimeSpan.FromSeconds(20), $"{started.Elapsed}");
    }

    [Fact]
    public async Task The_start_is_refused_as_a_submission_would_be()
    {
        var desk = await BirthAsync();

        desk.Start["receivingOfficeId"] = "khong-co";
        await (await desk.PostAsync()).ShouldBeRefusedAsync("OFFICE_NOT_FOUND");
        desk.Start["receivingOfficeId"] = OneStop.Ward;
        desk.Start["form"] = new JsonObject { ["child"] = "sai" };
        await (await desk.PostAsync()).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
    }

    [Fact]
    public async Task Only_administrators_try_and_only_so_many_moves()
    {
        var desk = await BirthAsync();
        var officer = await engine.OfficerAsync("chuyen-vien");
        await (await officer.SendAsync($"/definitions/{Birth}/trial", new JsonObject { ["start"] = desk.Start.DeepClone() })).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");
        await (await (await engine.SomebodyAsync("quantri")).SendAsync("/definitions/9.999999/trial", new JsonObject { ["start"] = desk.Start.DeepClone() }))
            .ShouldBeProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        for (var n = 0; n < 501; n++)
        {
            desk.Moves.Add(new JsonObject { ["kind"] = "Wait" });
        }

        await (await desk.PostAsync()).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
    }

    /// <summary>The answer that is nearest to the hand-over of the result, and not the same for ever; when all are refused, time passes.</summary>
    private static async Task NextAsync(TrialDesk desk, JsonNode definition, Dictionary<string, int> distances, Dictionary<string, int> given)
    {
        var answers =
            from wait in desk.Waits
            from move in wait.List("moves")
            let arrows = definition["root"]!["connections"]!.AsArray().Where(arrow => arrow!["source"]!["activity"]!.ToString() == wait.Text("step")).ToList()
            let taken = arrows.Where(arrow => arrow!["source"]!["port"]?.ToString() == move.GetProperty("move").Text("outcome")).ToList()
            orderby (taken.Count > 0 ? taken : arrows).Select(arrow => distances.GetValueOrDefault(arrow!["target"]!["activity"]!.ToString(), 99)).DefaultIfEmpty(99).Min() + (3 * given.GetValueOrDefault(wait.Text("step") + move.Text("label")))
            select (Key: wait.Text("step") + move.Text("label"), Title: wait.Text("title"), Label: move.Text("label"));
        var refusals = new List<string>();
        foreach (var (key, title, label) in answers.ToList())
        {
            given[key] = given.GetValueOrDefault(key) + 1;
            await desk.AnswerAsync(title, label);
            if (desk.Problem.ValueKind is JsonValueKind.Null)
            {
                return;
            }

            refusals.Add($"{title}: {label} – {desk.Problem}");
            await desk.UndoAsync();
        }

        Assert.True(desk.Picture.List("moves").Any(move => move.Text("label").StartsWith("Chờ đến mốc", StringComparison.Ordinal)), $"{definition["definitionId"]} is stuck: {string.Join("\n", refusals)}");
        await desk.FurtherAsync("Chờ đến mốc tiếp theo");
    }

    /// <summary>Arrows from each step to the hand-over, or to the end where the procedure has none.</summary>
    private static Dictionary<string, int> Distances(JsonNode definition)
    {
        var steps = definition["root"]!["activities"]!.AsArray().ToLookup(step => step!["type"]!.ToString(), step => step!["id"]!.ToString());
        var ends = steps["PublicService.ReturnResult"].Any() ? steps["PublicService.ReturnResult"] : steps["Elsa.End"];
        var distances = ends.ToDictionary(id => id, _ => 0);
        for (var round = 1; round < 60; round++)
        {
            foreach (var arrow in definition["root"]!["connections"]!.AsArray())
            {
                if (distances.ContainsKey(arrow!["target"]!["activity"]!.ToString()))
                {
                    distances.TryAdd(arrow["source"]!["activity"]!.ToString(), round);
                }
            }
        }

        return distances;
    }

    private Task<TrialDesk> BirthAsync() => TrialDesk.OpenAsync(engine, Birth, start =>
    {
        var real = OneStop.BirthRegistration();
        (start["receivingOfficeId"], start["competentOfficeId"], start["form"]) = (OneStop.Ward, OneStop.Ward, real["form"]!.DeepClone());
    });

    private async Task<string> PublishAsync(string code, string activities, string arrows)
    {
        await engine.PublishAsync(code, activities, arrows);
        return code;
    }

    /// <summary>Saves the first step under another title, as Studio saves a draft.</summary>
    private async Task SaveDraftAsync(string code, string title)
    {
        var analyst = await engine.SomebodyAsync("quantri");
        var model = JsonNode.Parse((await analyst.GetJsonAsync($"/elsa/api/workflow-definitions/by-definition-id/{code}?versionOptions=Latest")).GetRawText())!;
        model["name"] = code;
        model["root"]!["activities"]![0]!["title"] = Input("String", "Literal", title);
        using var saved = await analyst.PostAsync("/elsa/api/workflow-definitions", new StringContent(
            new JsonObject { ["model"] = model.DeepClone(), ["publish"] = false }.ToJsonString(), System.Text.Encoding.UTF8, "application/json"));
        await saved.JsonAsync();
    }

    private static string Task(string id, string title) => new JsonObject
    {
        ["id"] = id,
        ["type"] = "PublicService.OfficerTask",
        ["title"] = Input("String", "Literal", title),
        ["outcomes"] = Input("String[]", "Object", "[\"Xong\"]"),
    }.ToJsonString();

    private static string Script(string id, string script) =>
        new JsonObject { ["id"] = id, ["type"] = "Elsa.WriteLine", ["text"] = Input("String", "JavaScript", script) }.ToJsonString();

    private static JsonObject Input(string type, string kind, string value) =>
        new() { ["typeName"] = type, ["expression"] = new JsonObject { ["type"] = kind, ["value"] = value } };
}

public sealed class TrialSqliteTests(OneStop engine) : TrialTests(engine), IClassFixture<OneStop>;

public sealed class TrialPostgresTests(PostgresOneStop engine) : TrialTests(engine), IClassFixture<PostgresOneStop>;
