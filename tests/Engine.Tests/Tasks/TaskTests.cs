using System.Net;
using System.Text.Json.Nodes;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Tasks;

/// <summary>Whose task it is, and what may be answered.</summary>
public abstract class TaskTests(OneStop engine)
{
    [Fact]
    public async Task A_task_shows_what_it_can_be_answered_with_and_why_it_is_mine()
    {
        var walk = await Walk.StartAsync(engine);
        var receptionist = await engine.OfficerAsync("tiep-nhan");

        var line = Assert.Single((await receptionist.ReadAsync($"/tasks?dossierId={walk.Id}")).List("items"));
        var task = await receptionist.ReadAsync($"/tasks/{line.Text("id")}");

        Assert.Contains("Cán bộ tiếp nhận", line.Text("why"), StringComparison.Ordinal);
        Assert.Equal(60, line.GetProperty("time").Number("remainingMinutes"));
        Assert.Equal(walk.Code, line.GetProperty("dossier").Text("code"));
        Assert.Equal(["Tiếp nhận", "Yêu cầu bổ sung", "Từ chối"], task.List("outcomes").Select(one => one.GetString()!));
        Assert.True(task.GetProperty("mayDo").GetBoolean());
        Assert.Empty((await (await engine.OfficerAsync("lanh-dao")).ReadAsync($"/tasks?dossierId={walk.Id}")).List("items"));
    }

    [Fact]
    public async Task Claimed_it_is_mine_until_I_give_it_back()
    {
        var (id, receptionist) = await AtCounterAsync();

        await receptionist.SendAsync($"/tasks/{id}/claim").JsonAsync();
        Assert.Contains((await receptionist.ReadAsync("/tasks?scope=mine")).List("items"), one => one.Text("id") == id);
        Assert.DoesNotContain((await receptionist.ReadAsync("/tasks?scope=unassigned&size=200")).List("items"), one => one.Text("id") == id);
        await receptionist.SendAsync($"/tasks/{id}/claim").JsonAsync();
        await receptionist.SendAsync($"/tasks/{id}/release").JsonAsync();

        Assert.DoesNotContain((await receptionist.ReadAsync("/tasks?scope=mine")).List("items"), one => one.Text("id") == id);
        await (await receptionist.SendAsync($"/tasks/{id}/release")).ShouldBeRefusedAsync("TASK_NOT_CLAIMED");
    }

    [Fact]
    public async Task What_another_has_claimed_is_not_mine_to_complete()
    {
        var walk = await Walk.StartAsync(engine, body => (body["receivingOfficeId"], body["competentOfficeId"]) = (OneStop.Ward, OneStop.Ward));
        var task = await walk.TaskAsync("Tiếp nhận");
        await using (var db = engine.Open())
        {
            var row = db.Tasks.Single(row => row.Id == task.Text("id"));
            row.AssigneeId = "somebody-else";
            await db.SaveChangesAsync();
        }

        var receptionist = await engine.OfficerAsync("tiep-nhan");
        var before = await engine.CountRowsAsync();

        await (await receptionist.SendAsync($"/tasks/{task.Text("id")}/completions", Walk.Completion("Tiếp nhận"))).ShouldBeRefusedAsync("TASK_ASSIGNED_TO_ANOTHER");
        await (await receptionist.SendAsync($"/tasks/{task.Text("id")}/claim")).ShouldBeRefusedAsync("TASK_ASSIGNED_TO_ANOTHER");
        await (await receptionist.SendAsync($"/tasks/{task.Text("id")}/release")).ShouldBeRefusedAsync("TASK_ASSIGNED_TO_ANOTHER");
        Assert.Equal(before, await engine.CountRowsAsync());
    }

    [Fact]
    public async Task The_leader_gives_it_to_somebody_who_holds_the_role()
    {
        var (id, _) = await AtCounterAsync();
        var leader = await engine.OfficerAsync("lanh-dao");
        JsonObject To(string person) => new() { ["personId"] = person, ["reason"] = "Đồng nghiệp nghỉ phép" };

        var given = await leader.SendAsync($"/tasks/{id}/reassignments", To(await engine.PersonIdAsync("tiep-nhan.phuong-hong-gai"))).JsonAsync();

        Assert.Equal(await engine.PersonIdAsync("tiep-nhan.phuong-hong-gai"), given.Text("assigneeId"));
        var wrong = await leader.SendAsync($"/tasks/{id}/reassignments", To(await engine.PersonIdAsync("van-thu.phuong-hong-gai")));
        await wrong.ShouldBeRefusedAsync("ASSIGNEE_WITHOUT_ROLE");
        var clerk = await (await engine.OfficerAsync("van-thu")).SendAsync($"/tasks/{id}/reassignments", To("anybody"));
        await clerk.ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");
    }

