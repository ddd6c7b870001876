using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Dossiers;
using PublicService.Engine.Storage;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;
using PublicService.Engine.VersionMoves;
using static PublicService.Engine.Tests.VersionMoves.TestSteps;

namespace PublicService.Engine.Tests.VersionMoves;

/// <summary>Running dossiers go over to a new version of their workflow, by order of an analyst and never half.</summary>
public abstract class VersionMoveTests(OneStop engine)
{
    [Fact]
    public async Task A_dossier_goes_over_with_its_task_and_walks_on_to_its_end()
    {
        var code = await PublishAsync("8.000201", Two("A", "Thẩm định"), "A/Xong > B\nB/Xong > KetThuc");
        var walk = await StartAsync(code);
        var before = await RowsAsync(walk);
        await PublishAsync(code, $"{Step("A", "Thẩm định kỹ", "CHUYEN_VIEN", "Xong", "Cần thêm")},{Step("M", "Bước mới")},{Step("B", "Duyệt")}", "A/Xong > M\nA/Cần thêm > M\nM/Xong > B\nB/Xong > KetThuc");

        var move = await AddAsync(code, 2);
        var dry = await DryRunAsync(move);
        Assert.Equal((0, 1, 0), Counts(dry.GetProperty("counts")));
        Assert.Contains("Thẩm định kỹ", Assert.Single(dry.List("lines")).GetProperty("reasons").ToString(), StringComparison.Ordinal);
        Assert.Equal(before.Instance.DefinitionVersionId, (await RowsAsync(walk)).Instance.DefinitionVersionId);
        var done = await RunAsync(move);

        Assert.Equal("Done", done.Text("state"));
        Assert.Equal(Counts(dry.GetProperty("counts")), Counts(done.GetProperty("counts")));
        var after = await RowsAsync(walk);
        Assert.Equal((code + ":2", code + ":2"), (after.Instance.DefinitionVersionId, after.Dossier.DefinitionVersionId));
        Assert.Equal((before.Task.Id, before.Task.DueAt, before.Task.OfficeId, before.Task.CreatedAt), (after.Task.Id, after.Task.DueAt, after.Task.OfficeId, after.Task.CreatedAt));
        Assert.Equal(("Thẩm định kỹ", """["Xong","Cần thêm"]"""), (after.Task.Title, after.Task.Outcomes));
        Assert.Equal((before.Dossier.DueAt, before.Dossier.ProcedureValidFrom), (after.Dossier.DueAt, after.Dossier.ProcedureValidFrom));
        var line = Assert.Single(await LedgerAsync(walk), line => line.Act is LedgerAct.VersionMoved);
        Assert.Equal("Đúng quy định mới", line.Reason);
        Assert.Contains("\"from\":1,\"to\":2", line.Data, StringComparison.Ordinal);
        Assert.NotEqual(Act.SystemId, line.ActorId);

        await walk.DoAsync("Thẩm định kỹ", "Cần thêm");
        await walk.DoAsync("Bước mới", "Xong");
        await walk.DoAsync("Duyệt", "Xong");
        Assert.Empty(walk.Standing.List("tasks"));
        var sheet = ControlSheet.Of(await LedgerAsync(walk));
        Assert.Equal(["Thẩm định kỹ", "Bước mới", "Duyệt"], sheet.Select(one => one.Title));
        Assert.All(sheet, one => Assert.NotNull(one.DoneAt));
        var journal = await (await engine.SomebodyAsync("quantri")).PostAsync($"/elsa/api/workflow-instances/{before.Instance.Id}/journal?skip=0&take=100", Json(new JsonObject { ["filter"] = new JsonObject() }));
        Assert.Contains((await journal.JsonAsync()).List("items"), one => one.Text("activityId") == "A");
    }

