using PublicService.Workflows.Running;

namespace PublicService.Workflows.Tests.Running;

/// <summary>What holds of every flowchart without loops, whatever its arrows and the order in which events come.</summary>
public sealed class FlowPropertyTests
{
    private const int Graphs = 2_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Each_step_runs_exactly_when_a_followed_path_leads_to_it_and_once(int deliveries)
    {
        for (var seed = 0; seed < Graphs; seed++)
        {
            var flow = new RandomFlow(seed, joins: false);

            var play = Deliver(flow, new Random(seed * deliveries));

            Assert.True(play.Ending is InstanceSubStatus.Finished, $"Seed {seed} does not finish: {play.JournalText}");
            var entered = Entered(play);
            Assert.True(entered.Count == entered.Distinct().Count(), $"Seed {seed} runs a step twice: {play.JournalText}");
            Assert.True(flow.Expected().SetEquals(entered), $"Seed {seed} runs {string.Join(' ', entered)} instead of {string.Join(' ', flow.Expected())}.");
        }
    }

    [Fact]
    public void With_joins_of_every_mode_it_finishes_and_each_step_follows_from_those_that_completed()
    {
        for (var seed = 0; seed < Graphs; seed++)
        {
            var flow = new RandomFlow(seed, joins: true);

            var play = Deliver(flow, new Random(seed));

            Assert.True(play.Ending is InstanceSubStatus.Finished, $"Seed {seed} does not finish: {play.JournalText}");
            var entered = Entered(play);
            Assert.True(entered.Count == entered.Distinct().Count(), $"Seed {seed} runs a step twice: {play.JournalText}");
            var completed = play.First.Journal.Where(entry => entry.Event == "Completed").Select(entry => entry.ActivityId).ToHashSet();
            Assert.All(flow.Ids, id => Assert.True(
                flow.MustRun(id, completed) == entered.Contains(id),
                $"Seed {seed}, step {id} of {play.JournalText}"));
        }
    }

    private static Rehearsal Deliver(RandomFlow flow, Random random)
    {
        var play = new Rehearsal(flow.Workflow).Start();
        while (play.State.Bookmarks is { Count: > 0 } open)
        {
            play.Publish(open[random.Next(open.Count)].Key!);
        }

        return play;
    }

    private static List<string> Entered(Rehearsal play) =>
        [.. play.First.Journal.Where(entry => entry is { Event: "Started", ActivityId: not ("Workflow1" or "f") }).Select(entry => entry.ActivityId)];
}