    [Fact]
    public async Task An_unknown_outcome_is_told_and_changes_nothing()
    {
        var (id, receptionist) = await AtCounterAsync();
        var before = await engine.CountRowsAsync();

        var response = await receptionist.SendAsync($"/tasks/{id}/completions", Walk.Completion("Cho qua"));

        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "OUTCOME_UNKNOWN");
        Assert.Contains("Từ chối", problem.GetProperty("errors").GetProperty("outcome")[0].GetString()!, StringComparison.Ordinal);
        Assert.Equal(before, await engine.CountRowsAsync());
    }

    [Fact]
    public async Task Somebody_without_the_role_may_not_and_a_stranger_does_not_see_it()
    {
        var (id, _) = await AtCounterAsync();
        var before = await engine.CountRowsAsync();

        await (await (await engine.OfficerAsync("van-thu")).SendAsync($"/tasks/{id}/completions", Walk.Completion("Tiếp nhận")))
            .ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");
        await (await (await engine.OfficerAsync("tiep-nhan", OneStop.OtherWard)).SendAsync($"/tasks/{id}/completions", Walk.Completion("Tiếp nhận")))
            .ShouldBeProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        Assert.Equal(before, await engine.CountRowsAsync());
    }

    [Fact]
    public async Task Completed_twice_it_is_closed()
    {
        var (id, receptionist) = await AtCounterAsync();
        await receptionist.SendAsync($"/tasks/{id}/completions", Walk.Completion("Tiếp nhận")).JsonAsync();
        var before = await engine.CountRowsAsync();

        await (await receptionist.SendAsync($"/tasks/{id}/completions", Walk.Completion("Tiếp nhận"))).ShouldBeRefusedAsync("TASK_CLOSED");
        await (await receptionist.SendAsync($"/tasks/{id}/claim")).ShouldBeRefusedAsync("TASK_CLOSED");
        Assert.Equal(before, await engine.CountRowsAsync());
    }

    [Fact]
    public async Task Two_at_once_have_one_effect()
    {
        var (id, receptionist) = await AtCounterAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => receptionist.SendAsync($"/tasks/{id}/completions", Walk.Completion("Tiếp nhận"))));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.All(answers.Where(answer => !answer.IsSuccessStatusCode), answer => Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode));
    }

    [Fact]
    public async Task A_stale_version_is_told_and_changes_nothing()
    {
        var (id, receptionist) = await AtCounterAsync();
        var seen = (await receptionist.GetAsync(new Uri($"/api/v1/tasks/{id}", UriKind.Relative))).Headers.ETag!.ToString();
        await receptionist.SendAsync($"/tasks/{id}/claim").JsonAsync();
        var before = await engine.CountRowsAsync();

        var stale = await receptionist.SendAsync($"/tasks/{id}/completions", Walk.Completion("Tiếp nhận"), ("If-Match", seen));

        await stale.ShouldBeProblemAsync(HttpStatusCode.PreconditionFailed, "PRECONDITION_FAILED");
        Assert.Equal(before, await engine.CountRowsAsync());
        var fresh = (await receptionist.GetAsync(new Uri($"/api/v1/tasks/{id}", UriKind.Relative))).Headers.ETag!.ToString();
        await receptionist.SendAsync($"/tasks/{id}/completions", Walk.Completion("Tiếp nhận"), ("If-Match", fresh)).JsonAsync();
    }

    [Fact]
    public async Task The_form_of_a_task_is_checked()
    {
        var walk = await Walk.StartAsync(engine);
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        await walk.DoAsync("Thẩm tra", "Đủ điều kiện");
        await walk.DoAsync("Ghi sổ", "Đã ghi sổ");
        await walk.DoAsync("Ký", "Đã ký");
        var task = await walk.TaskAsync("Đóng dấu");
        var before = await engine.CountRowsAsync();

        var response = await (await engine.OfficerAsync("van-thu")).SendAsync(
            $"/tasks/{task.Text("id")}/completions", Walk.Completion("Đã phát hành", new JsonObject { ["number"] = "1" }));

        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
        Assert.True(problem.GetProperty("errors").TryGetProperty("form.resultNumber", out _), problem.ToString());
        Assert.Equal(before, await engine.CountRowsAsync());
    }

    private async Task<(string Id, HttpClient Receptionist)> AtCounterAsync()
    {
        var walk = await Walk.StartAsync(engine);
        return ((await walk.TaskAsync("Tiếp nhận")).Text("id"), await engine.OfficerAsync("tiep-nhan"));
    }
}

public sealed class TaskSqliteTests(OneStop engine) : TaskTests(engine), IClassFixture<OneStop>;

public sealed class TaskPostgresTests(PostgresOneStop engine) : TaskTests(engine), IClassFixture<PostgresOneStop>;
