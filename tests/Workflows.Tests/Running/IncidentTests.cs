using System.Text.Json.Nodes;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Workflows.Tests.Running;

public sealed class IncidentTests
{
    private static readonly RunEnvironment Environment = new() { Now = Rehearsal.Morning };

    private static JsonObject Failing(string strategy) => A.Workflow(
            A.Flow("f", "s>x, s>o, x:A>a, x>z, a>z", A.Line("s"), A.Step("RunJavaScript", "x", ("script", "if (getBad()) { throw new Error('no') }")), A.Line("o"), A.Line("a"), A.Line("z")),
            A.Variable("Bad", "Boolean", "true"))
        .Option("incidentStrategyType", strategy);

    [Fact]
    public void By_default_a_failure_ends_the_instance_and_work_already_queued_still_runs()
    {
        var play = Rehearsal.Started(Failing("FaultStrategy"));

        Assert.Equal("s o", play.Lines);
        Assert.Equal((InstanceStatus.Finished, InstanceSubStatus.Faulted), (play.State.Status, play.Ending));
    }

    [Fact]
    public void Continuing_with_incidents_leaves_the_instance_waiting_without_a_bookmark()
    {
        var play = Rehearsal.Started(Failing("Elsa.Workflows.IncidentStrategies.ContinueWithIncidentsStrategy, Elsa.Workflows.Core"));

        Assert.Equal("s o", play.Lines);
        Assert.Equal((InstanceStatus.Running, InstanceSubStatus.Suspended), (play.State.Status, play.Ending));
        Assert.Empty(play.State.Bookmarks);
    }

    [Theory]
    [InlineData("FaultStrategy")]
    [InlineData("ContinueWithIncidentsStrategy")]
    public void A_failed_step_can_be_retried_and_the_flow_goes_on(string strategy)
    {
        var (definition, state) = Fail(strategy);
        state.Steps.Single(step => step.ParentId is null).Variables!["Bad"] = JsonValue.Create(false);

        var result = WorkflowRunner.Retry(definition, state, state.Incidents.Single().StepId, Environment);

        Assert.Equal(["z"], result.Lines);
        Assert.Equal(InstanceSubStatus.Finished, result.State.SubStatus);
        Assert.NotNull(result.State.Incidents.Single().ResolvedAt);
        Assert.All(result.State.Steps, step => Assert.Equal(0, step.FaultCount));
    }

    [Theory]
    [InlineData("FaultStrategy", null, "z")]
    [InlineData("FaultStrategy", "A", "a z")]
    [InlineData("ContinueWithIncidentsStrategy", null, "z")]
    [InlineData("ContinueWithIncidentsStrategy", "A", "a z")]
    public void A_failed_step_can_be_taken_for_done_with_an_outcome(string strategy, string? outcome, string lines)
    {
        var (definition, state) = Fail(strategy);

        var result = WorkflowRunner.Skip(definition, state, state.Incidents.Single().StepId, outcome, Environment);

        Assert.Equal(lines, string.Join(' ', result.Lines));
        Assert.Equal(InstanceSubStatus.Finished, result.State.SubStatus);
    }

    [Fact]
    public void A_retry_that_fails_again_is_a_second_incident()
    {
        var (definition, state) = Fail("FaultStrategy");

        var result = WorkflowRunner.Retry(definition, state, state.Incidents.Single().StepId, Environment);

        Assert.Equal(2, result.State.Incidents.Count);
        Assert.Equal(InstanceSubStatus.Faulted, result.State.SubStatus);
    }

    [Fact]
    public void Only_a_failed_step_can_be_retried_or_skipped()
    {
        var (definition, state) = Fail("FaultStrategy");

        Assert.Equal("STEP_NOT_FAULTED", Assert.Throws<RunRefusedException>(() => WorkflowRunner.Retry(definition, state, "no", Environment)).Code);
        Assert.Equal("STEP_NOT_FAULTED", Assert.Throws<RunRefusedException>(() => WorkflowRunner.Skip(definition, state, "no", null, Environment)).Code);
    }

    [Fact]
    public void A_failure_in_a_loop_of_a_sub_flow_is_counted_by_all_around_it()
    {
        var play = Rehearsal.Started(A.Workflow(A.Flow("f", "l>z", A.Step("ForEach", "l", ("items", A.Json("[1]")), ("body", A.Step("Fault", "x"))), A.Line("z"))));

        Assert.Equal([1, 1, 1, 1], play.First.Steps.Values.Select(step => step.FaultCount));
    }

    [Fact]
    public void A_refusal_of_the_host_is_no_incident_and_reaches_the_caller()
    {
        var definition = A.Definition(A.Workflow(A.Step("Fault", "x", ("message", "rule"))));

        Assert.Throws<FaultException>(() => WorkflowRunner.Start(definition, new StartRequest(), new RunEnvironment { Now = Rehearsal.Morning, IsRefusal = failure => failure is FaultException }));
    }

    [Fact]
    public void A_finished_instance_and_a_bookmark_that_is_gone_are_refused()
    {
        var done = A.Definition(A.Workflow(A.Line("x")));
        var state = WorkflowRunner.Start(done, new StartRequest(), Environment).State;
        Assert.Equal("INSTANCE_FINISHED", Assert.Throws<RunRefusedException>(() => WorkflowRunner.Resume(done, state, "b", [], Environment)).Code);

        var waiting = A.Definition(A.Workflow(A.Event("x")));
        state = WorkflowRunner.Start(waiting, new StartRequest(), Environment).State;
        Assert.Equal("BOOKMARK_NOT_FOUND", Assert.Throws<RunRefusedException>(() => WorkflowRunner.Resume(waiting, state, "b", [], Environment)).Code);
    }

    private static (WorkflowDefinition Definition, InstanceState State) Fail(string strategy)
    {
        var definition = A.Definition(Failing(strategy));
        var state = WorkflowRunner.Start(definition, new StartRequest(), Environment).State;
        return (definition, InstanceJson.Read(InstanceJson.Write(state)));
    }
}
