using System.Text.Json.Nodes;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Running;
using PublicService.Workflows.Tests.Running;

namespace PublicService.Workflows.Tests.BuiltIn;

public sealed class TimerTests
{
    private static Rehearsal Play(JsonObject timer) => Rehearsal.Started(A.Workflow(A.Sequence("s", timer, A.Line("z"))));

    [Theory]
    [InlineData("00:05:00", 5)]
    [InlineData("PT5M", 5)]
    [InlineData("1.00:00:00", 1440)]
    public void A_delay_waits_for_its_span(string span, int minutes)
    {
        var play = Play(A.Step("Delay", "d", ("timeSpan", span)));

        Assert.Equal(Rehearsal.Morning.AddMinutes(minutes), play.State.Bookmarks.Single().DueAt);
        play.Wait(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
        Assert.Empty(play.Lines);
        play.Wait(TimeSpan.FromSeconds(1));

        Assert.Equal("z", play.Lines);
        Assert.Equal("Elsa.Delay", play.First.Journal.Single(entry => entry is { ActivityId: "d", Event: "Resumed" }).ActivityType);
    }

    [Fact]
    public void A_delay_left_unset_waits_a_minute()
    {
        Assert.Equal(Rehearsal.Morning.AddMinutes(1), Play(A.Step("Delay", "d")).State.Bookmarks.Single().DueAt);
    }

    [Theory]
    [InlineData("00:00:00")]
    [InlineData("-01:00:00")]
    public void A_delay_of_nothing_is_due_at_once(string span)
    {
        var play = Play(A.Step("Delay", "d", ("timeSpan", span))).Wait(TimeSpan.Zero);

        Assert.Equal("z", play.Lines);
        Assert.Equal(Rehearsal.Morning, play.Now);
    }

    [Fact]
    public void A_timer_inside_a_flow_waits_once_for_its_interval()
    {
        var play = Play(A.Step("Timer", "t", ("interval", "00:10:00"))).Wait(TimeSpan.FromHours(1));

        Assert.Equal("z", play.Lines);
        Assert.Equal("Started Suspended Resumed Completed", play.Of("t"));
    }

    [Fact]
    public void A_cron_inside_a_flow_waits_for_its_next_instant()
    {
        var play = Play(A.Step("Cron", "c", ("cronExpression", "0 0 * * * *")));

        Assert.Equal(Rehearsal.Morning.AddHours(1), play.State.Bookmarks.Single().DueAt);
        Assert.Equal("z", play.Wait(TimeSpan.FromHours(1)).Lines);
    }

    [Fact]
    public void A_cron_without_a_next_instant_is_an_incident()
    {
        Assert.Equal(InstanceSubStatus.Faulted, Play(A.Step("Cron", "c", ("cronExpression", "never"))).Ending);
    }

    [Theory]
    [InlineData("2026-01-05T02:00:00Z", 60)]
    [InlineData("2026-01-05T09:00:00+07:00", 60)]
    [InlineData("2026-01-05T02:00:00", 60)]
    public void Start_at_waits_for_its_instant(string instant, int minutes)
    {
        var play = Play(A.Step("StartAt", "a", ("dateTime", instant)));

        Assert.Equal(Rehearsal.Morning.AddMinutes(minutes), play.State.Bookmarks.Single().DueAt);
        Assert.Equal("z", play.Wait(TimeSpan.FromMinutes(minutes)).Lines);
    }

    [Fact]
    public void Start_at_goes_on_when_its_instant_has_passed()
    {
        Assert.Equal("z", Play(A.Step("StartAt", "a", ("dateTime", "2025-01-01T00:00:00Z"))).Lines);
    }

    [Fact]
    public void Timers_fire_in_the_order_of_their_instants()
    {
        var play = Rehearsal.Started(A.Workflow(A.Flow(
            "f",
            "s>a, s>b, a>x, b>y",
            A.Line("s"),
            A.Step("Delay", "a", ("timeSpan", "00:02:00")),
            A.Step("Delay", "b", ("timeSpan", "00:01:00")),
            A.Line("x"),
            A.Line("y"))));

        Assert.Equal("s y x", play.Wait(TimeSpan.FromMinutes(5)).Lines);
    }

    [Theory]
    [InlineData("Timer", "interval", "00:10:00", "PT10M")]
    [InlineData("Cron", "cronExpression", "0 0 * * * *", "0 0 * * * *")]
    [InlineData("StartAt", "dateTime", "2026-02-01T00:00:00+00:00", "2026-02-01T00:00:00+00:00")]
    public void A_start_trigger_names_its_schedule(string type, string field, string value, string schedule)
    {
        var definition = A.Definition(A.Workflow(A.Step(type, "t", (field, value)).Custom("canStartWorkflow", true)));
        var node = definition.FindActivity("t")!;

        Assert.Equal(new TriggerStimulus($"Elsa.{type}", null, schedule), node.Activity.TriggerOf(node));
    }

    [Theory]
    [InlineData("Timer")]
    [InlineData("Cron")]
    [InlineData("StartAt")]
    public void The_trigger_that_started_the_instance_does_not_wait(string type)
    {
        var definition = A.Definition(A.Workflow(A.Sequence("s", A.Step(type, "t"), A.Line("z"))));

        var result = WorkflowRunner.Start(definition, new StartRequest { TriggerActivityId = "t" }, new RunEnvironment { Now = Rehearsal.Morning });

        Assert.Equal(["z"], result.Lines);
    }
}
