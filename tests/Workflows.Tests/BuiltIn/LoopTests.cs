using System.Text.Json.Nodes;
using PublicService.Workflows.Running;
using PublicService.Workflows.Tests.Running;

namespace PublicService.Workflows.Tests.BuiltIn;

public sealed class LoopTests
{
    [Fact]
    public void A_for_without_a_body_completes()
    {
        var play = Rehearsal.Started(A.Workflow(A.Sequence("s", A.Step("For", "l", ("end", 3)), A.Line("z"))));

        Assert.Equal("z", play.Lines);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Theory]
    [InlineData(1, 3, 1, true, "1 2 3")]
    [InlineData(1, 3, 1, false, "1 2")]
    [InlineData(3, 1, -1, true, "3 2 1")]
    [InlineData(0, 10, 5, true, "0 5 10")]
    [InlineData(2, 1, 1, true, "")]
    public void A_for_counts_from_start_to_end_by_step(int start, int end, int step, bool inclusive, string lines)
    {
        var play = Rehearsal.Started(A.Workflow(A.Step(
            "For",
            "l",
            ("start", start),
            ("end", end),
            ("step", step),
            ("outerBoundInclusive", inclusive),
            ("body", A.Say("x", "getVariable('CurrentValue')")))));

        Assert.Equal(lines, play.Lines);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Fact]
    public void A_for_whose_step_is_nothing_stops_at_the_guard()
    {
        var play = Rehearsal.Started(A.Workflow(A.Step("For", "l", ("end", 3), ("step", 0), ("body", A.Line("x")))));

        Assert.Equal(InstanceSubStatus.Faulted, play.Ending);
    }

    [Fact]
    public void A_while_whose_body_waits_asks_again_after_each_round()
    {
        var play = Rehearsal.Started(A.Workflow(
            A.Sequence("s", A.Step("While", "l", ("condition", A.Js("getN() < 2")), ("body", A.Sequence("b", A.Event("w"), A.Set("i", "N", "getN() + 1")))), A.Line("z")),
            A.Variable("N", "Int32", "0")));

        play.Publish("w");
        Assert.Empty(play.Lines);
        play.Publish("w");

        Assert.Equal("z", play.Lines);
        Assert.Equal("Started Suspended Resumed Completed Started Suspended Resumed Completed", play.Of("w"));
    }

    [Fact]
    public void A_for_each_whose_body_waits_goes_on_with_the_next_item()
    {
        var body = A.Sequence("b", A.Event("w"), A.Say("x", "getVariable('CurrentIndex') + getVariable('CurrentValue')"));
        var play = Rehearsal.Started(A.Workflow(A.Sequence("s", A.Step("ForEach", "l", ("items", A.Json("[\"a\",\"b\"]")), ("body", body)), A.Say("z", "getOutputFrom('l', 'CurrentValue')"))));

        play.Publish("w").Publish("w");

        Assert.Equal("0a 1b b", play.Lines);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("")]
    public void A_loop_over_nothing_is_done_at_once(string items)
    {
        foreach (var loop in (string[])["ForEach", "ParallelForEach"])
        {
            Assert.Equal("z", Rehearsal.Started(A.Workflow(A.Sequence("s", A.Step(loop, "l", ("items", A.Json(items)), ("body", A.Line("x"))), A.Line("z")))).Lines);
        }
    }

    [Fact]
    public void A_parallel_loop_keeps_variables_of_its_own_in_each_iteration_over_a_wait()
    {
        var body = A.Sequence("b", A.Set("i", "Mine", "'m' + getVariable('CurrentValue')"), A.Step("Event", "w", ("eventName", A.Js("'e' + getVariable('CurrentIndex')"))), A.Say("x", "getMine() + getVariable('CurrentValue')"))
            .With("variables", new JsonArray(A.Variable("Mine", "String")));
        var play = Rehearsal.Started(A.Workflow(A.Sequence("s", A.Step("ParallelForEach", "l", ("items", A.Json("[\"a\",\"b\",\"c\"]")), ("body", body)), A.Line("z"))));

        play.Publish("e1").Publish("e0");
        Assert.Equal("mbb maa", play.Lines);
        play.Publish("e2");

        Assert.Equal("mbb maa mcc z", play.Lines);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Fact]
    public void An_outer_variable_is_shared_by_the_iterations_of_a_parallel_loop()
    {
        var play = Rehearsal.Started(A.Workflow(
            A.Sequence("s", A.Step("ParallelForEach", "l", ("items", A.Json("[1,2,3]")), ("body", A.Sequence("b", A.Event("w"), A.Set("i", "Sum", "getSum() + getVariable('CurrentValue')")))), A.Say("z", "getSum()")),
            A.Variable("Sum", "Int32", "0")));

        play.Publish("w");

        Assert.Equal("6", play.Lines);
    }

