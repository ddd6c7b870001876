using System.Text.Json.Nodes;
using PublicService.Workflows.Running;

namespace PublicService.Workflows.Tests.Running;

public sealed class EndingTests
{
    [Fact]
    public void Complete_in_an_inner_flow_ends_the_workflow_and_nothing_after_it_runs()
    {
        var inner = A.Flow("in", "c>after", A.Step("Complete", "c", ("outcomes", A.Json("[\"Duyet\",\"Xong\"]"))), A.Line("after"));
        var play = Rehearsal.Started(A.Workflow(A.Flow("f", "s>in, s>w, in>z, w>z", A.Line("s"), inner, A.Event("w"), A.Line("z"))));

        Assert.Equal("s", play.Lines);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
        Assert.Empty(play.State.Bookmarks);
        Assert.Empty(play.State.Incidents);
        Assert.Equal(["Duyet", "Xong"], play.First.Journal.Last(entry => entry is { ActivityId: "Workflow1", Event: "Completed" }).Outcomes!);
    }

    [Fact]
    public void Complete_in_a_loop_in_a_sequence_ends_the_workflow()
    {
        var play = Rehearsal.Started(A.Workflow(A.Sequence(
            "s",
            A.Step("ForEach", "l", ("items", A.Json("[1,2,3]")), ("body", A.Sequence("b", A.Say("x", "getVariable('CurrentValue')"), A.Step("Complete", "c"), A.Line("y")))),
            A.Line("z"))));

        Assert.Equal("1", play.Lines);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Theory]
    [InlineData("Duyet", "duyet")]
    [InlineData("TuChoi", "tuchoi")]
    public void Complete_in_a_workflow_used_as_an_activity_gives_its_outcome_to_the_outer_flow(string outcome, string line)
    {
        var part = A.Definition(A.Workflow(A.Flow("in", "p>c, c>after", A.Event("p"), A.Step("Complete", "c", ("outcomes", A.Json($"[\"{outcome}\"]"))), A.Line("after")))
            .With("outcomes", new JsonArray("Duyet", "TuChoi")).Option("usableAsActivity", true).Named("part", "Xet duyet"));
        var main = A.Definition(
            A.Workflow(A.Flow("f", "p1:Duyet>duyet, p1:TuChoi>tuchoi", A.Step(".XetDuyet", "p1").With("type", "XetDuyet"), A.Line("duyet"), A.Line("tuchoi"))),
            part);
        var play = new Rehearsal(main, part).Start();

        play.Publish("p");

        Assert.Equal(line, play.Lines);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Fact]
    public void A_workflow_used_as_an_activity_is_found_by_its_id_after_it_was_renamed()
    {
        var part = A.Definition(A.Workflow(A.Sequence("in", A.Line("inside"))).Option("usableAsActivity", true).Named("part", "Ten moi"));
        var main = A.Definition(
            A.Workflow(A.Flow("f", "p1>z", A.Step("x", "p1").With("type", "TenCu").With("workflowDefinitionId", "part"), A.Line("z"))),
            part);

        var play = new Rehearsal(main, part).Start();

        Assert.Equal("inside z", play.Lines);
    }

    [Fact]
    public void A_workflow_used_as_an_activity_takes_inputs_gives_outputs_and_leaves_by_done()
    {
        var part = A.Definition(A.Workflow(A.Sequence(
                "in",
                A.Say("x", "getMaHoSo() + getVariable('Rieng')"),
                A.Event("w"),
                A.Step("SetOutput", "o", ("outputName", "KetQua"), ("outputValue", A.Js("getInput('MaHoSo') + '!'"))),
                A.Step("WriteLine", "y", ("text", A.Of("Input", "{\"name\":\"MaHoSo\"}")))),
            A.Variable("Rieng", "String", "-r"))
            .With("inputs", new JsonArray(A.Port("MaHoSo"))).With("outputs", new JsonArray(A.Port("KetQua")))
            .Option("usableAsActivity", true).Named("part", "tiep nhan"));
        var main = A.Definition(
            A.Workflow(
                A.Flow(
                    "f",
                    "p1>z",
                    A.Step("x", "p1", ("maHoSo", "H19"), ("ketQua", new JsonObject { ["typeName"] = "String", ["memoryReference"] = new JsonObject { ["id"] = "Ra" } })).With("type", "TiepNhan"),
                    A.Say("z", "getRa() + getOutputFrom('p1', 'KetQua')")),
                A.Variable("Ra", "String")),
            part);
        var play = new Rehearsal(main, part).Start();

        play.Publish("w");

        Assert.Equal("H19-r H19 H19!H19!", play.Lines);
        Assert.Empty(play.State.Output);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Fact]
    public void Finish_inside_a_parallel_loop_ends_everything_at_once()
    {
        var body = A.Flow("b", "d:True>x, d:False>w, x>y", A.Decide("d", "getVariable('CurrentIndex') === 1"), A.Step("Finish", "x"), A.Line("y"), A.Event("w"));
        var play = Rehearsal.Started(A.Workflow(A.Sequence("s", A.Step("ParallelForEach", "l", ("items", A.Json("[0,1,2]")), ("body", body)), A.Line("z"))));

        Assert.Empty(play.Lines);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
        Assert.Empty(play.State.Bookmarks);
        Assert.DoesNotContain(play.First.Steps.Values, step => step.Status is StepStatus.Running);
    }

