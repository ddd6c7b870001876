using System.Text.Json.Nodes;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Workflows.Tests.Running;

/// <summary>A running instance goes over to another version of its definition, or is told why it cannot.</summary>
public sealed class VersionMoveTests
{
    private const int Graphs = 4_000;

    [Fact]
    public void The_same_definition_again_changes_nothing_wherever_it_waits()
    {
        for (var seed = 0; seed < Graphs; seed++)
        {
            var flow = new RandomFlow(seed, joins: true);
            var (old, same) = (A.Definition(flow.Workflow), A.Definition(Next(flow.Workflow)));
            var (moved, plain) = (new MovedRun(old), new MovedRun(old));

            Assert.Empty(moved.Move(same));
            var order = new Random(seed);
            var again = new Random(seed);
            moved.ToEnd(order);
            plain.ToEnd(again);

            Assert.Equal(plain.Journal, moved.Journal);
        }
    }

    [Fact]
    public void Whatever_is_inserted_or_removed_what_may_move_comes_to_its_end_and_nothing_runs_twice()
    {
        var (moves, refusals) = (0, 0);
        for (var seed = 0; seed < Graphs; seed++)
        {
            var random = new Random(seed);
            var flow = new RandomFlow(seed, joins: true);
            var run = new MovedRun(A.Definition(flow.Workflow));
            run.Some(random);
            if (run.IsFinished)
            {
                continue;
            }

            var changed = Edit(Next(flow.Workflow), random);
            var next = A.Definition(changed);
            if (run.Move(next) is { Count: > 0 } obstacles)
            {
                Assert.All(obstacles, obstacle => Assert.NotEmpty(obstacle.Message));
                refusals++;
                continue;
            }

            moves++;
            run.ToEnd(random);
            Assert.True(run.IsFinished && run.State.SubStatus is InstanceSubStatus.Finished, $"Seed {seed} does not finish: {string.Join(", ", run.Journal)}\n{flow.Workflow.ToJsonString()}\n{changed.ToJsonString()}");
            var entered = run.Journal.Where(line => line.EndsWith("Started", StringComparison.Ordinal)).ToList();
            Assert.True(entered.Count == entered.Distinct().Count(), $"Seed {seed} runs a step twice: {string.Join(", ", run.Journal)}\n{flow.Workflow.ToJsonString()}\n{changed.ToJsonString()}");
        }

        Assert.True(moves > 300 && refusals > 30, $"{moves} moves, {refusals} refusals");
    }

    [Fact]
    public void A_step_that_is_gone_changed_its_kind_or_its_place_holds_it_back()
    {
        var run = new MovedRun(A.Definition(A.Workflow(A.Flow("f", "a>b", A.Event("a"), A.Line("b")))));

        Assert.Equal("STEP_GONE", Assert.Single(run.Move(Version2(A.Flow("f", "x>b", A.Event("x"), A.Line("b"))))).Code);
        Assert.Equal("STEP_OTHER_TYPE", Assert.Single(run.Move(Version2(A.Flow("f", "a>b", A.Line("a"), A.Line("b"))))).Code);
        Assert.Equal("STEP_ELSEWHERE", Assert.Single(run.Move(Version2(A.Flow("f", "s>b", A.Sequence("s", A.Event("a")), A.Line("b"))))).Code);
        Assert.Equal("STEP_UNREACHABLE", Assert.Single(run.Move(Version2(A.Flow("f", "b>c", A.Line("b"), A.Line("c"), A.Event("a")).With("start", "b")))).Code);
        Assert.Equal("main:1", run.State.DefinitionVersionId);
    }

    [Fact]
    public void A_join_that_a_branch_has_reached_must_be_the_same()
    {
        var run = new MovedRun(A.Definition(A.Workflow(A.Flow("f", "fork:A>a,fork:B>b,a>j,b>j,j>end", A.Fork("fork", "A", "B"), A.Event("a"), A.Event("b"), A.Join("j", "WaitAll"), A.Line("end")))));
        run.Publish("a");

        var third = A.Flow("f", "fork:A>a,fork:B>b,fork:C>c,a>j,b>j,c>j,j>end", A.Fork("fork", "A", "B", "C"), A.Event("a"), A.Event("b"), A.Event("c"), A.Join("j", "WaitAll"), A.Line("end"));
        Assert.Contains("JOIN_CHANGED", run.Move(Version2(third)).Select(finding => finding.Code));
        var other = A.Flow("f", "fork:A>a,fork:B>b,a>j,b>j,j>end", A.Fork("fork", "A", "B"), A.Event("a"), A.Event("b"), A.Join("j", "WaitAny"), A.Line("end"));
        Assert.Contains("JOIN_CHANGED", run.Move(Version2(other)).Select(finding => finding.Code));
        var without = A.Flow("f", "fork:A>a,fork:B>b,a>end,b>end", A.Fork("fork", "A", "B"), A.Event("a"), A.Event("b"), A.Line("end"));
        Assert.Contains("JOIN_GONE", run.Move(Version2(without)).Select(finding => finding.Code));
    }

    [Fact]
    public void A_join_ahead_that_waits_for_a_branch_already_passed_holds_it_back()
    {
        var run = new MovedRun(A.Definition(A.Workflow(A.Flow("f", "s>a,a>j,j>end", A.Line("s"), A.Event("a"), A.Join("j", "WaitAll"), A.Line("end")))));

        var passed = A.Flow("f", "s>a,s>c,a>j,c>j,j>end", A.Line("s"), A.Event("a"), A.Line("c"), A.Join("j", "WaitAll"), A.Line("end"));

        Assert.Equal("JOIN_NEVER", Assert.Single(run.Move(Version2(passed))).Code);
    }

