using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Engine.Storage;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Operations;

/// <summary>A step that fails: the click is rolled back, one incident is left, nobody learns what is none of his business.</summary>
public abstract class FailingStepTests(OneStop engine)
{
    [Fact]
    public async Task A_dossier_whose_first_step_fails_is_not_there_but_an_incident_is()
    {
        await PublishAsync("T.FAILS-1", "TiepNhan");
        var receptionist = await engine.OfficerAsync("tiep-nhan");
        var before = await engine.CountRowsAsync();

        var response = await receptionist.SendAsync("/dossiers", OneStop.BirthRegistration(body => body["procedureCode"] = "T.FAILS-1"));

        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.InternalServerError, "STEP_FAILED");
        Assert.DoesNotContain("secretThing", problem.ToString(), StringComparison.Ordinal);
        var after = await engine.CountRowsAsync();
        before["incidents"]++;
        Assert.Equal(before, after);
        var admin = await engine.SomebodyAsync("kythuat");
        var incident = Assert.Single((await admin.ReadAsync("/incidents")).EnumerateArray(), one => one.Text("activityId") == "TiepNhan");
        Assert.Contains(incident.Text("correlationId"), problem.Text("traceId"), StringComparison.Ordinal);
        await (await admin.SendAsync($"/incidents/{incident.Text("id")}/retries")).ShouldBeRefusedAsync("INCIDENT_NEEDS_CLICK");
        await (await receptionist.GetAsync(new Uri("/api/v1/incidents", UriKind.Relative))).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");
    }

    [Fact]
    public async Task A_click_whose_next_step_fails_leaves_the_task_open()
    {
        await PublishAsync("T.FAILS-2", "ThamTra");
        var walk = await Walk.StartAsync(engine, body => body["procedureCode"] = "T.FAILS-2");
        var task = await walk.TaskAsync("Tiếp nhận");
        var before = await engine.CountRowsAsync();

        var response = await (await engine.OfficerAsync("tiep-nhan")).SendAsync($"/tasks/{task.Text("id")}/completions", Walk.Completion("Tiếp nhận"));

        await response.ShouldBeProblemAsync(HttpStatusCode.InternalServerError, "STEP_FAILED");
        before["incidents"]++;
        Assert.Equal(before, await engine.CountRowsAsync());
        Assert.Equal(task.Text("id"), (await walk.TaskAsync("Tiếp nhận")).Text("id"));
        var incident = Assert.Single((await (await engine.SomebodyAsync("giamsat")).ReadAsync("/incidents")).EnumerateArray(), one => one.Text("activityId") == "ThamTra");
        Assert.Equal(walk.Id, incident.Text("dossierId"));
        Assert.NotEmpty(incident.Text("stepId"));
    }

    [Fact]
    public async Task A_failing_step_is_skipped_with_a_reason_when_its_click_is_repeated()
    {
        await PublishAsync("T.FAILS-3", "ThamTra");
        var walk = await Walk.StartAsync(engine, body => body["procedureCode"] = "T.FAILS-3");
        var task = await walk.TaskAsync("Tiếp nhận");
        var receptionist = await engine.OfficerAsync("tiep-nhan");
        await (await receptionist.SendAsync($"/tasks/{task.Text("id")}/completions", Walk.Completion("Tiếp nhận"))).ShouldBeProblemAsync(HttpStatusCode.InternalServerError, "STEP_FAILED");
        var supervisor = await engine.SomebodyAsync("giamsat");
        var incident = Assert.Single((await supervisor.ReadAsync("/incidents")).EnumerateArray(), one => one.Text("dossierId") == walk.Id).Text("id");

        await (await supervisor.SendAsync($"/incidents/{incident}/skip", Skip("Không có kết quả này"))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "OUTCOME_UNKNOWN");
        await (await receptionist.SendAsync($"/incidents/{incident}/skip", Skip("Đủ điều kiện"))).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");
        await supervisor.SendAsync($"/incidents/{incident}/skip", Skip("Đủ điều kiện")).JsonAsync();
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");

        Assert.StartsWith("Ghi sổ", (await walk.TaskAsync("Ghi sổ")).Text("title"), StringComparison.Ordinal);
        var line = Assert.Single((await supervisor.ReadAsync($"/dossiers/{walk.Id}/ledger")).EnumerateArray(), line => line.Text("act") == "StepSkipped");
        Assert.Equal("Phần mềm hộ tịch hỏng", line.Text("reason"));
        Assert.DoesNotContain((await supervisor.ReadAsync("/incidents")).EnumerateArray(), one => one.Text("id") == incident);
        await (await supervisor.SendAsync($"/incidents/{incident}/skip", Skip("Đủ điều kiện"))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task A_legal_act_that_fails_is_not_skipped()
    {
        await PublishAsync("T.FAILS-4", "Ky");
        var walk = await Walk.StartAsync(engine, body => body["procedureCode"] = "T.FAILS-4");
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        await walk.DoAsync("Thẩm tra", "Đủ điều kiện");
        var task = await walk.TaskAsync("Ghi sổ");
        await (await engine.OfficerAsync("chuyen-vien")).SendAsync($"/tasks/{task.Text("id")}/completions", Walk.Completion("Đã ghi sổ"));
        var supervisor = await engine.SomebodyAsync("giamsat");
        var incident = Assert.Single((await supervisor.ReadAsync("/incidents")).EnumerateArray(), one => one.Text("dossierId") == walk.Id).Text("id");

        await (await supervisor.SendAsync($"/incidents/{incident}/skip", Skip("Đã ký"))).ShouldBeRefusedAsync("STEP_NOT_SKIPPABLE");
    }

    private static JsonObject Skip(string outcome) => new() { ["outcome"] = outcome, ["reason"] = "Phần mềm hộ tịch hỏng" };

    [Fact]
    public async Task A_dead_message_is_listed_and_sent_again()
    {
        await engine.Services.GetRequiredService<CommitLane>().CommitAsync(new Changes().Insert(new OutboxRow
        {
            Kind = "test-dead",
            Payload = "{}",
            IdempotencyKey = Guid.NewGuid().ToString(),
            CreatedAt = engine.Clock.GetUtcNow(),
            NextAttemptAt = engine.Clock.GetUtcNow(),
            DeadAt = engine.Clock.GetUtcNow(),
            Error = "Nobody at home.",
        }));
        var admin = await engine.SomebodyAsync("kythuat");
        var dead = Assert.Single((await admin.ReadAsync("/outbox?state=dead")).List("items"), one => one.Text("kind") == "test-dead");
        var id = dead.GetProperty("id").GetInt64();

        await admin.SendAsync($"/outbox/{id}/replays").JsonAsync();

        Assert.DoesNotContain((await admin.ReadAsync("/outbox")).List("items"), one => one.Text("kind") == "test-dead");
        await (await admin.SendAsync($"/outbox/{id}/replays")).ShouldBeRefusedAsync("MESSAGE_NOT_DEAD");
        await (await admin.SendAsync("/outbox/999999/replays")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    /// <summary>A script in one step that throws.</summary>
    private Task PublishAsync(string code, string failing) => engine.PublishAsync(code, definition =>
    {
        var step = definition["root"]!["activities"]!.AsArray().First(one => one!["id"]!.ToString() == failing)!;
        step["title"]!["expression"] = new JsonObject { ["type"] = "JavaScript", ["value"] = "secretThing.explode()" };
    });
}

public sealed class FailingStepSqliteTests(OneStop engine) : FailingStepTests(engine), IClassFixture<OneStop>;

public sealed class FailingStepPostgresTests(PostgresOneStop engine) : FailingStepTests(engine), IClassFixture<PostgresOneStop>;
