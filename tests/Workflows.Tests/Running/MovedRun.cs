using System.Text.Json.Nodes;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Workflows.Tests.Running;

/// <summary>One instance that waits for events and may be moved to another version in between.</summary>
internal sealed class MovedRun
{
    private readonly RunEnvironment environment = new() { Now = Rehearsal.Morning };
    private readonly List<string> journal = [];
    private readonly List<string> lines = [];
    private WorkflowDefinition definition;

    public MovedRun(WorkflowDefinition definition)
    {
        this.definition = definition;
        State = null!;
        Take(WorkflowRunner.Start(definition, new StartRequest { InstanceId = "i" }, environment));
    }

    public InstanceState State { get; private set; }

    public bool IsFinished => State.Status is InstanceStatus.Finished;

    public IReadOnlyList<string> Journal => journal;

    public IReadOnlyList<string> Lines => lines;

    /// <summary>Moves it when nothing stands in the way.</summary>
    public IReadOnlyList<Finding> Move(WorkflowDefinition to)
    {
        if (IsFinished)
        {
            return [];
        }

        var obstacles = VersionMove.Obstacles(definition, to, State);
        if (obstacles.Count == 0)
        {
            VersionMove.Apply(definition, to, State);
            definition = to;
        }

        return obstacles;
    }

    public void Publish(string name) => Resume(State.Bookmarks.Find(bookmark => bookmark.Key == name)!);

    /// <summary>Some of the events.</summary>
    public void Some(Random random)
    {
        for (var events = random.Next(3); events > 0 && State.Bookmarks.Count > 0; events--)
        {
            Resume(State.Bookmarks[random.Next(State.Bookmarks.Count)]);
        }
    }

    public void ToEnd(Random random)
    {
        while (!IsFinished && State.Bookmarks.Count > 0)
        {
            Resume(State.Bookmarks[random.Next(State.Bookmarks.Count)]);
        }
    }

    private void Resume(Bookmark bookmark) => Take(WorkflowRunner.Resume(definition, State, bookmark.Id, new JsonObject(), environment));

    private void Take(RunResult result)
    {
        journal.AddRange(result.Journal.Where(entry => entry.ActivityId is not ("Workflow1" or "f")).Select(entry => $"{entry.ActivityId} {entry.Event}"));
        lines.AddRange(result.Lines);
        State = InstanceJson.Read(InstanceJson.Write(result.State));
    }
}
