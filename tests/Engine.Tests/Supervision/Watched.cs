using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Engine.Supervision;
using PublicService.Engine.Tests.Dossiers;
using PublicService.Engine.Tests.Http;

namespace PublicService.Engine.Tests.Supervision;

/// <summary>Dossiers of a procedure of three working days whose workflow has no deadline step at all.</summary>
internal static class Watched
{
    public const string Procedure = "9.004873";

    public static DateTimeOffset Hour(int day, int hour, int minute = 0) => new(2026, 11, day, hour, minute, 0, TimeSpan.FromHours(7));

    public static Task PublishAsync(OneStop engine) => engine.PublishAsync(Procedure, definition =>
    {
        string[] watching = ["TheoDoiHan", "BaoSapHan", "BaoQuaHan"];
        var root = (JsonObject)definition["root"]!;
        root["activities"] = new JsonArray([.. root["activities"]!.AsArray().Where(one => !watching.Contains(one!["id"]!.ToString())).Select(one => one!.DeepClone())]);
        root["connections"] = new JsonArray([.. root["connections"]!.AsArray()
            .Where(one => !watching.Contains(one!["source"]!["activity"]!.ToString()) && !watching.Contains(one["target"]!["activity"]!.ToString())).Select(one => one!.DeepClone())]);
    }, "1.004873");

    /// <summary>Received now: due three working days later at the same hour.</summary>
    public static async Task<Walk> ReceivedAsync(OneStop engine, string procedure = Procedure, Action<JsonObject>? change = null)
    {
        var walk = await Walk.StartAsync(engine, request =>
        {
            (request["procedureCode"], request["form"]) = (procedure, TestForms.Of(procedure));
            change?.Invoke(request);
        });
        await walk.DoAsync("Tiếp nhận", "Tiếp nhận");
        return walk;
    }

    /// <summary>To this instant, as a machine that has slept; timers that were due fire once.</summary>
    public static void GoTo(this OneStop engine, DateTimeOffset at) => engine.Clock.Jump(at - engine.Clock.GetUtcNow());

    public static async Task<List<JsonElement>> EventsAsync(this OneStop engine, Walk walk)
    {
        var reply = await (await engine.SomebodyAsync("giamsat")).ReadAsync("/supervision/events?size=200");
        return [.. reply.List("items").Where(one => one.Text("dossierCode") == walk.Code)];
    }

    /// <summary>Events of the dossier's own promise.</summary>
    public static async Task<List<JsonElement>> OwnEventsAsync(this OneStop engine, Walk walk) =>
        [.. (await engine.EventsAsync(walk)).Where(one => one.GetProperty("taskId").ValueKind is JsonValueKind.Null)];

    public static Task<int> SweepAsync(this OneStop engine) => engine.Services.GetRequiredService<DeadlineSweep>().SweepAsync();

    public static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var i = 0; i < 200; i++)
        {
            if (await isSo())
            {
                return;
            }

            await Task.Delay(25);
        }

        Assert.Fail("It did not happen within five seconds.");
    }
}

/// <summary>An engine of its own for each test, because each moves the clock.</summary>
public abstract class SupervisedTests(OneStop engine) : IAsyncLifetime
{
    public async Task InitializeAsync()
    {
        await engine.InitializeAsync();
        await Watched.PublishAsync(engine);
    }

    public Task DisposeAsync() => ((IAsyncLifetime)engine).DisposeAsync();
}