    [Fact]
    public async Task What_cannot_go_over_stays_and_says_why()
    {
        var code = await PublishAsync("8.000202", $"{Two("A", "Xem")}", "A/Xong > B\nB/Xong > KetThuc");
        var (first, second) = (await StartAsync(code), await StartAsync(code));
        await second.DoAsync("Xem", "Xong");
        await PublishAsync(code, $"{Step("A", "Xem")},{Step("C", "Duyệt lại")}", "A/Xong > C\nC/Xong > KetThuc");

        var move = await AddAsync(code, 2);
        var dry = await DryRunAsync(move);
        var done = await RunAsync(move);

        Assert.Equal((1, 0, 1), Counts(dry.GetProperty("counts")));
        Assert.Equal((1, 0, 1), Counts(done.GetProperty("counts")));
        var analyst = await engine.SomebodyAsync("quantri");
        var stayed = Assert.Single((await analyst.ReadAsync($"/version-moves/{move}/items?result=Impossible")).List("items"));
        Assert.Equal(second.Code, stayed.Text("code"));
        Assert.Contains("không còn trong phiên bản mới", stayed.GetProperty("reasons").ToString(), StringComparison.Ordinal);
        Assert.Equal((code + ":2", code + ":1"), ((await RowsAsync(first)).Instance.DefinitionVersionId, (await RowsAsync(second)).Instance.DefinitionVersionId));
        Assert.DoesNotContain(await LedgerAsync(second), line => line.Act is LedgerAct.VersionMoved);
        await second.DoAsync("Duyệt", "Xong");
        await first.DoAsync("Xem", "Xong");
        await first.DoAsync("Duyệt lại", "Xong");
    }

    [Fact]
    public async Task Parallel_branches_go_over_together_unless_their_join_was_reached_and_changed()
    {
        var code = await PublishAsync("8.000203", Branches("X", "Y"), BranchArrows("X", "Y"));
        var (none, one) = (await StartAsync(code), await StartAsync(code));
        await one.DoAsync("Nhánh X", "Xong");
        await PublishAsync(code, Branches("X", "Y", "Z"), BranchArrows("X", "Y", "Z"));
        var impossible = await AddAsync(code, 2);
        Assert.Equal((0, 0, 2), Counts((await DryRunAsync(impossible)).GetProperty("counts")));

        await PublishAsync(code, Branches("X", "Y") + $",{Step("Sau", "Sau khi hợp")}", BranchArrows("X", "Y").Replace("Hop/Done > KetThuc", "Hop/Done > Sau\nSau/Xong > KetThuc", StringComparison.Ordinal));
        var move = await AddAsync(code, 3);
        var done = await RunAsync(move);

        Assert.Equal((2, 0, 0), Counts(done.GetProperty("counts")));
        await none.DoAsync("Nhánh Y", "Xong");
        await none.DoAsync("Nhánh X", "Xong");
        await one.DoAsync("Nhánh Y", "Xong");
        await one.DoAsync("Sau khi hợp", "Xong");
        await none.DoAsync("Sau khi hợp", "Xong");
        Assert.All(await Task.WhenAll(RowsAsync(none), RowsAsync(one)), rows => Assert.Equal(Workflows.Running.InstanceStatus.Finished, rows.Instance.Status));
    }

    [Fact]
    public async Task Somebody_else_s_work_is_taken_from_whoever_had_it()
    {
        var code = await PublishAsync("8.000204", Step("A", "Xem"), "A/Xong > KetThuc");
        var walk = await StartAsync(code);
        var task = await walk.TaskAsync("Xem");
        await (await engine.OfficerAsync("chuyen-vien")).SendAsync($"/tasks/{task.Text("id")}/claim").JsonAsync();
        await PublishAsync(code, Step("A", "Xem", "LD_DON_VI", "Xong"), "A/Xong > KetThuc");

        await RunAsync(await AddAsync(code, 2));

        var row = (await RowsAsync(walk)).Task;
        Assert.Equal(("LD_DON_VI", null, FormalActs.Approve), (row.Role, row.AssigneeId, row.FormalAct));
        using var officer = await (await engine.OfficerAsync("chuyen-vien")).SendAsync($"/tasks/{row.Id}/completions", Walk.Completion("Xong"));
        Assert.Equal(HttpStatusCode.Forbidden, officer.StatusCode);
        await walk.DoAsync("Xem", "Xong");
    }

