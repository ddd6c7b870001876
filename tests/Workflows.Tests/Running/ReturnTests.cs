using PublicService.Workflows.Running;

namespace PublicService.Workflows.Tests.Running;

/// <summary>Moving an instance back to a step it has left.</summary>
public sealed class ReturnTests
{
    [Fact]
    public void What_waits_is_cancelled_and_the_way_is_gone_again()
    {
        var play = Rehearsal.Started(A.Workflow(A.Flow("f", "a>b, b>c, c>k", A.Event("a"), A.Event("b"), A.Event("c"), A.Line("k"))));
        play.Publish("a").Publish("b");

        play.Return("a");

        Assert.Equal(["a"], play.State.Bookmarks.Select(bookmark => bookmark.ActivityId));
        Assert.Equal("Started Suspended Canceled", play.Of("c"));
        play.Publish("a").Publish("b").Publish("c");
        Assert.Equal("k", play.Lines);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Fact]
    public void It_may_happen_again_and_again()
    {
        var play = Rehearsal.Started(A.Workflow(A.Flow("f", "a>b, b>c, c>k", A.Event("a"), A.Event("b"), A.Event("c"), A.Line("k"))));
        for (var round = 0; round < 3; round++)
        {
            play.Publish("a").Publish("b").Return("b").Return("a");
        }

        play.Publish("a").Publish("b").Publish("c");

        Assert.Equal("k", play.Lines);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Fact]
    public void A_parallel_branch_stays_as_it_is()
    {
        var play = Rehearsal.Started(Fork("WaitAll"));
        play.Publish("a");

        play.Return("a");

        Assert.Equal(["a", "c"], play.State.Bookmarks.Select(bookmark => bookmark.ActivityId).Order());
        Assert.Equal("Started Suspended", play.Of("c"));
    }

    [Theory]
    [InlineData("WaitAll")]
    [InlineData("WaitAllActive")]
    public void A_join_remembers_the_other_branch(string mode)
    {
        var play = Rehearsal.Started(Fork(mode));
        play.Publish("a").Publish("b").Publish("c");
        Assert.Equal(["w"], play.State.Bookmarks.Select(bookmark => bookmark.ActivityId));

        play.Return("a");
        play.Publish("a");
        Assert.Equal(["b"], play.State.Bookmarks.Select(bookmark => bookmark.ActivityId));
        play.Publish("b").Publish("w");

        Assert.Equal("k", play.Lines);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Theory]
    [InlineData("WaitAll")]
    [InlineData("WaitAllActive")]
    public void A_join_that_waits_for_the_other_branch_waits_for_both_again(string mode)
    {
        var play = Rehearsal.Started(Fork(mode));
        play.Publish("a").Publish("b");
        Assert.Equal(mode == "WaitAllActive", EarlierSteps.Of(play.First.Definition, play.State).Any(step => step.Node.Id == "a"));
        if (mode == "WaitAll")
        {
            return;
        }

        play.Return("a").Publish("c");
        Assert.Equal(["a"], play.State.Bookmarks.Select(bookmark => bookmark.ActivityId));
        play.Publish("a").Publish("b").Publish("w");

        Assert.Equal("k", play.Lines);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Fact]
    public void Another_outcome_may_be_chosen_the_second_time()
    {
        var play = Rehearsal.Started(A.Workflow(
            A.Flow(
                "f",
                "a>s, s>d, d:True>x, d:False>y, x>j, y>j, j>k",
                A.Event("a"),
                A.Set("s", "times", "getVariable('times') + 1"),
                A.Decide("d", "getVariable('times') == 1"),
                A.Event("x"),
                A.Line("y"),
                A.Line("j"),
                A.Line("k")),
            A.Variable("times", "Int32", 0)));
        play.Publish("a");

        play.Return("a").Publish("a");

        Assert.Equal("y j k", play.Lines);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Fact]
    public void A_path_that_was_not_taken_is_no_place_to_return_to()
    {
        var play = Rehearsal.Started(A.Workflow(A.Flow(
            "f", "a>d, d:True>x, d:False>y, x>j, y>j, j>k", A.Event("a"), A.Decide("d", "true"), A.Line("x"), A.Line("y"), A.Event("j"), A.Line("k"))));

        play.Publish("a");

        Assert.Equal(["a", "d", "x"], EarlierSteps.Of(play.First.Definition, play.State).Select(step => step.Node.Id).Order());
    }

    [Fact]
    public void A_loop_goes_on_as_before()
    {
        var play = Rehearsal.Started(A.Workflow(
            A.Flow(
                "f",
                "a>b, b>s, s>d, d:True>k, d:False>a",
                A.Event("a"),
                A.Event("b"),
                A.Set("s", "times", "getVariable('times') + 1"),
                A.Decide("d", "getVariable('times') >= 3"),
                A.Line("k")),
            A.Variable("times", "Int32", 0)));
        play.Publish("a").Publish("b").Publish("a");

        play.Return("a");

        play.Publish("a").Publish("b").Publish("a").Publish("b");
        Assert.Equal("k", play.Lines);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Theory]
    [InlineData("b")]
    [InlineData("c")]
    [InlineData("k")]
    [InlineData("nowhere")]
    public void Only_a_step_that_was_left_can_be_returned_to(string activityId)
    {
        var play = Rehearsal.Started(A.Workflow(A.Flow("f", "a>b, b>c, c>k", A.Event("a"), A.Event("b"), A.Event("c"), A.Line("k"))));
        play.Publish("a");

        var refusal = Assert.Throws<RunRefusedException>(() => play.Return(activityId));

        Assert.Equal("STEP_NOT_RETURNABLE", refusal.Code);
        Assert.Equal(["a"], EarlierSteps.Of(play.First.Definition, play.State).Select(step => step.Node.Id));
    }

    /// <summary>Two branches, one of two events, joined before a last wait.</summary>
    private static System.Text.Json.Nodes.JsonObject Fork(string mode) => A.Workflow(A.Flow(
        "f",
        "v:x>a, v:y>c, a>b, b>j, c>j, j>w, w>k",
        A.Fork("v", "x", "y"),
        A.Event("a"),
        A.Event("b"),
        A.Event("c"),
        A.Join("j", mode),
        A.Event("w"),
        A.Line("k")));
}