    [Fact]
    public void A_loop_in_a_loop_shows_its_own_value_and_then_the_outer_one_again()
    {
        var inner = A.Step("ForEach", "in", ("items", A.Json("[\"x\"]")), ("body", A.Sequence("ib", A.Event("w"), A.Say("i", "getVariable('CurrentValue')"))));
        var play = Rehearsal.Started(A.Workflow(A.Step("ForEach", "out", ("items", A.Json("[1,2]")), ("body", A.Sequence("ob", inner, A.Say("o", "getVariable('CurrentValue')"))))));

        play.Publish("w").Publish("w");

        Assert.Equal("x 1 x 2", play.Lines);
    }

    [Fact]
    public void A_loop_variable_may_be_assigned_for_its_own_iteration()
    {
        var body = A.Sequence("b", A.Step("RunJavaScript", "j", ("script", "setVariable('CurrentValue', getVariable('CurrentValue') * 10)")), A.Event("w"), A.Say("x", "getVariable('CurrentValue')"));
        var play = Rehearsal.Started(A.Workflow(A.Step("ForEach", "l", ("items", A.Json("[1,2]")), ("body", body))));

        play.Publish("w").Publish("w");

        Assert.Equal("10 20", play.Lines);
    }

    [Theory]
    [InlineData("MatchFirst", "a z")]
    [InlineData("MatchAny", "a c z")]
    public void A_switch_runs_the_bodies_of_the_cases_that_hold(string mode, string lines)
    {
        JsonObject Case(string label, string script) =>
            new() { ["label"] = label, ["condition"] = new JsonObject { ["type"] = "JavaScript", ["value"] = script }, ["activity"] = A.Line(label) };

        var play = Rehearsal.Started(A.Workflow(A.Sequence(
            "s",
            A.Step("Switch", "sw", ("mode", mode), ("cases", new JsonArray(Case("a", "true"), Case("b", "false"), Case("c", "true"))), ("default", A.Line("d"))),
            A.Line("z"))));

        Assert.Equal(lines, play.Lines);
    }

    [Fact]
    public void A_switch_waits_for_all_its_bodies_and_takes_default_when_nothing_holds()
    {
        JsonObject Case(string label, JsonNode holds) =>
            new() { ["label"] = label, ["condition"] = new JsonObject { ["type"] = "Literal", ["value"] = holds }, ["activity"] = A.Event(label) };

        var waiting = Rehearsal.Started(A.Workflow(A.Sequence("s", A.Step("Switch", "sw", ("mode", "MatchAny"), ("cases", new JsonArray(Case("a", true), Case("b", "True")))), A.Line("z"))));
        waiting.Publish("b");
        Assert.Empty(waiting.Lines);
        waiting.Publish("a");
        Assert.Equal("z", waiting.Lines);

        Assert.Equal("d z", Rehearsal.Started(A.Workflow(A.Sequence("s", A.Step("Switch", "sw", ("cases", new JsonArray(Case("a", false))), ("default", A.Line("d"))), A.Line("z")))).Lines);
    }

    [Theory]
    [InlineData("WaitAny", "Canceled")]
    [InlineData("WaitAll", "Suspended")]
    public void A_fork_that_waits_for_any_cancels_the_loser_and_the_instance_finishes(string mode, string ending)
    {
        var fork = A.Step("Fork", "k").With("joinMode", mode).With("branches", new JsonArray(A.Event("a"), A.Event("b")));
        var play = Rehearsal.Started(A.Workflow(A.Sequence("s", fork, A.Line("z"))));

        play.Publish("a");

        Assert.EndsWith(ending, play.Of("b"), StringComparison.Ordinal);
        Assert.Equal(mode == "WaitAny" ? "z" : string.Empty, play.Lines);
        Assert.Equal(mode == "WaitAny" ? InstanceSubStatus.Finished : InstanceSubStatus.Suspended, play.Ending);
    }

    [Fact]
    public void Parallel_completes_when_all_its_children_have()
    {
        var play = Rehearsal.Started(A.Workflow(A.Sequence("s", A.Step("Parallel", "p").With("activities", new JsonArray(A.Event("a"), A.Line("b"), A.Event("c"))), A.Line("z"))));

        play.Publish("c");
        Assert.Equal("b", play.Lines);
        play.Publish("a");

        Assert.Equal("b z", play.Lines);
    }

    [Theory]
    [InlineData(true, "t z")]
    [InlineData(false, "z")]
    public void An_if_without_the_chosen_branch_goes_on(bool condition, string lines)
    {
        var play = Rehearsal.Started(A.Workflow(A.Flow("f", "i>z", A.Step("If", "i", ("condition", condition), ("then", A.Line("t"))), A.Line("z"))));

        Assert.Equal(lines, play.Lines);
    }
}
