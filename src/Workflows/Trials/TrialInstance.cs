using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Workflows.Trials;

/// <summary>One instance of a trial with everything that happened to it.</summary>
public sealed class TrialInstance(WorkflowDefinition definition, InstanceState state)
{
    private readonly Dictionary<string, StepState> steps = [];
    private readonly List<JournalEntry> journal = [];

    public WorkflowDefinition Definition { get; } = definition;

    public InstanceState State { get; private set; } = state;

    public IReadOnlyDictionary<string, StepState> Steps => steps;

    public IReadOnlyList<JournalEntry> Journal => journal;

    internal void Add(RunResult result, bool stores)
    {
        journal.AddRange(result.Journal);
        foreach (var step in result.Touched)
        {
            steps[step.Id] = step;
        }

        State = stores ? InstanceJson.Copy(result.State) : result.State;
    }
}
