using PublicService.Workflows.Running;

namespace PublicService.Workflows.Tests.Running;

public sealed class FlowLoopTests
{
    [Fact]
    public void An_arrow_back_repeats_the_steps_until_the_condition_is_met()
    {
        var play = Rehearsal.Started(A.Workflow(
            A.Flow("f", "s>h, h>i, i>d, d:True>h, d:False>z", A.Line("s"), A.Line("h"), A.Set("i", "N", "getN() + 1"), A.Decide("d", "getN() < 3"), A.Line("z")),
            A.Variable("N", "Int32", "0")));

        Assert.Equal("s h h h z", play.Lines);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Fact]
    public void A_loop_may_wait_in_each_round()
    {
        var play = Rehearsal.Started(A.Workflow(
            A.Flow("f", "h>e, e>i, i>d, d:True>h, d:False>z", A.Line("h"), A.Event("e"), A.Set("i", "N", "getN() + 1"), A.Decide("d", "getN() < 3"), A.Line("z")),
            A.Variable("N", "Int32", "0")));

        play.Publish("e").Publish("e");
        Assert.Equal("h h h", play.Lines);
        play.Publish("e");

        Assert.Equal("h h h z", play.Lines);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Fact]
    public void A_step_that_leads_back_to_itself_repeats()
    {
        var play = Rehearsal.Started(A.Workflow(
            A.Flow("f", "r:Again>r, r:Enough>z", A.Step("RunJavaScript", "r", ("script", "setN(getN() + 1); setOutcome(getN() < 4 ? 'Again' : 'Enough')"), ("possibleOutcomes", A.Json("[\"Again\",\"Enough\"]"))), A.Say("z", "'n' + getN()")),
            A.Variable("N", "Int32", "0")));

        Assert.Equal("n4", play.Lines);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Fact]
    public void A_branch_and_join_inside_a_loop_run_once_in_each_round()
    {
        var play = Rehearsal.Started(A.Workflow(
            A.Flow(
                "f",
                "h>a, h>b, a>j, b>j, j>i, i>d, d:True>h, d:False>z",
                A.Line("h"),
                A.Event("a"),
                A.Line("b"),
                A.Line("j"),
                A.Set("i", "N", "getN() + 1"),
                A.Decide("d", "getN() < 2"),
                A.Line("z")),
            A.Variable("N", "Int32", "0")));

        play.Publish("a").Publish("a");

        Assert.Equal("h b j h b j z", play.Lines);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Theory]
    [InlineData("WaitAll")]
    [InlineData("WaitAny")]
    public void A_join_inside_a_loop_counts_each_round_anew(string mode)
    {
        var play = Rehearsal.Started(A.Workflow(
            A.Flow(
                "f",
                "h>a, h>b, a>j, b>j, j>i, i>d, d:True>h, d:False>z",
                A.Line("h"),
                A.Line("a"),
                A.Line("b"),
                A.Join("j", mode),
                A.Set("i", "N", "getN() + 1"),
                A.Decide("d", "getN() < 3"),
                A.Line("z")),
            A.Variable("N", "Int32", "0")));

        Assert.Equal("h a b h a b h a b z", play.Lines);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Fact]
    public void A_loop_that_leads_into_a_join_from_one_side_does_not_hang()
    {
        var play = Rehearsal.Started(A.Workflow(
            A.Flow(
                "f",
                "s>q, q:True>x, q:False>h, h>i, i>d, d:True>h, d:False>x, x>z",
                A.Line("s"),
                A.Decide("q", "false"),
                A.Event("h"),
                A.Set("i", "N", "getN() + 1"),
                A.Decide("d", "getN() < 3"),
                A.Line("x"),
                A.Line("z")),
            A.Variable("N", "Int32", "0")));

        play.Publish("h").Publish("h").Publish("h");

        Assert.Equal("s x z", play.Lines);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Fact]
    public void Two_loops_inside_one_another_end_one_after_the_other()
    {
        var play = Rehearsal.Started(A.Workflow(
            A.Flow(
                "f",
                "o>i, i>n, n>p, p:True>i, p:False>m, m>q, q:True>o, q:False>z",
                A.Line("o"),
                A.Line("i"),
                A.Set("n", "N", "getN() + 1"),
                A.Decide("p", "getN() % 2 === 1"),
                A.Set("m", "M", "getM() + 1"),
                A.Decide("q", "getM() < 2"),
                A.Line("z")),
            A.Variable("N", "Int32", "0"),
            A.Variable("M", "Int32", "0")));

        Assert.Equal("o i i o i i z", play.Lines);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Fact]
    public void An_arrow_back_into_one_of_two_branches_is_an_incident()
    {
        var play = Rehearsal.Started(A.Workflow(A.Flow(
            "f",
            "a>b, a>c, b>j, c>j, j:Done>b",
            A.Line("a"),
            A.Line("b"),
            A.Line("c"),
            A.Line("j"))));

        Assert.Equal(InstanceSubStatus.Faulted, play.Ending);
        Assert.Equal("j", play.State.Incidents.Single().ActivityId);
    }
}
