using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Dossiers;
using PublicService.Engine.Tasks;
using PublicService.Engine.Tests.Access;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Tasks;

/// <summary>An officer's work given to others in bulk, and given back. Each test has a ward of its own.</summary>
public abstract class ReassignmentTests(OneStop engine)
{
    [Fact]
    public async Task It_is_counted_first_then_done_and_undone_but_for_what_somebody_has_touched()
    {
        const string ward = "phuong-uong-bi";
        var (officer, from, tasks) = await WithWorkAsync(ward, 5);
        var (colleague, to) = await engine.NewPersonAsync(Role.CaseOfficer, ward);
        var leader = await engine.SomebodyAsync($"lanh-dao.{ward}");

        var dry = await leader.SendAsync("/tasks/reassignments", Order(from, to, dryRun: true)).JsonAsync();
        Assert.Equal((5, 0, to, 5), (dry.Number("total"), dry.Number("impossible"), dry.List("receivers").Single().Text("personId"), dry.List("receivers").Single().Number("tasks")));
        Assert.Equal(5, await MineAsync(officer));

        var ordered = await leader.SendAsync("/tasks/reassignments", Order(from, to));
        Assert.Equal(HttpStatusCode.Accepted, ordered.StatusCode);
        var id = (await ordered.JsonAsync()).Text("id");
        await RunAsync();
        Assert.Equal((0, 5), (await MineAsync(officer), await MineAsync(colleague)));
        Assert.Equal(("Done", 5, 0), await StateAsync(leader, id));
        var line = (await leader.ReadAsync($"/dossiers/{tasks[0].GetProperty("dossier").Text("id")}/ledger")).EnumerateArray().Last(one => one.Text("act") == "TaskClaimed");
        Assert.Equal(("Nghỉ phép", to), (line.Text("reason"), line.GetProperty("data").Text("assigneeId")));

        await colleague.SendAsync($"/tasks/{tasks[0].Text("id")}/release").JsonAsync();
        await colleague.SendAsync($"/tasks/{tasks[1].Text("id")}/completions", Walk.Completion("Đủ điều kiện")).JsonAsync();
        await leader.SendAsync($"/tasks/reassignments/{id}/undo").JsonAsync();
        await RunAsync();

        var undone = await leader.ReadAsync($"/tasks/reassignments/{id}");
        Assert.Equal(("Undone", 3, 2), (undone.Text("state"), undone.Number("restored"), undone.Number("kept")));
        Assert.Equal(3, await MineAsync(officer));
        await (await leader.SendAsync($"/tasks/reassignments/{id}/undo")).ShouldBeRefusedAsync("REASSIGNMENT_UNDONE");
    }

    [Fact]
    public async Task By_load_they_are_spread_among_those_present_and_without_receiver_they_go_back_to_all()
    {
        const string ward = "phuong-dong-trieu";
        var (_, from, _) = await WithWorkAsync(ward, 4);
        var (first, _) = await engine.NewPersonAsync(Role.CaseOfficer, ward);
        var (second, _) = await engine.NewPersonAsync(Role.CaseOfficer, ward);
        var leader = await engine.SomebodyAsync($"lanh-dao.{ward}");

        await leader.SendAsync("/tasks/reassignments", Order(from, null, rule: "LeastLoaded")).JsonAsync();
        await RunAsync();
        Assert.Equal((2, 2), (await MineAsync(first), await MineAsync(second)));

        var firstId = (await first.ReadAsync("/me")).Text("id");
        await leader.SendAsync("/tasks/reassignments", Order(firstId, null)).JsonAsync();
        await RunAsync();
        Assert.Equal(0, await MineAsync(first));
        Assert.Equal(2, (await second.ReadAsync("/tasks?scope=unassigned")).List("items").Count());
    }

    [Fact]
    public async Task Only_work_of_offices_one_leads_and_only_to_those_who_may_do_it()
    {
        const string ward = "phuong-quang-yen";
        var (_, from, _) = await WithWorkAsync(ward, 1);
        var leader = await engine.SomebodyAsync($"lanh-dao.{ward}");
        var clerk = await engine.PersonIdAsync($"van-thu.{ward}");

        await (await (await engine.SomebodyAsync("lanh-dao.phuong-ha-long")).SendAsync("/tasks/reassignments", Order(from, clerk))).ShouldBeRefusedAsync("NOTHING_TO_REASSIGN");
        await (await leader.SendAsync("/tasks/reassignments", Order(from, clerk))).ShouldBeRefusedAsync("NOTHING_TO_REASSIGN");
        await (await leader.SendAsync("/tasks/reassignments", Order(from, from))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
        await (await (await engine.SomebodyAsync($"chuyen-vien.{ward}")).SendAsync("/tasks/reassignments", Order(from, clerk))).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");
    }

    /// <summary>The ward's demo officer has taken so many examinations.</summary>
    private async Task<(HttpClient Officer, string Id, List<JsonElement> Tasks)> WithWorkAsync(string ward, int count)
    {
        var officer = await engine.SomebodyAsync($"chuyen-vien.{ward}");
        for (var i = 0; i < count; i++)
        {
            var walk = await Walk.StartAsync(engine, body => (body["receivingOfficeId"], body["competentOfficeId"]) = (ward, ward));
            await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
            await officer.SendAsync($"/tasks/{(await walk.TaskAsync("Thẩm tra")).Text("id")}/claim").JsonAsync();
        }

        return (officer, (await officer.ReadAsync("/me")).Text("id"), [.. (await officer.ReadAsync("/tasks?scope=mine")).List("items")]);
    }

    private Task RunAsync() => engine.Services.GetRequiredService<ReassignmentRunner>().RunAsync();

    private static async Task<int> MineAsync(HttpClient officer) => (await officer.ReadAsync("/tasks?scope=mine")).List("items").Count();

    private static async Task<(string, int, int)> StateAsync(HttpClient leader, string id)
    {
        var state = await leader.ReadAsync($"/tasks/reassignments/{id}");
        return (state.Text("state"), state.Number("moved"), state.Number("skipped"));
    }

    private static JsonObject Order(string from, string? to, string? rule = null, bool dryRun = false) =>
        new() { ["fromPersonId"] = from, ["toPersonId"] = to, ["rule"] = rule, ["reason"] = "Nghỉ phép", ["dryRun"] = dryRun };
}

public sealed class ReassignmentSqliteTests(OneStop engine) : ReassignmentTests(engine), IClassFixture<OneStop>;

public sealed class ReassignmentPostgresTests(PostgresOneStop engine) : ReassignmentTests(engine), IClassFixture<PostgresOneStop>;
