using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PublicService.Benchmarks.Setup;
using PublicService.Engine.Jobs;
using PublicService.Engine.Running;
using PublicService.Workflows.Running;

namespace PublicService.Engine.Tests.Running;

/// <summary>What starts a workflow without a person: events and schedules. Each occasion starts it once.</summary>
public abstract class TriggerTests(RunningEngine engine)
{
    [Fact]
    public async Task An_event_starts_every_workflow_it_triggers_once()
    {
        await engine.PublishAsync(Triggered("on-event-1", BenchWork.Event("su-kien", "nop-thue")), Triggered("on-event-2", BenchWork.Event("su-kien", "nop-thue")));
        var delivery = engine.Services.GetRequiredKeyedService<Engine.Outbox.IMessageChannel>(EventDelivery.Kind) as EventDelivery;

        var met = await delivery!.PublishAsync("nop-thue", null, null, "message-1", CancellationToken.None);
        await delivery.PublishAsync("nop-thue", null, null, "message-1", CancellationToken.None);
        await delivery.PublishAsync("khac", null, null, "message-2", CancellationToken.None);

        Assert.Equal(2, met);
        Assert.Equal(1, await FinishedAsync("on-event-1"));
        Assert.Equal(1, await FinishedAsync("on-event-2"));
    }

    [Fact]
    public async Task An_event_of_a_replaced_version_starts_nothing()
    {
        await engine.PublishAsync(Triggered("replaced", BenchWork.Event("su-kien", "cu")));
        await engine.PublishAsync(Triggered("replaced", BenchWork.Event("su-kien", "moi")));
        var delivery = engine.Services.GetRequiredKeyedService<Engine.Outbox.IMessageChannel>(EventDelivery.Kind) as EventDelivery;

        Assert.Equal(0, await delivery!.PublishAsync("cu", null, null, "message-3", CancellationToken.None));
        Assert.Equal(1, await delivery.PublishAsync("moi", null, null, "message-4", CancellationToken.None));
    }

    [Fact]
    public async Task A_timer_starts_its_workflow_at_each_interval_and_once_for_all_it_has_missed()
    {
        await engine.PublishAsync(Triggered("each-hour", BenchWork.Activity("gio", "Elsa.Timer", ("interval", "01:00:00"))));

        await SweepAfterAsync(TimeSpan.FromMinutes(59));
        Assert.Equal(0, await FinishedAsync("each-hour"));
        await SweepAfterAsync(TimeSpan.FromMinutes(1));
        await SweepAfterAsync(TimeSpan.Zero);
        Assert.Equal(1, await FinishedAsync("each-hour"));
        await SweepAfterAsync(TimeSpan.FromHours(10));
        Assert.Equal(2, await FinishedAsync("each-hour"));
        await SweepAfterAsync(TimeSpan.FromHours(1));
        Assert.Equal(3, await FinishedAsync("each-hour"));
    }

    [Fact]
    public async Task A_cron_schedule_and_an_instant_start_theirs()
    {
        var at = engine.Clock.GetUtcNow().AddMinutes(30);
        await engine.PublishAsync(
            Triggered("nightly", BenchWork.Activity("dem", "Elsa.Cron", ("cronExpression", "0 0 19 * * *"))),
            Triggered("one-day", BenchWork.StartAt("luc", at)),
            Triggered("long-ago", BenchWork.StartAt("luc", at.AddDays(-9))));

        await SweepAfterAsync(TimeSpan.FromMinutes(30));
        Assert.Equal((0, 1, 0), (await FinishedAsync("nightly"), await FinishedAsync("one-day"), await FinishedAsync("long-ago")));
        await SweepAfterAsync(TimeSpan.FromDays(1));
        await SweepAfterAsync(TimeSpan.FromDays(1));

        Assert.Equal((2, 1, 0), (await FinishedAsync("nightly"), await FinishedAsync("one-day"), await FinishedAsync("long-ago")));
    }

    [Fact]
    public async Task Eight_sweeps_at_once_start_it_once()
    {
        await engine.PublishAsync(Triggered("raced", BenchWork.Activity("gio", "Elsa.Timer", ("interval", "01:00:00"))));
        engine.Clock.Jump(TimeSpan.FromHours(1));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => StartsOf(n).StartDueAsync(CancellationToken.None))));

        Assert.Equal(1, await FinishedAsync("raced"));
    }

    [Fact]
    public async Task A_schedule_that_cannot_be_read_is_not_published()
    {
        await engine.PublishAsync(Triggered("broken-cron", BenchWork.Activity("dem", "Elsa.Cron", ("cronExpression", "khi nào rảnh"))));

        await using var db = engine.Open();
        Assert.False(await db.Definitions.AnyAsync(row => row.DefinitionId == "broken-cron"));
    }

    [Fact]
    public async Task A_task_for_another_system_carries_what_it_needs()
    {
        var task = BenchWork.Activity("in", "Elsa.RunTask", ("taskName", "in-giay"));
        task["payload"] = new System.Text.Json.Nodes.JsonObject
        {
            ["typeName"] = "ObjectDictionary",
            ["expression"] = new System.Text.Json.Nodes.JsonObject { ["type"] = "JavaScript", ["value"] = "({ copies: 2, text: 'Giấy khai sinh' })" },
        };
        await engine.PublishAsync(BenchWork.Definition("prints", task));

        var instance = await engine.Clicks[0].StartPlainAsync("prints");

        await using var db = engine.Open();
        Assert.Equal("""{"copies":2,"text":"Giấy khai sinh"}""", (await db.Tasks.SingleAsync(row => row.InstanceId == instance)).Payload);
    }

    private static System.Text.Json.Nodes.JsonObject Triggered(string id, System.Text.Json.Nodes.JsonObject trigger)
    {
        trigger["customProperties"] = new System.Text.Json.Nodes.JsonObject { ["canStartWorkflow"] = true };
        return BenchWork.Definition(id, trigger, BenchWork.Line("sau"));
    }

    private ScheduledStarts StartsOf(int n) => engine.ServicesOf(n).GetRequiredService<ScheduledStarts>();

    private async Task SweepAfterAsync(TimeSpan time)
    {
        engine.Clock.Jump(time);
        await engine.Services.GetRequiredService<TimerSweep>().SweepAsync();
    }

    private async Task<int> FinishedAsync(string definition)
    {
        await using var db = engine.Open();
        return await db.Instances.CountAsync(row => row.DefinitionId == definition && row.Status == InstanceStatus.Finished && row.SubStatus == InstanceSubStatus.Finished);
    }
}

public sealed class TriggersOnSqlite(EngineOnSqlite engine) : TriggerTests(engine), IClassFixture<EngineOnSqlite>;

public sealed class TriggersOnPostgres(EnginesOnPostgres engine) : TriggerTests(engine), IClassFixture<EnginesOnPostgres>;
