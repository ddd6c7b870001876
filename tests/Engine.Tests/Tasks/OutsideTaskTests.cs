using System.Net;
using System.Text.Json.Nodes;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Tasks;

/// <summary>Work of other systems (RunTask).</summary>
public sealed class OutsideTaskTests(OneStop engine) : IClassFixture<OneStop>
{
    [Fact]
    public async Task Another_system_gives_its_result_once_and_the_workflow_goes_on()
    {
        await engine.PublishAsync("T.OUTSIDE", definition =>
        {
            var root = definition["root"]!;
            var kept = root["activities"]!.AsArray().Where(one => one!["id"]!.ToString() is "BatDau" or "KetThuc").Select(one => one!.DeepClone());
            var outside = JsonNode.Parse("""
                {"id":"ViecNgoai","nodeId":"ViecNgoai","type":"Elsa.RunTask","version":1,
                 "taskName":{"typeName":"String","expression":{"type":"Literal","value":"in-giay"}}}
                """)!;
            root["activities"] = new JsonArray([.. kept, outside]);
            root["connections"] = JsonNode.Parse("""
                [{"source":{"activity":"BatDau","port":"Done"},"target":{"activity":"ViecNgoai","port":"In"}},
                 {"source":{"activity":"ViecNgoai","port":"Done"},"target":{"activity":"KetThuc","port":"In"}}]
                """);
        });
        var walk = await Walk.StartAsync(engine, body => body["procedureCode"] = "T.OUTSIDE");
        var (system, receptionist) = (await engine.SomebodyAsync("kythuat"), await engine.OfficerAsync("tiep-nhan"));

        var task = Assert.Single((await system.ReadAsync("/tasks?scope=outside")).List("items"), one => one.GetProperty("dossier").Text("code") == walk.Code);
        var result = new JsonObject { ["result"] = new JsonObject { ["printed"] = true } };
        await (await receptionist.SendAsync($"/tasks/{task.Text("id")}/results", result)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "ROLE_REQUIRED");
        await (await system.SendAsync($"/tasks/{task.Text("id")}/completions", Walk.Completion("Done"))).ShouldBeRefusedAsync("TASK_NOT_FOR_PEOPLE");
        var reply = await system.SendAsync($"/tasks/{task.Text("id")}/results", result).JsonAsync();

        Assert.Equal("in-giay", task.Text("title"));
        Assert.Empty(reply.GetProperty("dossier").List("tasks"));
        await (await system.SendAsync($"/tasks/{task.Text("id")}/results", result)).ShouldBeRefusedAsync("TASK_CLOSED");
    }

    [Fact]
    public async Task An_unknown_scope_is_told()
    {
        var response = await (await engine.OfficerAsync("tiep-nhan")).GetAsync(new Uri("/api/v1/tasks?scope=everything", UriKind.Relative));

        await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "INVALID_INPUT");
    }
}
