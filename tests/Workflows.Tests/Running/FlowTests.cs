using System.Text.Json.Nodes;
using PublicService.Workflows.Running;

namespace PublicService.Workflows.Tests.Running;

public sealed class FlowTests
{
    [Fact]
    public void A_fork_follows_each_of_its_branches()
    {
        var play = Rehearsal.Started(A.Workflow(A.Flow("f", "f1:X>x, f1:Y>y, f1:Z>z", A.Fork("f1", "X", "Y"), A.Line("x"), A.Line("y"), A.Line("z"))));

        Assert.Equal("x y", play.Lines);
        Assert.Equal(["X", "Y"], play.First.Journal.Single(entry => entry is { ActivityId: "f1", Event: "Completed" }).Outcomes!);
    }

    [Fact]
    public void A_fork_without_branches_leaves_by_done()
    {
        var play = Rehearsal.Started(A.Workflow(A.Flow("f", "f1>x", A.Step("FlowFork", "f1"), A.Line("x"))));

        Assert.Equal("x", play.Lines);
    }

    [Fact]
    public void An_ordinary_step_after_two_branches_runs_once_after_both()
    {
        var play = Rehearsal.Started(A.Workflow(A.Flow("f", "s>a, s>b, a>x, b>x", A.Line("s"), A.Event("a"), A.Event("b"), A.Line("x"))));

        play.Publish("b");
        Assert.Equal("s", play.Lines);
        play.Publish("a");

        Assert.Equal("s x", play.Lines);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Fact]
    public void A_join_does_not_wait_for_a_path_that_is_not_taken()
    {
        var play = Rehearsal.Started(A.Workflow(A.Flow(
            "f",
            "d:True>a, d:False>b, b>b2, a>x, b2>x",
            A.Decide("d", "true"),
            A.Line("a"),
            A.Event("b"),
            A.Line("b2"),
            A.Line("x"))));

        Assert.Equal("a x", play.Lines);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Fact]
    public void An_outcome_without_an_arrow_ends_its_path_only()
    {
        var play = Rehearsal.Started(A.Workflow(A.Flow("f", "s>d, s>x, d:True>a", A.Line("s"), A.Decide("d", "false"), A.Line("a"), A.Line("x"))));

        Assert.Equal("s x", play.Lines);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Theory]
    [InlineData("MatchFirst", "a")]
    [InlineData("MatchAny", "a c")]
    public void A_switch_in_a_flow_follows_the_first_or_all_cases_that_hold(string mode, string lines)
    {
        var play = Rehearsal.Started(A.Workflow(A.Flow(
            "f",
            "s:A>a, s:B>b, s:C>c, s:Default>z",
            A.Step("FlowSwitch", "s", ("mode", mode), ("cases", Cases(("A", "true"), ("B", "false"), ("C", "1 + 1 === 2")))),
            A.Line("a"),
            A.Line("b"),
            A.Line("c"),
            A.Line("z"))));

        Assert.Equal(lines, play.Lines);
    }

    [Fact]
    public void A_switch_in_a_flow_without_a_match_leaves_by_default()
    {
        var play = Rehearsal.Started(A.Workflow(A.Flow("f", "s:A>a, s:Default>z", A.Step("FlowSwitch", "s", ("cases", Cases(("A", "false")))), A.Line("a"), A.Line("z"))));

        Assert.Equal("z", play.Lines);
    }

    [Fact]
    public void A_flow_in_a_flow_is_one_step_of_it()
    {
        var inner = A.Flow("in", "i1>i2, i1>i3", A.Line("i1"), A.Event("i2"), A.Line("i3"));
        var play = Rehearsal.Started(A.Workflow(A.Flow("f", "s>in, in>z", A.Line("s"), inner, A.Line("z"))));

        Assert.Equal("s i1 i3", play.Lines);
        play.Publish("i2");

        Assert.Equal("s i1 i3 z", play.Lines);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Fact]
    public void End_ends_its_own_flow_and_cancels_what_still_waits_in_it()
    {
        var inner = A.Flow("in", "i1>w, i1>e", A.Line("i1"), A.Event("w"), A.Step("End", "e"));
        var play = Rehearsal.Started(A.Workflow(A.Flow("f", "s>in, s>v, in>z, v>z2", A.Line("s"), inner, A.Event("v"), A.Line("z"), A.Line("z2"))));

        Assert.Equal("s i1 z", play.Lines);
        Assert.Equal("Started Suspended Canceled", play.Of("w"));
        play.Publish("v");

        Assert.Equal("s i1 z z2", play.Lines);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Fact]
    public void A_container_runs_its_body_and_goes_on()
    {
        var play = Rehearsal.Started(A.Workflow(A.Flow(
            "f",
            "n>z, m>y, n>m",
            A.Step("FlowNode", "n", ("body", A.Event("w"))),
            A.Step("FlowNode", "m"),
            A.Line("y"),
            A.Line("z"))));

        Assert.Empty(play.Lines);
        play.Publish("w");

        Assert.Equal("z y", play.Lines);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Fact]
    public void An_empty_flow_is_done_at_once()
    {
        Assert.Equal(InstanceSubStatus.Finished, Rehearsal.Started(A.Workflow(A.Flow("f", string.Empty))).Ending);
        Assert.Equal(InstanceSubStatus.Finished, Rehearsal.Started(A.Workflow(A.Sequence("s"))).Ending);
    }

    [Fact]
    public void A_flow_begins_where_the_file_says_then_at_the_start_then_at_the_first_without_an_arrow_in()
    {
        var steps = new Func<JsonObject>[] { () => A.Line("a"), () => A.Step("Start", "s"), () => A.Line("b"), () => A.Line("c") };
        JsonObject Flow() => A.Flow("f", "s>b, a>b, b>c", [.. steps.Select(make => make())]);

        Assert.Equal("c", Rehearsal.Started(A.Workflow(Flow().With("start", "c"))).Lines);
        Assert.Equal("b c", Rehearsal.Started(A.Workflow(Flow())).Lines);
        Assert.Equal("a", Rehearsal.Started(A.Workflow(A.Flow("f", "c>b, b>c", A.Line("b"), A.Line("c"), A.Line("a")))).Lines);
    }

    [Fact]
    public void The_same_arrow_twice_is_one_arrow()
    {
        var play = Rehearsal.Started(A.Workflow(A.Flow("f", "a>b, a>b, a:Done>b", A.Line("a"), A.Line("b"))));

        Assert.Equal("a b", play.Lines);
    }

    internal static JsonArray Cases(params (string Label, string Script)[] cases) => new([.. cases.Select(@case => (JsonNode)new JsonObject
    {
        ["label"] = @case.Label,
        ["condition"] = new JsonObject { ["type"] = "JavaScript", ["value"] = @case.Script },
    })]);
}
