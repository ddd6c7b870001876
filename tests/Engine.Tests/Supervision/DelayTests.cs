using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Supervision;

/// <summary>Why things were late, and through whose hands the time went.</summary>
public abstract class DelayTests(OneStop engine) : SupervisedTests(engine)
{
    private readonly OneStop engine = engine;

    [Fact]
    public async Task A_cause_of_the_list_is_recorded_for_a_late_step_and_added_up()
    {
        var walk = await Watched.ReceivedAsync(engine);
        var (officer, supervisor) = (await engine.OfficerAsync("chuyen-vien"), await engine.SomebodyAsync("giamsat"));
        var task = (await walk.TaskAsync("Thẩm tra")).Text("id");
        var reason = new JsonObject { ["causeCode"] = "LANH_DAO_VANG", ["taskId"] = task };
        var path = $"/dossiers/{walk.Id}/delay-reasons";
        await (await officer.SendAsync(path, reason)).ShouldBeRefusedAsync("NOT_LATE");
        engine.Clock.Jump(TimeSpan.FromDays(4));
        await engine.SettleAsync();

        await (await officer.SendAsync(path, new JsonObject { ["causeCode"] = "LUOI" })).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
        await (await officer.SendAsync(path, new JsonObject { ["causeCode"] = "KHAC", ["taskId"] = task })).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
        await (await (await engine.OfficerAsync("chuyen-vien", OneStop.OtherWard)).SendAsync(path, reason)).ShouldBeProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        await (await officer.SendAsync(path, new JsonObject { ["causeCode"] = "QUA_TAI", ["taskId"] = task, ["officeId"] = "khong-co" })).ShouldBeRefusedAsync("OFFICE_NOT_FOUND");
        var recorded = await officer.SendAsync(path, reason).JsonAsync();
        await officer.SendAsync(path, new JsonObject { ["causeCode"] = "PHOI_HOP_CHAM", ["taskId"] = task, ["officeId"] = OneStop.OtherWard }).JsonAsync();

        Assert.Equal(OneStop.Ward, recorded.Text("officeId"));
        Assert.True(recorded.Number("lateMinutes") > 400);
        var causes = (await supervisor.ReadAsync("/supervision/delays")).List("causes").ToList();
        Assert.Equal([("LANH_DAO_VANG", OneStop.Ward), ("PHOI_HOP_CHAM", OneStop.OtherWard)], causes.Select(one => (one.Text("causeCode"), one.Text("officeId"))).Order());
        Assert.All(causes, one => Assert.Equal((1, 1), (one.Number("records"), one.Number("dossiers"))));
        Assert.Equal("PHOI_HOP_CHAM", Assert.Single((await (await engine.OfficerAsync("lanh-dao", OneStop.OtherWard)).ReadAsync("/supervision/delay-reasons")).List("items")).Text("causeCode"));
        var ledger = (await supervisor.ReadAsync($"/dossiers/{walk.Id}/ledger")).EnumerateArray();
        Assert.Equal(2, ledger.Count(line => line.Text("act") == "Commented"));
        Assert.Equal(12, (await officer.ReadAsync("/delay-causes")).GetArrayLength());
    }

    [Fact]
    public async Task The_overrun_is_parted_among_the_offices_and_adds_up()
    {
        var walk = await Watched.ReceivedAsync(engine, change: request => request["receivingOfficeId"] = OneStop.OtherWard);
        engine.Clock.Jump(TimeSpan.FromDays(1));
        await walk.DoAsync("Nhận hồ sơ", "Đã nhận");
        engine.Clock.Jump(TimeSpan.FromDays(7));
        await walk.DoAsync("Thẩm tra", "Đủ thông tin");
        await walk.DoAsync("Dự thảo", "Trình ký");
        await walk.DoAsync("Ký", "Đã ký");
        await walk.DoAsync("Đóng dấu", "Đã phát hành", new JsonObject { ["resultNumber"] = "1/2026" });
        await engine.SettleAsync();

        var supervisor = await engine.SomebodyAsync("giamsat");
        var shown = await supervisor.ReadAsync($"/supervision/dossiers/{walk.Id}");
        var overruns = (await supervisor.ReadAsync("/supervision/delays")).List("overruns").ToList();

        Assert.Equal("FinishedLate", shown.GetProperty("dossier").Text("band"));
        var late = -shown.GetProperty("dossier").Number("remainingMinutes");
        Assert.True(late > 500);
        Assert.Equal(late, shown.Number("lateMinutes"));
        Assert.Equal(late, shown.List("shares").Sum(share => share.Number("blamedMinutes")));
        Assert.Equal(late, overruns.Sum(row => row.Number("overrunMinutes")));
        Assert.Contains(overruns, row => row.Text("officeId") == OneStop.Ward && row.Number("overrunMinutes") > 0);
        Assert.All(shown.List("steps"), step => Assert.NotEqual(JsonValueKind.Null, step.GetProperty("bandWord").ValueKind));
        Assert.Contains(shown.List("steps"), step => step.Text("band") == "FinishedLate" && step.Text("title").StartsWith("Thẩm tra", StringComparison.Ordinal));
        Assert.Contains(shown.List("events"), one => one.Text("kind") == "Breached");
    }
}

public sealed class DelaySqliteTests() : DelayTests(new OneStop());

public sealed class DelayPostgresTests() : DelayTests(new PostgresOneStop());
