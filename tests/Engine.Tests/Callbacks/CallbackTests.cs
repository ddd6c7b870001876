using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Callbacks;

/// <summary>A foreign system answers a question of a workflow.</summary>
public abstract class CallbackTests
{
    private readonly OneStop engine;

    protected CallbackTests(OneStop engine)
    {
        this.engine = engine;
        engine.Register();
    }

    [Fact]
    public async Task The_system_that_was_asked_answers_and_the_same_answer_again_changes_nothing()
    {
        var (walk, key) = await AskedAsync("T.CALL-1");

        var first = await engine.PostAsAsync(Systems.Insurance, $"/callbacks/{key}", Answer("Đã cấp")).JsonAsync();
        var rows = await engine.CountRowsAsync();
        var again = await engine.PostAsAsync(Systems.Insurance, $"/callbacks/{key}", Answer("Đã cấp")).JsonAsync();

        Assert.Equal(first.ToString(), again.ToString());
        Assert.Equal(rows, await engine.CountRowsAsync());
        Assert.Equal(walk.Code, first.Text("dossier"));
        await using var db = engine.Open();
        var id = Guid.Parse(walk.Id);
        var line = await db.Ledger.SingleAsync(line => line.DossierId == id && line.Act == LedgerAct.TransferAnswered);
        Assert.Equal(("system:bhxh", Systems.InsuranceName), (line.ActorId, line.ActorName));
        Assert.StartsWith("Tiếp", (await walk.TaskAsync("Tiếp")).Text("title"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_to_a_finished_step_is_told_so()
    {
        var (_, key) = await AskedAsync("T.CALL-2");
        await engine.PostAsAsync(Systems.Insurance, $"/callbacks/{key}", Answer("Đã cấp")).JsonAsync();

        await (await engine.PostAsAsync(Systems.Insurance, $"/callbacks/{key}", Answer("Từ chối"))).ShouldBeRefusedAsync("STEP_FINISHED");
        await (await engine.PostAsAsync(Systems.Insurance, $"/callbacks/{key}", Answer("Đã cấp", "BH-2"))).ShouldBeRefusedAsync("STEP_FINISHED");
    }

    [Fact]
    public async Task A_step_that_was_left_in_silence_takes_no_answer()
    {
        var (_, key) = await AskedAsync("T.CALL-3");
        engine.Clock.Jump(TimeSpan.FromDays(20));
        await engine.SettleAsync();

        await (await engine.PostAsAsync(Systems.Insurance, $"/callbacks/{key}", Answer("Đã cấp"))).ShouldBeRefusedAsync("STEP_FINISHED");
    }

    [Fact]
    public async Task Nobody_else_may_answer()
    {
        var (walk, key) = await AskedAsync("T.CALL-4");
        var before = await engine.CountRowsAsync();

        await (await engine.PostAsAsync(Systems.Police, $"/callbacks/{key}", Answer("Đã cấp"))).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "SYSTEM_NOT_ASKED");
        await (await engine.PostAsAsync("stranger", $"/callbacks/{key}", Answer("Đã cấp"))).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "SYSTEM_UNKNOWN");
        await (await engine.PostAsAsync(Systems.Insurance, $"/callbacks/{key}", Answer("Đã cấp"), late: TimeSpan.FromMinutes(6))).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "SYSTEM_UNKNOWN");
        await (await engine.PostAsAsync(Systems.Insurance, $"/callbacks/{key}", Answer("Từ chối"), signedBody: Answer("Đã cấp").ToJsonString())).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "SYSTEM_UNKNOWN");
        await (await engine.CreateClient().SendAsync($"/callbacks/{key}", Answer("Đã cấp"))).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "SYSTEM_UNKNOWN");

        Assert.Equal(before, await engine.CountRowsAsync());
        Assert.Empty(walk.Standing.List("tasks"));
    }

    [Fact]
    public async Task What_cannot_be_an_answer_is_told_apart()
    {
        var (_, key) = await AskedAsync("T.CALL-5");

        await (await engine.PostAsAsync(Systems.Insurance, "/callbacks/never-asked", Answer("Đã cấp"))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        var unknown = await (await engine.PostAsAsync(Systems.Insurance, $"/callbacks/{key}", Answer("Xong"))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "OUTCOME_UNKNOWN");
        Assert.Contains("Đã cấp; Từ chối", unknown.GetProperty("errors").GetProperty("outcome")[0].GetString(), StringComparison.Ordinal);
        await (await engine.PostAsAsync(Systems.Insurance, $"/callbacks/{key}", new JsonObject { ["outcome"] = "Đã cấp" })).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
    }

    [Fact]
    public async Task Eight_reports_of_one_answer_at_once_are_one()
    {
        var (walk, key) = await AskedAsync("T.CALL-6");

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => engine.PostAsAsync(Systems.Insurance, $"/callbacks/{key}", Answer("Đã cấp")).JsonAsync()));

        Assert.Single(replies.Select(reply => reply.ToString()).Distinct());
        await using var db = engine.Open();
        var id = Guid.Parse(walk.Id);
        Assert.Equal(1, await db.Ledger.CountAsync(line => line.DossierId == id && line.Act == LedgerAct.TransferAnswered));
    }

    private static JsonObject Answer(string outcome, string reference = "BH-1") =>
        new() { ["outcome"] = outcome, ["reference"] = reference, ["data"] = new JsonObject { ["soThe"] = "TE1" } };

    /// <summary>A dossier that waits for the insurance, and the key the insurance was told.</summary>
    private async Task<(Walk Walk, string Key)> AskedAsync(string code)
    {
        await engine.PublishAsync(
            code,
            """
            {"id":"TiepNhan","type":"PublicService.Intake"},
            {"id":"BaoHiem","type":"PublicService.Transfer","office":{"typeName":"String","expression":{"type":"Literal","value":"Competent"}},
             "system":{"typeName":"String","expression":{"type":"Literal","value":"BHXH Việt Nam"}},
             "days":{"typeName":"Int32","expression":{"type":"Literal","value":5}},
             "outcomes":{"typeName":"List<String>","expression":{"type":"Object","value":"[\"Đã cấp\",\"Từ chối\"]"}}},
            {"id":"Tiep","type":"PublicService.OfficerTask","title":{"typeName":"String","expression":{"type":"Literal","value":"Tiếp tục"}}}
            """,
            """
            TiepNhan/Tiếp nhận > BaoHiem
            TiepNhan/Yêu cầu bổ sung > KetThuc
            TiepNhan/Từ chối > KetThuc
            BaoHiem/Đã cấp > Tiep
            BaoHiem/Từ chối > KetThuc
            BaoHiem/Quá hạn > KetThuc
            Tiep/Done > KetThuc
            """);
        var walk = await Walk.StartAsync(engine, body => body["procedureCode"] = code);
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        await using var db = engine.Open();
        var id = Guid.Parse(walk.Id);
        var question = JsonNode.Parse((await db.Outbox.SingleAsync(row => row.DossierId == id && row.Kind == "transfer")).Payload)!;
        Assert.Equal(Systems.InsuranceName, question["system"]!.ToString());
        return (walk, question["callback"]!.ToString());
    }
}

public sealed class CallbackSqliteTests(OneStop engine) : CallbackTests(engine), IClassFixture<OneStop>;

public sealed class CallbackPostgresTests(PostgresOneStop engine) : CallbackTests(engine), IClassFixture<PostgresOneStop>;
