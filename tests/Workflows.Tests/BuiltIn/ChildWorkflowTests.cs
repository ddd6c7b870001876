using System.Text.Json.Nodes;
using PublicService.Workflows.Running;
using PublicService.Workflows.Tests.Running;

namespace PublicService.Workflows.Tests.BuiltIn;

public sealed class ChildWorkflowTests
{
    private static readonly JsonArray Outputs = new(A.Port("Ra", "Object"));

    private static JsonObject Parent(string type, bool waits, params (string Name, JsonNode? Value)[] more) => A.Workflow(A.Flow(
        "f",
        "x:Done>z, x:Completed>c, x:Canceled>k",
        A.Step(type, "x", [("workflowDefinitionId", "kid"), ("waitForCompletion", waits), .. more]),
        A.Say("z", "'z' + JSON.stringify(getOutputFrom('x'))"),
        A.Line("c"),
        A.Line("k")));

    private static JsonObject Kid(params JsonObject[] steps) => A.Workflow(A.Sequence("s", steps)).With("outputs", Outputs.DeepClone()).Named("kid");

    private static JsonObject Output(string script) => A.Step("SetOutput", "o", ("outputName", "Ra"), ("outputValue", A.Js(script)));

    [Fact]
    public void A_child_run_inside_its_parent_describes_how_it_ended()
    {
        var play = Rehearsal.Started(Parent("ExecuteWorkflow", true, ("input", A.Json("{\"So\":{\"type\":\"Literal\",\"value\":\"3\"}}"))), Kid(Output("Number(getInput('So')) + 1")));

        Assert.StartsWith("z{", play.Lines, StringComparison.Ordinal);
        Assert.Contains("\"Output\":{\"Ra\":4}", play.Lines, StringComparison.Ordinal);
        Assert.Equal(play.State.Id, play.Instances[1].State.ParentInstanceId);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Fact]
    public void A_parent_waits_for_a_child_that_waits()
    {
        var play = Rehearsal.Started(Parent("ExecuteWorkflow", true), Kid(A.Event("w"), Output("7")));

        Assert.Empty(play.Lines);
        play.Publish("w").Wait();

        Assert.Equal("z{\"Ra\":7}", play.Lines);
    }

    [Fact]
    public void A_parent_that_does_not_wait_goes_on_while_its_child_waits()
    {
        var play = Rehearsal.Started(Parent("ExecuteWorkflow", false), Kid(A.Event("w")));

        Assert.Contains("Suspended", play.Lines, StringComparison.Ordinal);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
        Assert.Equal(InstanceSubStatus.Suspended, play.Instances[1].State.SubStatus);
    }

    [Fact]
    public void A_child_that_fails_does_not_fail_its_parent()
    {
        var play = Rehearsal.Started(Parent("ExecuteWorkflow", true), Kid(A.Step("Fault", "x", ("message", "no"))));

        Assert.Contains("Faulted", play.Lines, StringComparison.Ordinal);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Theory]
    [InlineData("ExecuteWorkflow")]
    [InlineData("DispatchWorkflow")]
    public void A_parent_goes_on_when_its_child_is_cancelled_or_fails_later(string type)
    {
        var cancelled = Rehearsal.Started(Parent(type, true), Kid(A.Event("w"))).Wait();
        cancelled.Cancel(1).Wait();
        Assert.Equal("z{}", cancelled.Lines);

        var failed = Rehearsal.Started(Parent(type, true), Kid(A.Event("w"), A.Step("Fault", "x"))).Wait();
        failed.Publish("w").Wait();
        Assert.Equal("z{}", failed.Lines);
        Assert.Equal(InstanceSubStatus.Finished, failed.Ending);
    }

    [Fact]
    public void A_dispatched_child_starts_after_the_run_of_its_parent()
    {
        var play = Rehearsal.Started(Parent("DispatchWorkflow", false), Kid(A.Line("kid")));

        Assert.Equal("zundefined", play.Lines.Replace("znull", "zundefined", StringComparison.Ordinal));
        Assert.Single(play.Instances);
        play.Wait();

        Assert.EndsWith("kid", play.Lines, StringComparison.Ordinal);
        Assert.Equal(2, play.Instances.Count);
    }