    [Fact]
    public void In_a_loop_the_next_round_takes_the_new_way()
    {
        var run = new MovedRun(A.Definition(A.Workflow(A.Flow("f", "a>b,b>d,d:True>a,d:False>end", A.Line("a"), A.Event("b"), A.Decide("d", "getRounds() < 2"), A.Line("end")), A.Variable("Rounds", "Int32", 0))));
        var next = A.Workflow(
            A.Flow("f", "a>n,n>b,b>up,up>d,d:True>a,d:False>end", A.Line("a"), A.Line("n"), A.Event("b"), A.Set("up", "Rounds", "getRounds() + 1"), A.Decide("d", "getRounds() < 3"), A.Line("end")),
            A.Variable("Rounds", "Int32", 0));

        Assert.Empty(run.Move(A.Definition(next.Named("main", version: 2))));
        run.Publish("b");
        run.Publish("b");
        run.Publish("b");

        Assert.True(run.IsFinished);
        Assert.Equal("a a n a n end", string.Join(' ', run.Lines));
    }

    [Fact]
    public void New_variables_get_their_default_and_a_variable_of_another_type_holds_it_back()
    {
        var run = new MovedRun(A.Definition(A.Workflow(A.Flow("f", "a>b", A.Event("a"), A.Line("b")), A.Variable("X", "Int32", 1))));

        Assert.Equal("VARIABLE_OTHER_TYPE", Assert.Single(run.Move(A.Definition(A.Workflow(A.Flow("f", "a>b", A.Event("a"), A.Line("b")), A.Variable("X", "String", "1")).Named("main", version: 2)))).Code);
        Assert.Empty(run.Move(A.Definition(A.Workflow(A.Flow("f", "a>b", A.Event("a"), A.Say("b", "getX() + getY()")), A.Variable("X", "Int32", 1), A.Variable("Y", "Int32", 41)).Named("main", version: 2))));
        run.Publish("a");

        Assert.Equal(["42"], run.Lines);
    }

    [Fact]
    public void A_sequence_may_be_changed_behind_the_place_where_it_stands()
    {
        var run = new MovedRun(A.Definition(A.Workflow(A.Sequence("s", A.Line("x"), A.Event("a"), A.Line("b")))));

        Assert.Equal("CONTENT_CHANGED", Assert.Single(run.Move(Version2(A.Sequence("s", A.Event("a"), A.Line("b"))))).Code);
        Assert.Empty(run.Move(Version2(A.Sequence("s", A.Line("x"), A.Event("a"), A.Line("n"), A.Line("b")))));
        run.Publish("a");

        Assert.Equal("x n b", string.Join(' ', run.Lines));
    }

    [Fact]
    public void It_tells_which_waiting_steps_changed_and_which_outcomes_lead_nowhere_now()
    {
        var (old, run) = (A.Definition(A.Workflow(A.Flow("f", "a>b", A.Event("a"), A.Line("b")))), new MovedRun(A.Definition(A.Workflow(A.Flow("f", "a>b", A.Event("a"), A.Line("b"))))));

        var same = Assert.Single(VersionMove.Waiting(old, Version2(A.Flow("f", "a>c,c>b", A.Event("a"), A.Line("b"), A.Line("c"))), run.State));
        Assert.False(same.IsChanged || same.Lost.Count > 0);
        var changed = Assert.Single(VersionMove.Waiting(old, Version2(A.Flow("f", "b>a", A.Event("a", "other"), A.Line("b")).With("start", "b")), run.State));
        Assert.True(changed.IsChanged);
        Assert.Equal(["Done"], changed.Lost);
    }

    private static WorkflowDefinition Version2(JsonObject root) => A.Definition(A.Workflow(root).Named("main", version: 2));

    private static JsonObject Next(JsonObject workflow) => ((JsonObject)workflow.DeepClone()).Named("main", version: 2);

    /// <summary>Puts a step on an arrow, takes a step out of its arrows, or adds an arrow to a later step.</summary>
    private static JsonObject Edit(JsonObject workflow, Random random)
    {
        var root = workflow["root"]!.AsObject();
        var (steps, arrows) = (root["activities"]!.AsArray(), root["connections"]!.AsArray());
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            var id = $"x{edits}";
            switch (random.Next(3))
            {
                case 0 when arrows.Count > 0:
                    var arrow = arrows[random.Next(arrows.Count)]!;
                    steps.Add(A.Line(id));
                    arrows.Add(new JsonObject { ["source"] = new JsonObject { ["activity"] = id, ["port"] = "Done" }, ["target"] = arrow["target"]!.DeepClone() });
                    arrow["target"] = new JsonObject { ["activity"] = id, ["port"] = "In" };
                    break;
                case 1 when arrows.Count > 1:
                    arrows.RemoveAt(random.Next(arrows.Count));
                    break;
                default:
                    steps.Add(A.Line(id));
                    var from = steps[random.Next(steps.Count - 1)]!;
                    arrows.Add(new JsonObject { ["source"] = new JsonObject { ["activity"] = from["id"]!.ToString(), ["port"] = "Done" }, ["target"] = new JsonObject { ["activity"] = id, ["port"] = "In" } });
                    break;
            }
        }

        return workflow;
    }
}
