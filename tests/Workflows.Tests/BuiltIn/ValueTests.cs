using System.Text.Json.Nodes;
using PublicService.Workflows.Running;
using PublicService.Workflows.Tests.Running;

namespace PublicService.Workflows.Tests.BuiltIn;

public sealed class ValueTests
{
    [Fact]
    public void Set_output_gives_the_workflow_its_output_converted_to_the_declared_type()
    {
        var play = Rehearsal.Started(A.Workflow(A.Sequence(
            "s",
            A.Step("SetOutput", "a", ("outputName", "So"), ("outputValue", "12")),
            A.Step("SetOutput", "b", ("outputName", "Khac"), ("outputValue", A.Js("({ x: [1] })"))))).With("outputs", new JsonArray(A.Port("So", "Int32"))));

        Assert.Equal("""{"So":12,"Khac":{"x":[1]}}""", play.State.Output.ToJson().ToJsonString());
    }

    [Fact]
    public void An_output_is_bound_to_a_variable_by_id_or_to_a_workflow_output_by_name()
    {
        JsonObject To(string target) => new() { ["typeName"] = "Object", ["memoryReference"] = new JsonObject { ["id"] = target } };

        var play = Rehearsal.Started(A.Workflow(
            A.Sequence(
                "s",
                A.Step("RunJavaScript", "a", ("script", "'7'"), ("result", To("var-1"))),
                A.Step("RunJavaScript", "b", ("script", "'ra'"), ("result", To("KetQua"))),
                A.Say("z", "getN() + 1")),
            A.Variable("N", "Int32").With("id", "var-1")).With("outputs", new JsonArray(A.Port("KetQua"))));

        Assert.Equal("8", play.Lines);
        Assert.Equal("ra", play.State.Output["KetQua"]!.ToString());
    }

    [Fact]
    public void An_output_bound_to_nothing_can_still_be_read_in_a_later_run()
    {
        var play = Rehearsal.Started(A.Workflow(A.Sequence(
            "s",
            A.Step("RunJavaScript", "a1", ("script", "({ so: 5 })")).With("name", "Tinh"),
            A.Event("w"),
            A.Say("z", "getOutputFrom('Tinh').so + getOutputFrom('a1', 'Result').so + getResultFromTinh().so"))));

        play.Publish("w");

        Assert.Equal("15", play.Lines);
    }

    [Fact]
    public void The_last_result_is_that_of_the_step_before()
    {
        var play = Rehearsal.Started(A.Workflow(A.Sequence("s", A.Step("RunJavaScript", "a", ("script", "41")), A.Say("z", "getLastResult() + 1"))));

        Assert.Equal("42", play.Lines);
    }

    [Fact]
    public void A_script_chooses_outcomes_and_gives_a_result()
    {
        var play = Rehearsal.Started(A.Workflow(A.Flow(
            "f",
            "r:A>a, r:B>b, r:Done>d",
            A.Step("RunJavaScript", "r", ("script", "setOutcomes(['A', 'B']); return 3"), ("possibleOutcomes", A.Json("[\"A\",\"B\"]"))),
            A.Say("a", "'a' + getOutputFrom('r')"),
            A.Line("b"),
            A.Line("d"))));

        Assert.Equal("a3 b", play.Lines);
    }

    [Fact]
    public void A_script_that_is_empty_or_names_no_outcome_leaves_by_done()
    {
        var play = Rehearsal.Started(A.Workflow(A.Flow("f", "r>q, q>z", A.Step("RunJavaScript", "r"), A.Step("RunJavaScript", "q", ("script", "1")), A.Line("z"))));

        Assert.Equal("z", play.Lines);
    }

    [Fact]
    public void A_task_is_requested_and_its_result_comes_back()
    {
        var play = Rehearsal.Started(A.Workflow(A.Sequence(
            "s",
            A.Step("RunTask", "t", ("taskName", "ThamDinh"), ("payload", A.Json("{\"ma\":{\"type\":\"JavaScript\",\"value\":\"'H' + 19\"}}"))),
            A.Say("z", "getOutputFrom('t').dat + (getOutputFrom('t', 'TaskId') ? '+id' : '')"))));

        Assert.Equal("ThamDinh", play.State.Bookmarks.Single().Payload!["TaskName"]!.ToString());
        Assert.Equal("H19", play.First.Steps.Values.Single(step => step.NodeId.EndsWith(":t", StringComparison.Ordinal)).Inputs!["Payload"]!["ma"]!.ToString());
        play.CompleteTask("Khac", null);
        play.CompleteTask("ThamDinh", new JsonObject { ["dat"] = true });

        Assert.Equal("true+id", play.Lines);
    }

    [Fact]
    public void Name_and_correlation_id_are_those_of_the_instance()
    {
        var play = Rehearsal.Started(A.Workflow(A.Sequence("s", A.Step("SetName", "n", ("value", "Khai sinh")), A.Step("Correlate", "c", ("correlationId", A.Js("'H' + 1"))), A.Say("z", "getWorkflowInstanceName() + getCorrelationId()"))));

        Assert.Equal("Khai sinhH1", play.Lines);
        Assert.Equal(("Khai sinh", "H1"), (play.State.Name, play.State.CorrelationId));
    }

    [Fact]
    public void A_fault_carries_its_code_category_and_type()
    {
        var play = Rehearsal.Started(A.Workflow(A.Step("Fault", "x", ("code", "E1"), ("category", "Nghiệp vụ"), ("faultType", "Thiếu"), ("message", "Thiếu giấy"))));

        var incident = play.State.Incidents.Single();
        Assert.Equal("Thiếu giấy", incident.Message);
        Assert.Equal(("E1", "Nghiệp vụ", "Thiếu"), (incident.Details!["code"]!.ToString(), incident.Details["category"]!.ToString(), incident.Details["type"]!.ToString()));
        Assert.Equal(InstanceSubStatus.Faulted, play.Ending);
    }

    [Fact]
    public void An_activity_nobody_knows_fails_when_it_is_reached()
    {
        var play = Rehearsal.Started(A.Workflow(A.Flow("f", "a>x, x>z", A.Line("a"), A.Step("Acme.Old", "x"), A.Line("z"))));

        Assert.Equal("a", play.Lines);
        Assert.Equal("x", play.State.Incidents.Single().ActivityId);
        Assert.Contains("Acme.Old", play.State.Incidents.Single().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Setting_a_variable_nobody_declared_is_an_incident()
    {
        var play = Rehearsal.Started(A.Workflow(A.Set("x", "KhongCo", "1")));

        Assert.Equal(InstanceSubStatus.Faulted, play.Ending);
    }
}