    [Fact]
    public void A_parent_waits_for_its_dispatched_child()
    {
        var play = Rehearsal.Started(Parent("DispatchWorkflow", true, ("correlationId", "C1")), Kid(A.Event("w"), Output("getCorrelationId()"))).Wait();

        Assert.Empty(play.Lines);
        play.Publish("w").Wait();

        Assert.Equal("z{\"Ra\":\"C1\"}", play.Lines);
    }

    [Fact]
    public void A_child_is_told_who_started_it()
    {
        var play = Rehearsal.Started(Parent("DispatchWorkflow", true), Kid(Output("getInput('ParentInstanceId')"))).Wait();

        Assert.Equal($"z{{\"Ra\":\"{play.State.Id}\"}}", play.Lines);
    }

    [Fact]
    public void Starting_a_workflow_nobody_published_is_an_incident()
    {
        foreach (var type in (string[])["ExecuteWorkflow", "DispatchWorkflow", "BulkDispatchWorkflows"])
        {
            var play = Rehearsal.Started(Parent(type, true, ("items", A.Json("[1]"))));
            Assert.Equal("x", play.State.Incidents.Single().ActivityId);
        }
    }

    [Fact]
    public void Bulk_dispatch_starts_a_child_for_each_item_and_waits_for_all()
    {
        var play = Rehearsal.Started(
            Parent("BulkDispatchWorkflows", true, ("items", A.Json("[\"a\",\"b\"]")), ("childCompleted", A.Say("ok", "'+' + getVariable('ChildOutput').Ra"))),
            Kid(A.Step("Event", "w", ("eventName", A.Js("getInput('Item')"))), Output("getInput('Item')"))).Wait();

        Assert.Equal(3, play.Instances.Count);
        play.Publish("b").Wait();
        Assert.Equal("+b", play.Lines);
        play.Publish("a").Wait();

        Assert.Equal("+b +a znull c", play.Lines.Replace("zundefined", "znull", StringComparison.Ordinal));
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Fact]
    public void Bulk_dispatch_runs_a_port_for_children_that_fail_and_leaves_by_canceled_when_one_was()
    {
        var play = Rehearsal.Started(
            Parent("BulkDispatchWorkflows", true, ("items", A.Json("[{\"Ten\":\"a\"},{\"Ten\":\"b\"}]")), ("childFaulted", A.Line("bad"))),
            Kid(A.Step("Event", "w", ("eventName", A.Js("getInput('Ten')"))), A.Step("Fault", "x"))).Wait();

        play.Publish("a").Wait();
        Assert.Equal("bad", play.Lines);
        play.Cancel(2).Wait();

        Assert.StartsWith("bad bad", play.Lines, StringComparison.Ordinal);
        Assert.EndsWith("k", play.Lines, StringComparison.Ordinal);
    }

    [Fact]
    public void Bulk_dispatch_correlates_each_child_by_a_script_and_need_not_wait()
    {
        var play = Rehearsal.Started(
            Parent("BulkDispatchWorkflows", false, ("items", A.Json("[1,2]")), ("correlationIdFunction", A.Js("'C' + item"))),
            Kid(A.Event("w"))).Wait();

        Assert.StartsWith("z", play.Lines, StringComparison.Ordinal);
        Assert.Equal(["C1", "C2"], play.Instances.Skip(1).Select(child => child.State.CorrelationId));
    }

    [Fact]
    public void Bulk_dispatch_over_nothing_is_done()
    {
        Assert.Equal(InstanceSubStatus.Finished, Rehearsal.Started(Parent("BulkDispatchWorkflows", true, ("items", A.Json("[]"))), Kid()).Ending);
    }

    [Fact]
    public void Cancelling_a_parent_cancels_its_children_and_theirs()
    {
        var play = Rehearsal.Started(
            Parent("DispatchWorkflow", true),
            A.Workflow(A.Step("ExecuteWorkflow", "x", ("workflowDefinitionId", "leaf"), ("waitForCompletion", true))).Named("kid"),
            A.Workflow(A.Flow("f", "s>e, s>d", A.Line("s"), A.Event("e"), A.Step("Delay", "d"))).Named("leaf")).Wait(TimeSpan.Zero);

        play.Cancel().Wait(TimeSpan.FromHours(1));

        Assert.Equal(3, play.Instances.Count);
        Assert.All(play.Instances, instance => Assert.Equal(InstanceSubStatus.Cancelled, instance.State.SubStatus));
        Assert.All(play.Instances, instance => Assert.Empty(instance.State.Bookmarks));
    }
}
