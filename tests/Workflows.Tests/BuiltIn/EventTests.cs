using System.Text.Json.Nodes;
using PublicService.Workflows.Running;
using PublicService.Workflows.Tests.Running;

namespace PublicService.Workflows.Tests.BuiltIn;

public sealed class EventTests
{
    private static JsonObject Waiting(string definitionId = "main") =>
        A.Workflow(A.Sequence("s", A.Event("e", "Go"), A.Say("z", "JSON.stringify(getOutputFrom('e'))"))).Named(definitionId);

    [Fact]
    public void An_event_brings_its_payload()
    {
        var play = Rehearsal.Started(Waiting());

        play.Publish("Other").Publish("Go", new JsonObject { ["x"] = 1 });

        Assert.Equal("""{"x":1}""", play.Lines);
    }

    [Fact]
    public void An_event_with_a_correlation_id_meets_only_the_instance_that_has_it()
    {
        var play = new Rehearsal(Waiting()).Start(correlationId: "A").Start(correlationId: "B");

        play.Publish("Go", 1, "B");

        Assert.Equal([InstanceSubStatus.Suspended, InstanceSubStatus.Finished], play.Instances.Select(instance => instance.State.SubStatus));
        play.Publish("Go", 2);
        Assert.Equal("1 2", play.Lines);
    }

    [Fact]
    public void An_event_starts_the_workflow_it_triggers_and_is_the_first_step_there()
    {
        var workflow = A.Workflow(A.Flow("f", "e>z", A.Event("e", "Go").Custom("canStartWorkflow", true), A.Say("z", "getOutputFrom('e').x")));
        var play = new Rehearsal(workflow).Publish("Go", new JsonObject { ["x"] = 5 }, "C");

        Assert.Equal("5", play.Lines);
        Assert.Equal("C", play.State.CorrelationId);
        Assert.Equal("Started Completed", play.Of("e"));
    }

    [Fact]
    public void A_trigger_that_did_not_start_this_instance_waits()
    {
        var play = Rehearsal.Started(A.Workflow(A.Flow("f", "e>z", A.Event("e", "Go").Custom("canStartWorkflow", true), A.Line("z"))));

        Assert.Equal(InstanceSubStatus.Suspended, play.Ending);
    }

    [Fact]
    public void The_trigger_that_fired_decides_where_a_flow_begins()
    {
        var play = new Rehearsal(A.Workflow(A.Flow(
            "f",
            "e1>a, e2>b, a>z, b>z",
            A.Event("e1").Custom("canStartWorkflow", true),
            A.Event("e2").Custom("canStartWorkflow", true),
            A.Line("a"),
            A.Line("b"),
            A.Line("z"))));

        play.Publish("e2");

        Assert.Equal("b z", play.Lines);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Fact]
    public void A_published_event_reaches_others_after_the_run()
    {
        var sender = A.Workflow(A.Sequence("s", A.Step("PublishEvent", "p", ("eventName", "Go"), ("payload", A.Js("({ x: 2 })"))), A.Line("sent")));
        var play = new Rehearsal(sender, Waiting("other").With("root", A.Flow("f", "e>z", A.Event("e", "Go").Custom("canStartWorkflow", true), A.Say("z", "getOutputFrom('e').x")))).Start();

        Assert.Equal("sent", play.Lines);
        play.Wait();

        Assert.Equal("sent 2", play.Lines);
        Assert.Equal(2, play.Instances.Count);
    }

    [Fact]
    public void A_local_event_stays_inside_its_instance()
    {
        var play = new Rehearsal(A.Workflow(A.Flow(
            "f",
            "s>e, s>p, e>z",
            A.Line("s"),
            A.Event("e", "Go"),
            A.Step("PublishEvent", "p", ("eventName", "Go"), ("isLocalEvent", A.Js("getInput('Gui') === true"))),
            A.Say("z", "getWorkflowInstanceId().length > 0"))));
        var other = play.Start(new JsonObject { ["Gui"] = true }).Start(new JsonObject { ["Gui"] = true });

        other.Wait();

        Assert.All(other.Instances, instance => Assert.Equal(InstanceSubStatus.Finished, instance.State.SubStatus));
        Assert.All(other.Instances, instance => Assert.Single(instance.Journal, entry => entry is { ActivityId: "e", Event: "Resumed" }));
    }

    [Fact]
    public void An_event_that_comes_before_anybody_waits_is_kept_until_somebody_does()
    {
        var play = Rehearsal.Started(A.Workflow(A.Sequence("s", A.Event("a"), A.Event("b"), A.Line("z"))));

        play.Publish("b").Publish("a");
        Assert.Empty(play.Lines);
        play.Wait();

        Assert.Equal("z", play.Lines);
        Assert.Equal(0, play.Unmet);
    }

    [Fact]
    public void One_event_goes_to_each_of_several_steps_that_wait_for_it()
    {
        var play = Rehearsal.Started(A.Workflow(A.Flow("f", "s>a, s>b, a>x, b>y", A.Line("s"), A.Event("a", "Go"), A.Event("b", "Go"), A.Line("x"), A.Line("y"))));

        play.Publish("Go");

        Assert.Equal("s x y", play.Lines);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Fact]
    public void A_bookmark_is_used_once()
    {
        var play = Rehearsal.Started(A.Workflow(A.Flow("f", "s>a, s>w, a>z", A.Line("s"), A.Event("a"), A.Event("w"), A.Line("z"))));

        play.Resume("a").Resume("a");

        Assert.Equal("s z", play.Lines);
        Assert.Equal("Started Suspended Resumed Completed", play.Of("a"));
    }
}
