using System.Text.Json.Nodes;
using PublicService.Workflows.Running;

namespace PublicService.Workflows.Tests.Running;

public sealed class JoinTests
{
    [Theory]
    [InlineData("WaitAll")]
    [InlineData("WaitAllActive")]
    public void A_join_of_two_live_branches_waits_for_both(string mode)
    {
        var play = Rehearsal.Started(TwoEvents(mode));

        play.Publish("e1");
        Assert.Equal("b1", play.Lines);
        play.Publish("e2");

        Assert.Equal("b1 b2 k", play.Lines);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Theory]
    [InlineData("e1", "e2")]
    [InlineData("e2", "e1")]
    public void The_first_branch_wins_a_race_and_a_later_event_changes_nothing(string winner, string loser)
    {
        var play = Rehearsal.Started(TwoEvents("WaitAny"));

        play.Publish(winner);

        Assert.Equal($"b{winner[1]} k", play.Lines);
        Assert.Equal("Started Suspended Canceled", play.Of(loser));
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
        play.Publish(loser);
        Assert.Equal($"b{winner[1]} k", play.Lines);
        Assert.Equal(1, play.Unmet);
    }

    [Fact]
    public void What_follows_a_race_may_wait_and_goes_on()
    {
        var play = Rehearsal.Started(A.Workflow(A.Flow(
            "f",
            "a>e1, a>e2, e1>j, e2>j, j>w, w>k",
            A.Line("a"),
            A.Event("e1"),
            A.Event("e2"),
            A.Join("j", "WaitAny"),
            A.Event("w"),
            A.Line("k"))));

        play.Publish("e1").Publish("e2");
        Assert.Equal(InstanceSubStatus.Suspended, play.Ending);
        play.Publish("w");

        Assert.Equal("a k", play.Lines);
        Assert.Equal("Started Completed", play.Of("j"));
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Theory]
    [InlineData("a>l, a>e, l>j, e>j, j>k")]
    [InlineData("a>e, a>l, e>j, l>j, j>k")]
    public void Race_on_an_ordinary_step_cancels_the_loser_whatever_the_order_of_the_branches(string arrows)
    {
        var play = Rehearsal.Started(A.Workflow(A.Flow("f", arrows, A.Line("a"), A.Line("l"), A.Event("e"), A.Line("j").Custom("mergeMode", "Race"), A.Line("k"))));

        Assert.Equal("a l j k", play.Lines);
        Assert.EndsWith("Canceled", play.Of("e"), StringComparison.Ordinal);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Fact]
    public void Race_on_an_ordinary_step_runs_it_once()
    {
        var play = Rehearsal.Started(A.Workflow(A.Flow(
            "f",
            "a>e1, a>e2, e1>b1, e2>b2, b1>j, b2>j, j>k",
            A.Line("a"),
            A.Event("e1"),
            A.Event("e2"),
            A.Line("b1"),
            A.Line("b2"),
            A.Event("j").Custom("mergeMode", "Race"),
            A.Line("k"))));

        play.Publish("e2").Publish("e1").Publish("j");

        Assert.Equal("a b2 k", play.Lines);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Theory]
    [InlineData("Stream")]
    [InlineData("Merge")]
    [InlineData("Converge")]
    [InlineData("Cascade")]
    public void The_other_merge_modes_wait_for_all_live_branches(string mode)
    {
        var play = Rehearsal.Started(A.Workflow(A.Flow(
            "f",
            "a>e1, a>e2, e1>j, e2>j",
            A.Line("a"),
            A.Event("e1"),
            A.Event("e2"),
            A.Line("j").Custom("mergeMode", mode))));

        play.Publish("e1");
        Assert.Equal("a", play.Lines);
        play.Publish("e2");

        Assert.Equal("a j", play.Lines);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Theory]
    [InlineData("WaitAll", "a")]
    [InlineData("WaitAllActive", "a k")]
    [InlineData("WaitAny", "a k")]
    public void A_dead_path_lets_all_but_wait_all_go_on(string mode, string lines)
    {
        var play = Rehearsal.Started(A.Workflow(A.Flow(
            "f",
            "a>d, a>b, d:True>c, d:False>x, c>j, b>j, j>k",
            A.Line("a"),
            A.Decide("d", "false"),
            A.Event("b"),
            A.Line("c"),
            A.Event("x"),
            A.Join("j", mode),
            A.Line("k"))));

        play.Publish("b").Publish("x");

        Assert.Equal(lines, play.Lines);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Fact]
    public void A_race_of_three_is_won_once_even_by_a_branch_of_several_steps()
    {
        var play = Rehearsal.Started(A.Workflow(A.Flow(
            "f",
            "a>e1, a>e2, a>e3, e1>j, e2>m, m>n, n>j, e3>j, j>k",
            A.Line("a"),
            A.Event("e1"),
            A.Event("e2"),
            A.Event("e3"),
            A.Line("m"),
            A.Event("n"),
            A.Join("j", "WaitAny"),
            A.Line("k"))));

        play.Publish("e2").Publish("e3").Publish("n").Publish("e1");

        Assert.Equal("a m k", play.Lines);
        Assert.Equal("Started Suspended Canceled", play.Of("n"));
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Fact]
    public void The_loser_of_a_race_takes_its_own_sub_flow_with_it()
    {
        var slow = A.Flow("slow", "p>q", A.Event("p"), A.Line("q"));
        var play = Rehearsal.Started(A.Workflow(A.Flow("f", "a>slow, a>e, slow>j, e>j, j>k", A.Line("a"), slow, A.Event("e"), A.Join("j", "WaitAny"), A.Line("k"))));

        play.Publish("e").Publish("p");

        Assert.Equal("a k", play.Lines);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
        Assert.Empty(play.State.Bookmarks);
    }

    [Fact]
    public void The_mode_of_a_join_may_be_a_script()
    {
        var play = Rehearsal.Started(A.Workflow(A.Flow(
            "f",
            "a>e1, a>e2, e1>j, e2>j, j>k",
            A.Line("a"),
            A.Event("e1"),
            A.Event("e2"),
            A.Step("FlowJoin", "j", ("mode", A.Js("'WaitAll'"))),
            A.Line("k"))));

        play.Publish("e1");
        Assert.Equal("a", play.Lines);
        play.Publish("e2");

        Assert.Equal("a k", play.Lines);
    }

    private static JsonObject TwoEvents(string mode) => A.Workflow(A.Flow(
        "f",
        "s>e1, s>e2, e1>b1, e2>b2, b1>j, b2>j, j>k",
        A.Step("Start", "s"),
        A.Event("e1"),
        A.Event("e2"),
        A.Line("b1"),
        A.Line("b2"),
        A.Join("j", mode),
        A.Line("k")));
}
