using PublicService.Workflows.Running;

namespace PublicService.Workflows.Tests.Running;

/// <summary>Loops entered at one place, with branches, choices and waiting steps in them and around them.</summary>
public sealed class LoopPropertyTests
{
    private const int Programs = 1_000;

    [Fact]
    public void A_process_with_loops_never_hangs_never_ends_early_and_runs_each_step_as_often_as_its_words_say()
    {
        for (var seed = 0; seed < Programs; seed++)
        {
            var program = new RandomProgram(seed);
            var random = new Random(seed);

            var play = new Rehearsal(program.Workflow).Start();
            for (var delivered = 0; play.State.Bookmarks.Count > 0 && delivered < 2_000; delivered++)
            {
                var open = play.State.Bookmarks;
                play.Publish(open[random.Next(open.Count)].Key!);
            }

            Assert.True(play.Ending is InstanceSubStatus.Finished, $"Seed {seed} is {play.Ending}: {play.JournalText}");
            foreach (var (id, times) in program.Expected)
            {
                var ran = play.First.Journal.Count(entry => entry.ActivityId == id && entry.Event == "Completed");
                Assert.True(ran == times, $"Seed {seed}: {id} ran {ran} times instead of {times}: {play.JournalText}\n{program.Workflow["root"]!["connections"]!.ToJsonString()}");
            }
        }
    }
}