    [Fact]
    public async Task Stopped_anywhere_it_goes_on_with_what_is_left()
    {
        const int dossiers = 12;
        var code = await PublishAsync("8.000205", Two("A", "Xem"), "A/Xong > B\nB/Xong > KetThuc");
        var walks = new List<Walk>();
        for (var n = 0; n < dossiers; n++)
        {
            walks.Add(await StartAsync(code));
        }

        await walks[3].DoAsync("Xem", "Xong");
        await PublishAsync(code, $"{Step("A", "Xem lại")},{Step("C", "Duyệt")}", "A/Xong > C\nC/Xong > KetThuc");
        var move = await AddAsync(code, 2);
        var dry = await DryRunAsync(move);
        await OrderAsync(move);

        await StopAfterAsync(4);
        await StopAfterAsync(3);
        Assert.Equal("Running", (await ShowAsync(move)).Text("state"));
        await FinishAsync();

        var done = await ShowAsync(move);
        Assert.Equal(("Done", dossiers), (done.Text("state"), done.Number("total")));
        Assert.Equal(Counts(dry.GetProperty("counts")), Counts(done.GetProperty("counts")));
        foreach (var (walk, n) in walks.Select((walk, n) => (walk, n)))
        {
            Assert.Equal(n == 3 ? 0 : 1, (await LedgerAsync(walk)).Count(line => line.Act is LedgerAct.VersionMoved));
            Assert.Equal(n == 3 ? code + ":1" : code + ":2", (await RowsAsync(walk)).Instance.DefinitionVersionId);
        }
    }

    [Fact]
    public async Task A_click_that_meets_the_move_is_done_once_and_whole()
    {
        var code = await PublishAsync("8.000206", Two("A", "Xem"), "A/Xong > B\nB/Xong > KetThuc");
        var walks = new List<(Walk Walk, string Task)>();
        for (var n = 0; n < 24; n++)
        {
            var walk = await StartAsync(code);
            walks.Add((walk, (await walk.TaskAsync("Xem")).Text("id")));
        }

        await PublishAsync(code, $"{Step("A", "Xem", "CHUYEN_VIEN", "Xong", "Thêm")},{Step("M", "Giữa")},{Step("B", "Duyệt")}", "A/Xong > M\nA/Thêm > M\nM/Xong > B\nB/Xong > KetThuc");
        var move = await AddAsync(code, 2);
        await OrderAsync(move);
        var officer = await engine.OfficerAsync("chuyen-vien");

        var clicks = walks.Select(async one =>
        {
            using var answer = await officer.SendAsync($"/tasks/{one.Task}/completions", Walk.Completion("Xong"));
            return answer.StatusCode;
        }).ToList();
        var run = FinishAsync();
        var statuses = await Task.WhenAll(clicks);
        await run;
        await FinishAsync();

        Assert.All(statuses, status => Assert.True(status is HttpStatusCode.OK or HttpStatusCode.Conflict, $"{status}"));
        await using var db = engine.Open();
        foreach (var ((walk, task), status) in walks.Zip(statuses))
        {
            var ledger = await LedgerAsync(walk);
            var rows = await RowsAsync(walk);
            Assert.Equal(Enumerable.Range(1, ledger.Count), ledger.Select(line => line.Sequence));
            Assert.Equal(status is HttpStatusCode.OK ? 1 : 0, ledger.Count(line => line.Act is LedgerAct.TaskCompleted));
            Assert.Equal(rows.Instance.DefinitionVersionId == code + ":2" ? 1 : 0, ledger.Count(line => line.Act is LedgerAct.VersionMoved));
            var open = await db.Tasks.AsNoTracking().Where(row => row.InstanceId == rows.Instance.Id && row.State == TaskState.Open).ToListAsync();
            // Moved before the click it stands in the middle, moved after it at the end, and not moved it is as if nothing had been ordered.
            Assert.Contains(Assert.Single(open).Title, status is HttpStatusCode.OK ? ["Giữa", "Duyệt"] : new[] { "Xem" });
        }

        Assert.Equal(walks.Count, Counts((await ShowAsync(move)).GetProperty("counts")) is var (unchanged, changed, stay) ? unchanged + changed + stay : 0);
    }

