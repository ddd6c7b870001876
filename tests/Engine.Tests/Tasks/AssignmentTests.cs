using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using PublicService.Dossiers;
using PublicService.Engine.Tests.Access;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Tasks;

/// <summary>Who gets a new task by itself, and why. Each test has a ward of its own.</summary>
public abstract class AssignmentTests(OneStop engine)
{
    [Fact]
    public async Task Without_a_rule_nobody_gets_it()
    {
        var task = await ExaminationAsync("phuong-uong-bi");

        Assert.Equal(JsonValueKind.Null, task.GetProperty("assigneeId").ValueKind);
        Assert.Equal(JsonValueKind.Null, task.GetProperty("assignment").ValueKind);
    }

    [Fact]
    public async Task The_present_officer_with_the_least_work_gets_it_and_the_reason_is_kept()
    {
        const string ward = "phuong-dong-trieu";
        await RuleAsync(ward, "LeastLoaded");
        var demo = await AwayAsync($"chuyen-vien.{ward}");
        var (_, first) = await engine.NewPersonAsync(Role.CaseOfficer, ward);
        var (_, second) = await engine.NewPersonAsync(Role.CaseOfficer, ward);
        var (_, otherField) = await engine.NewPersonAsync(Role.CaseOfficer, ward, field: "Đất đai");

        var one = await ExaminationAsync(ward);
        var two = await ExaminationAsync(ward);
        var three = await ExaminationAsync(ward);

        Assert.Equal(new[] { first, second }.Order(), new[] { one.Text("assigneeId"), two.Text("assigneeId") }.Order());
        var reason = two.GetProperty("assignment");
        var candidates = reason.List("candidates").ToDictionary(candidate => candidate.Text("personId"));
        Assert.Equal(new[] { first, second, demo }.Order(), candidates.Keys.Order());
        Assert.DoesNotContain(otherField, candidates.Keys);
        Assert.Equal((1, 120), (candidates[one.Text("assigneeId")].Number("openTasks"), candidates[one.Text("assigneeId")].Number("loadMinutes")));
        Assert.Equal((0, 0), (candidates[two.Text("assigneeId")].Number("openTasks"), candidates[two.Text("assigneeId")].Number("loadMinutes")));
        Assert.Equal((false, "Vắng mặt."), (candidates[demo].GetProperty("present").GetBoolean(), candidates[demo].Text("note")));
        Assert.Contains("ít việc nhất trong 2 người", reason.Text("sentence"), StringComparison.Ordinal);
        Assert.Contains(three.Text("assigneeId"), new[] { first, second });
    }

    [Fact]
    public async Task In_turn_each_gets_one()
    {
        const string ward = "phuong-quang-yen";
        await RuleAsync(ward, "RoundRobin");
        string[] ids = [await engine.PersonIdAsync($"chuyen-vien.{ward}"), (await engine.NewPersonAsync(Role.CaseOfficer, ward)).Id, (await engine.NewPersonAsync(Role.CaseOfficer, ward)).Id];

        var given = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            given.Add((await ExaminationAsync(ward)).Text("assigneeId"));
        }

        Assert.Equal(ids.Order(), given.Take(3).Order());
        Assert.Equal(given.Take(3), given.Skip(3));
    }

    [Fact]
    public async Task Somebody_who_has_lent_the_right_is_passed_over_and_the_substitute_is_asked()
    {
        const string ward = "phuong-mao-khe";
        await RuleAsync(ward, "LeastLoaded");
        var officer = await engine.SomebodyAsync($"chuyen-vien.{ward}");
        var (from, to) = (await engine.PersonIdAsync($"chuyen-vien.{ward}"), await engine.PersonIdAsync($"truong-phong.{ward}"));
        await officer.SendAsync("/substitutions", new JsonObject { ["fromPersonId"] = from, ["toPersonId"] = to, ["validFrom"] = "2026-11-20", ["validTo"] = "2026-11-25" }).JsonAsync();

        var task = await ExaminationAsync(ward);

        Assert.Equal(to, task.Text("assigneeId"));
        Assert.Equal("Đã uỷ quyền cho người khác.", task.GetProperty("assignment").List("candidates").Single(one => one.Text("personId") == from).Text("note"));
    }

    [Fact]
    public async Task When_nobody_is_there_it_waits_for_whoever_takes_it()
    {
        const string ward = "phuong-vang-danh";
        await RuleAsync(ward, "LeastLoaded");
        await AwayAsync($"chuyen-vien.{ward}");

        var task = await ExaminationAsync(ward);

        Assert.Equal(JsonValueKind.Null, task.GetProperty("assigneeId").ValueKind);
        Assert.Contains("Không có ai", task.GetProperty("assignment").Text("sentence"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_leader_or_an_administrator_sets_the_rule()
    {
        const string ward = "phuong-mong-cai-1";
        var officer = await engine.SomebodyAsync($"chuyen-vien.{ward}");
        var address = $"/api/v1/offices/{ward}/assignment-rules/CHUYEN_VIEN";

        await (await officer.PutAsJsonAsync(address, new { mode = "LeastLoaded" })).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");
        await (await (await engine.SomebodyAsync("lanh-dao.phuong-ha-long")).PutAsJsonAsync(address, new { mode = "LeastLoaded" })).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");
        await (await (await engine.SomebodyAsync($"lanh-dao.{ward}")).PutAsJsonAsync(address, new { mode = "RoundRobin" })).JsonAsync();
        await (await (await engine.SomebodyAsync("quantri")).PutAsJsonAsync(address, new { mode = "Manual" })).JsonAsync();

        var rule = Assert.Single((await officer.ReadAsync($"/offices/{ward}/assignment-rules")).EnumerateArray());
        Assert.Equal(("CHUYEN_VIEN", "Manual"), (rule.Text("role"), rule.Text("mode")));
    }

    private async Task RuleAsync(string ward, string mode) =>
        await (await (await engine.SomebodyAsync($"lanh-dao.{ward}")).PutAsJsonAsync($"/api/v1/offices/{ward}/assignment-rules/CHUYEN_VIEN", new { mode })).JsonAsync();

    private async Task<string> AwayAsync(string userName)
    {
        var id = await engine.PersonIdAsync(userName);
        await (await engine.SomebodyAsync(userName)).SendAsync($"/people/{id}/absences", new JsonObject { ["validFrom"] = "2026-11-20", ["validTo"] = "2026-11-30" }).JsonAsync();
        return id;
    }

    /// <summary>Brings a new dossier to its examination (two hours) and shows the task.</summary>
    private async Task<JsonElement> ExaminationAsync(string ward)
    {
        var walk = await Walk.StartAsync(engine, body => (body["receivingOfficeId"], body["competentOfficeId"]) = (ward, ward));
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        var task = await walk.TaskAsync("Thẩm tra");
        return await (await engine.SomebodyAsync($"chuyen-vien.{ward}")).ReadAsync($"/tasks/{task.Text("id")}");
    }
}

public sealed class AssignmentSqliteTests(OneStop engine) : AssignmentTests(engine), IClassFixture<OneStop>;

public sealed class AssignmentPostgresTests(PostgresOneStop engine) : AssignmentTests(engine), IClassFixture<PostgresOneStop>;
