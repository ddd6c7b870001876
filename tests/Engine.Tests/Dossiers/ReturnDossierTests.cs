using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Storage;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Dossiers;

/// <summary>A leader sends a birth registration back to an earlier step.</summary>
public abstract class ReturnDossierTests(OneStop engine)
{
    [Fact]
    public async Task It_goes_back_with_its_reason_and_comes_forward_again()
    {
        var walk = await AtSignatureAsync();
        var leader = await engine.OfficerAsync("lanh-dao");
        var signature = await walk.TaskAsync("Ký");
        var due = (await leader.ReadAsync($"/dossiers/{walk.Id}")).Text("dueAt");

        var steps = (await leader.ReadAsync($"/dossiers/{walk.Id}/steps")).EnumerateArray().ToList();
        var back = await leader.SendAsync($"/dossiers/{walk.Id}/returns", Return("ThamTra", signature.Text("id"))).JsonAsync();

        Assert.Equal(["GhiSo", "ThamTra"], steps.Select(step => step.Text("stepId")).Order(StringComparer.Ordinal));
        Assert.Equal(["Ký Giấy khai sinh"], steps[0].List("cancels").Select(title => title.GetString()));
        Assert.StartsWith("Thẩm tra", Assert.Single(back.List("tasks")).Text("title"), StringComparison.Ordinal);
        Assert.Equal(due, back.Text("dueAt"));
        var line = Assert.Single(await LedgerAsync(walk), line => line.Act is LedgerAct.MovedBack);
        Assert.Equal("Sai họ tên mẹ", line.Reason);
        Assert.Contains("Ký Giấy khai sinh", line.Data, StringComparison.Ordinal);
        Assert.Contains("Thẩm tra", line.Data, StringComparison.Ordinal);
        await using (var db = engine.Open())
        {
            Assert.Equal(TaskState.Cancelled, (await db.Tasks.FirstAsync(task => task.Id == signature.Text("id"))).State);
        }

        await walk.DoAsync("Thẩm tra", "Đủ điều kiện");
        await walk.FinishAsync();
        Assert.Equal(10, walk.Standing.Number("statusCode"));
    }

    [Fact]
    public async Task A_clock_that_stood_for_a_step_that_is_left_runs_on()
    {
        var walk = await Walk.StartAsync(engine);
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        await walk.DoAsync("Thẩm tra", "Cần xác minh tình trạng hôn nhân");
        await walk.TaskAsync("Xác minh");

        await (await engine.OfficerAsync("lanh-dao")).SendAsync($"/dossiers/{walk.Id}/returns", Return("ThamTra")).JsonAsync();

        var ledger = await LedgerAsync(walk);
        Assert.Equal((1, 1), (ledger.Count(line => line.Act is LedgerAct.ClockPaused), ledger.Count(line => line.Act is LedgerAct.ClockResumed)));
        await walk.DoAsync("Thẩm tra", "Cần xác minh tình trạng hôn nhân");
        await walk.DoAsync("Xác minh", "Đã xác minh");
        await walk.FinishAsync();
    }

    [Fact]
    public async Task What_has_its_effect_in_law_is_not_gone_back_over()
    {
        var walk = await AtSignatureAsync();
        var leader = await engine.OfficerAsync("lanh-dao");

        await (await leader.SendAsync($"/dossiers/{walk.Id}/returns", Return("TiepNhan"))).ShouldBeRefusedAsync("STEP_NOT_RETURNABLE");
        await (await leader.SendAsync($"/dossiers/{walk.Id}/returns", Return("Ky"))).ShouldBeRefusedAsync("STEP_NOT_RETURNABLE");
        await (await leader.SendAsync($"/dossiers/{walk.Id}/returns", Return("ThamTra", "not-open"))).ShouldBeRefusedAsync("TASK_CLOSED");
        await (await leader.SendAsync($"/dossiers/{walk.Id}/returns", Return("ThamTra", reason: " "))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
        await (await (await engine.OfficerAsync("chuyen-vien")).SendAsync($"/dossiers/{walk.Id}/returns", Return("ThamTra"))).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");
        await walk.DoAsync("Ký", "Đã ký");
        await walk.DoAsync("Đóng dấu", "Đã phát hành", new JsonObject { ["resultNumber"] = "12/2026" });
        await (await leader.SendAsync($"/dossiers/{walk.Id}/returns", Return("ThamTra"))).ShouldBeRefusedAsync("RETURN_AFTER_RELEASE");

        Assert.Empty((await leader.ReadAsync($"/dossiers/{walk.Id}/steps")).EnumerateArray());
        Assert.DoesNotContain(await LedgerAsync(walk), line => line.Act is LedgerAct.MovedBack);
    }

    [Fact]
    public async Task While_the_citizen_is_asked_for_papers_it_stays()
    {
        var walk = await Walk.StartAsync(engine);
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        await walk.DoAsync("Thẩm tra", "Yêu cầu bổ sung", new JsonObject { ["papers"] = new JsonArray("Giấy chứng sinh"), ["reason"] = "Thiếu" });

        await (await (await engine.OfficerAsync("lanh-dao")).SendAsync($"/dossiers/{walk.Id}/returns", Return("ThamTra"))).ShouldBeRefusedAsync("RETURN_WHILE_WAITING");
    }

    private static JsonObject Return(string stepId, string? taskId = null, string reason = "Sai họ tên mẹ") =>
        new() { ["stepId"] = stepId, ["reason"] = reason, ["taskId"] = taskId };

    private async Task<Walk> AtSignatureAsync()
    {
        var walk = await Walk.StartAsync(engine);
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        await walk.DoAsync("Thẩm tra", "Đủ điều kiện");
        await walk.DoAsync("Ghi sổ", "Đã ghi sổ");
        return walk;
    }

    private async Task<List<LedgerEntry>> LedgerAsync(Walk walk)
    {
        await using var db = engine.Open();
        var id = Guid.Parse(walk.Id);
        return await db.Ledger.Where(line => line.DossierId == id).OrderBy(line => line.Sequence).ToListAsync();
    }
}

public sealed class ReturnDossierSqliteTests(OneStop engine) : ReturnDossierTests(engine), IClassFixture<OneStop>;

public sealed class ReturnDossierPostgresTests(PostgresOneStop engine) : ReturnDossierTests(engine), IClassFixture<PostgresOneStop>;
