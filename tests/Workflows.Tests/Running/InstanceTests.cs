using System.Diagnostics;
using System.Text.Json.Nodes;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Workflows.Tests.Running;

public sealed class InstanceTests
{
    public static TheoryData<string> Endless { get; } = ["while", "flow", "child", "sequence"];

    [Theory]
    [MemberData(nameof(Endless))]
    public void An_endless_workflow_is_stopped_soon_and_the_process_stays_healthy(string kind)
    {
        var watch = Stopwatch.StartNew();
        var play = Rehearsal.Started(kind switch
        {
            "while" => A.Workflow(A.Step("While", "l", ("condition", true), ("body", A.Step("SetName", "n")))),
            "flow" => A.Workflow(A.Flow("f", "a>b, b>a", A.Step("SetName", "a"), A.Step("SetName", "b"))),
            "child" => A.Workflow(A.Step("ExecuteWorkflow", "x", ("workflowDefinitionId", "main"))),
            _ => A.Workflow(A.Step("While", "l", ("condition", A.Js("true")), ("body", A.Sequence("s")))),
        });

        // Two runs of it; the guard counts steps, so this only tells that nothing explodes.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
        Assert.Contains(play.Instances, instance => instance.State.SubStatus is InstanceSubStatus.Faulted);
        Assert.Equal("a", Rehearsal.Started(A.Workflow(A.Line("a"))).Lines);
    }

    [Fact]
    public void Nesting_beyond_reason_is_refused_before_it_runs()
    {
        static JsonObject Nested(int depth) => Enumerable.Range(0, depth).Aggregate(A.Line("x"), (inner, level) => A.Sequence($"s{level}", inner));

        Assert.Equal("DEFINITION_TOO_DEEP", Assert.Throws<DefinitionException>(() => A.Definition(A.Workflow(Nested(70)))).Code);
        Assert.Equal("x", Rehearsal.Started(A.Workflow(Nested(50))).Lines);
        var text = string.Concat(Enumerable.Repeat("{\"root\":", 100_000)) + "1" + new string('}', 100_000);
        Assert.Equal("DEFINITION_MALFORMED", Assert.Throws<DefinitionException>(() => Workflows.Json.DefinitionReader.Read(text, A.Catalog)).Code);
    }

    [Fact]
    public void The_journal_is_numbered_from_one_without_gaps_over_all_runs()
    {
        var play = Rehearsal.Started(A.Workflow(A.Flow("f", "a>e, e>z, a>d", A.Line("a"), A.Event("e"), A.Step("Delay", "d"), A.Line("z"))));

        play.Publish("e").Cancel();

        Assert.Equal(Enumerable.Range(1, play.First.Journal.Count).Select(number => (long)number), play.First.Journal.Select(entry => entry.Sequence));
        Assert.Equal(play.First.Journal.Count, play.State.JournalSequence);
        Assert.All(play.First.Journal, entry => Assert.Contains(entry.StepId, play.First.Steps.Keys));
    }

    [Fact]
    public void A_step_is_written_as_resumed_when_a_bookmark_stands_on_its_node()
    {
        var play = Rehearsal.Started(A.Workflow(A.Step("ParallelForEach", "l", ("items", A.Json("[0,1]")), ("body", A.Event("e")))));

        Assert.Equal("Started Suspended Resumed Suspended", play.Of("e"));
        Assert.Equal("Started Suspended Resumed Suspended Resumed Completed Resumed Completed", play.Publish("e").Of("e"));
    }

    [Fact]
    public void Cancelling_leaves_nothing_that_runs_waits_or_is_due()
    {
        var play = Rehearsal.Started(A.Workflow(A.Flow("f", "a>e, a>d, a>in", A.Line("a"), A.Event("e"), A.Step("Delay", "d"), A.Flow("in", "w>z", A.Event("w"), A.Line("z")))));

        play.Cancel().Publish("e").Publish("w").Wait(TimeSpan.FromHours(1));

        Assert.Equal((InstanceStatus.Finished, InstanceSubStatus.Cancelled), (play.State.Status, play.Ending));
        Assert.Empty(play.State.Bookmarks);
        Assert.DoesNotContain(play.First.Steps.Values, step => step.Status is StepStatus.Running);
        Assert.Equal("a", play.Lines);
    }

    [Fact]
    public void Cancelling_what_has_ended_changes_nothing()
    {
        var play = Rehearsal.Started(A.Workflow(A.Line("a")));
        var journal = play.JournalText;

        play.Cancel();

        Assert.Equal((InstanceSubStatus.Finished, journal), (play.Ending, play.JournalText));
    }

    [Theory]
    [InlineData(null, 3)]
    [InlineData("Elsa.Workflows.ActivationValidators.AllowAlwaysStrategy, Elsa.Workflows.Core", 3)]
    [InlineData("Elsa.Workflows.Runtime.ActivationValidators.SingletonStrategy, Elsa.Workflows.Runtime", 1)]
    [InlineData("Elsa.Workflows.Runtime.ActivationValidators.CorrelationStrategy, Elsa.Workflows.Runtime", 2)]
    [InlineData("Elsa.Workflows.Runtime.ActivationValidators.CorrelatedSingletonStrategy, Elsa.Workflows.Runtime", 2)]
    public void The_activation_strategy_decides_whether_another_may_start(string? strategy, int started)
    {
        var play = new Rehearsal(A.Workflow(A.Event("e")).Option("activationStrategyType", strategy!));

        play.Start(correlationId: "A").Start(correlationId: "A").Start(correlationId: "B");

        Assert.Equal(started, play.Instances.Count);
    }

    [Fact]
    public void A_singleton_may_start_again_when_the_first_has_ended()
    {
        var play = new Rehearsal(A.Workflow(A.Event("e")).Option("activationStrategyType", "Elsa.Workflows.Runtime.ActivationValidators.SingletonStrategy, Elsa.Workflows.Runtime"));

        play.Start().Publish("e").Start();

        Assert.Equal(2, play.Instances.Count);
    }

    [Fact]
    public void Finished_steps_leave_the_state_so_that_it_does_not_grow()
    {
        var play = Rehearsal.Started(A.Workflow(A.Flow("f", "h>e, e>h", A.Line("h"), A.Event("e"))));
        var size = InstanceJson.Write(play.State).Length;

        for (var round = 0; round < 50; round++)
        {
            play.Publish("e");
        }

        Assert.InRange(InstanceJson.Write(play.State).Length, size, size + 100);
    }
}