    [Fact]
    public void Finish_ends_an_instance_that_waits_elsewhere()
    {
        var play = Rehearsal.Started(A.Workflow(A.Flow("f", "s>w, s>e, e>x", A.Line("s"), A.Event("w"), A.Event("e"), A.Step("Finish", "x"))));

        play.Publish("e");

        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
        Assert.Equal("Started Suspended Canceled", play.Of("w"));
    }

    [Fact]
    public void A_terminal_step_ends_a_sequence()
    {
        var play = Rehearsal.Started(A.Workflow(A.Sequence("s", A.Sequence("in", A.Line("a"), A.Step("End", "e"), A.Line("b")), A.Line("z"))));

        Assert.Equal("a z", play.Lines);
    }

    [Theory]
    [InlineData("While", "condition", "true")]
    [InlineData("ForEach", "items", "[1,2,3]")]
    [InlineData("ParallelForEach", "items", "[1,2,3]")]
    [InlineData("For", "end", "5")]
    public void Break_ends_the_nearest_loop_and_the_flow_goes_on(string loop, string field, string script)
    {
        var body = A.Flow("b", "a>k, k>c", A.Line("a"), A.Step("Break", "k"), A.Line("c"));
        var play = Rehearsal.Started(A.Workflow(A.Flow("f", "l>z", A.Step(loop, "l", (field, A.Js(script)), ("body", body)), A.Line("z"))));

        Assert.StartsWith("a", play.Lines, StringComparison.Ordinal);
        Assert.DoesNotContain("c", play.Lines, StringComparison.Ordinal);
        Assert.EndsWith("z", play.Lines, StringComparison.Ordinal);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }

    [Fact]
    public void Break_in_an_inner_loop_leaves_the_outer_one_alone()
    {
        var inner = A.Step("ForEach", "in", ("items", A.Json("[1,2]")), ("body", A.Sequence("ib", A.Line("i"), A.Step("If", "if", ("condition", true), ("then", A.Step("Break", "k"))), A.Line("never"))));
        var play = Rehearsal.Started(A.Workflow(A.Sequence("s", A.Step("ForEach", "out", ("items", A.Json("[1,2]")), ("body", A.Sequence("ob", inner, A.Line("o")))), A.Line("z"))));

        Assert.Equal("i o i o z", play.Lines);
    }

    [Fact]
    public void Break_in_a_parallel_loop_cancels_iterations_that_wait()
    {
        var body = A.Flow("b", "d:True>w, d:False>k, w>c", A.Decide("d", "getVariable('CurrentIndex') < 2"), A.Event("w"), A.Step("Break", "k"), A.Line("c"));
        var play = Rehearsal.Started(A.Workflow(A.Sequence("s", A.Step("ParallelForEach", "l", ("items", A.Json("[0,1,2]")), ("body", body)), A.Line("z"))));

        Assert.Equal("z", play.Lines);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
        Assert.Empty(play.State.Bookmarks);
    }

    [Fact]
    public void Break_after_a_wait_still_ends_the_loop()
    {
        var play = Rehearsal.Started(A.Workflow(A.Sequence("s", A.Step("While", "l", ("condition", true), ("body", A.Sequence("b", A.Event("w"), A.Step("Break", "k")))), A.Line("z"))));

        play.Publish("w");

        Assert.Equal("z", play.Lines);
        Assert.Equal(InstanceSubStatus.Finished, play.Ending);
    }
}