    [Fact]
    public async Task Only_analysts_order_it_with_a_reason_and_only_to_a_published_version()
    {
        var code = await PublishAsync("8.000207", Step("A", "Xem"), "A/Xong > KetThuc");
        await StartAsync(code);
        var body = new JsonObject { ["definitionId"] = code, ["to"] = 2, ["reason"] = "Đúng quy định mới" };
        await (await (await engine.SomebodyAsync("kythuat")).SendAsync("/version-moves", body.DeepClone())).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");
        var analyst = await engine.SomebodyAsync("quantri");
        await (await analyst.SendAsync("/version-moves", body.DeepClone())).ShouldBeProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        var model = JsonNode.Parse((await analyst.GetJsonAsync($"/elsa/api/workflow-definitions/by-definition-id/{code}?versionOptions=Latest")).GetRawText())!;
        model["name"] = code;
        await (await analyst.PostAsync("/elsa/api/workflow-definitions", Json(new JsonObject { ["model"] = model.DeepClone(), ["publish"] = false }))).JsonAsync();
        await (await analyst.SendAsync("/version-moves", body.DeepClone())).ShouldBeRefusedAsync("VERSION_NOT_PUBLISHED");
        body["reason"] = " ";
        await (await analyst.SendAsync("/version-moves", body.DeepClone())).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");

        var versions = (await analyst.ReadAsync($"/definitions/{code}/running-versions")).EnumerateArray().ToList();
        Assert.Equal([(2, false, 0), (1, true, 1)], versions.Select(one => (one.Number("version"), one.GetProperty("canTakeOver").GetBoolean(), one.Number("running"))));
        await PublishAsync(code, Step("A", "Xem"), "A/Xong > KetThuc");
        var move = await AddAsync(code, 3, new JsonArray(1));
        await OrderAsync(move);
        await (await analyst.SendAsync($"/version-moves/{move}/run")).ShouldBeRefusedAsync("VERSION_MOVE_ORDERED");
        await FinishAsync();
    }

    private async Task<string> PublishAsync(string code, string activities, string arrows)
    {
        await engine.PublishAsync(code, activities, arrows);
        return code;
    }

    private Task<Walk> StartAsync(string code) => Walk.StartAsync(engine, request =>
    {
        request["procedureCode"] = code;
        request["form"] = new JsonObject();
    });

    private static StringContent Json(JsonNode body) => new(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json");

    private static (int Unchanged, int Changed, int Impossible) Counts(JsonElement counts) => (counts.Number("unchanged"), counts.Number("changed"), counts.Number("impossible"));

    private async Task<string> AddAsync(string code, int to, JsonArray? from = null) => (await (await engine.SomebodyAsync("quantri")).SendAsync(
        "/version-moves", new JsonObject { ["definitionId"] = code, ["to"] = to, ["reason"] = "Đúng quy định mới", ["from"] = from }).JsonAsync()).Text("id");

    private async Task<JsonElement> DryRunAsync(string move) => await (await engine.SomebodyAsync("quantri")).SendAsync($"/version-moves/{move}/dry-run").JsonAsync();

    private async Task<JsonElement> ShowAsync(string move) => await (await engine.SomebodyAsync("quantri")).ReadAsync($"/version-moves/{move}");

    private async Task OrderAsync(string move) => await (await engine.SomebodyAsync("quantri")).SendAsync($"/version-moves/{move}/run").JsonAsync();

    private async Task<JsonElement> RunAsync(string move)
    {
        await OrderAsync(move);
        await FinishAsync();
        return await ShowAsync(move);
    }

    private Task FinishAsync() => engine.Services.GetRequiredService<VersionMoveRunner>().RunAsync();

    /// <summary>Lets the run store so many commits and stops it there.</summary>
    private async Task StopAfterAsync(int commits)
    {
        using var stop = new CancellationTokenSource();
        void Count(Changes _)
        {
            if (--commits == 0)
            {
                stop.Cancel();
            }
        }

        var lane = engine.Services.GetRequiredService<CommitLane>();
        lane.Committed += Count;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.Services.GetRequiredService<VersionMoveRunner>().RunAsync(stop.Token));
        lane.Committed -= Count;
    }

    private async Task<(InstanceRow Instance, Dossier Dossier, TaskRow Task)> RowsAsync(Walk walk)
    {
        await using var db = engine.Open();
        var id = Guid.Parse(walk.Id);
        return (
            await db.Instances.AsNoTracking().SingleAsync(row => row.DossierId == id),
            await db.Dossiers.AsNoTracking().SingleAsync(row => row.Id == id),
            await db.Tasks.AsNoTracking().Where(row => row.DossierId == id).OrderByDescending(row => row.State == TaskState.Open).ThenByDescending(row => row.CreatedAt).FirstAsync());
    }

    private async Task<List<LedgerEntry>> LedgerAsync(Walk walk)
    {
        await using var db = engine.Open();
        var id = Guid.Parse(walk.Id);
        return await db.Ledger.AsNoTracking().Where(line => line.DossierId == id).OrderBy(line => line.Sequence).ToListAsync();
    }
}

public sealed class VersionMoveSqliteTests(OneStop engine) : VersionMoveTests(engine), IClassFixture<OneStop>;

public sealed class VersionMovePostgresTests(PostgresOneStop engine) : VersionMoveTests(engine), IClassFixture<PostgresOneStop>;
