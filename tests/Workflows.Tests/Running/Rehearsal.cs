using System.Text.Json.Nodes;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;
using PublicService.Workflows.Trials;

namespace PublicService.Workflows.Tests.Running;

/// <summary>
/// Plays everything twice, with states stored between two runs and with states kept in memory, and insists that the same happens.
/// </summary>
internal sealed class Rehearsal
{
    public static readonly DateTimeOffset Morning = new(2026, 1, 5, 1, 0, 0, TimeSpan.Zero);

    private readonly Trial stored;
    private readonly Trial kept;

    public Rehearsal(params WorkflowDefinition[] definitions)
    {
        stored = new Trial(definitions, Morning, NextHour) { StoresStates = true };
        kept = new Trial(definitions, Morning, NextHour) { StoresStates = false };
    }

    public Rehearsal(JsonObject workflow, params JsonObject[] others)
        : this([.. others.Prepend(workflow).Select(definition => A.Definition(definition))])
    {
    }

    public string Lines => string.Join(' ', stored.Lines);

    public IReadOnlyList<TrialInstance> Instances => stored.Instances;

    public TrialInstance First => stored.Instances[0];

    public InstanceState State => First.State;

    public InstanceSubStatus Ending => State.SubStatus;

    public int Unmet => stored.UnmetStimuli;

    public DateTimeOffset Now => stored.Now;

    public IEnumerable<string> Journal => JournalOf(First);

    public string JournalText => string.Join(", ", Journal);

    /// <summary>Journal lines of one activity.</summary>
    public string Of(string activityId) => string.Join(' ', First.Journal.Where(entry => entry.ActivityId == activityId).Select(entry => entry.Event));

    public static Rehearsal Started(JsonObject workflow, params JsonObject[] others) => new Rehearsal(workflow, others).Start();

    public static Rehearsal StartedWith(JsonObject input, JsonObject workflow) => new Rehearsal(workflow).Start(input);

    public Rehearsal Start(JsonObject? input = null, string? correlationId = null) => Both(trial => trial.Start(input, correlationId));

    public Rehearsal Publish(string name, JsonNode? payload = null, string? correlationId = null) =>
        Both(trial => trial.Publish(name, payload, correlationId));

    /// <summary>Moves the instance back to a step.</summary>
    public Rehearsal Return(string activityId) => Both(trial => trial.Return(activityId));

    public Rehearsal CompleteTask(string name, JsonNode? result) => Both(trial => trial.CompleteTask(name, result));

    public Rehearsal Resume(string activityId, int index = 0) => Both(trial => trial.Resume(activityId, index, null));

    public Rehearsal Cancel(int instance = 0) => Both(trial => trial.Cancel(trial.Instances[instance]));

    public Rehearsal Wait(TimeSpan? time = null) => Both(trial => trial.Wait(time ?? TimeSpan.FromSeconds(1)));

    /// <summary>A clock that strikes every full hour, whatever the cron text says.</summary>
    private static DateTimeOffset? NextHour(string cron, DateTimeOffset after) =>
        cron == "never" ? null : new DateTimeOffset(after.Year, after.Month, after.Day, after.Hour, 0, 0, TimeSpan.Zero).AddHours(1);

    private Rehearsal Both(Action<Trial> act)
    {
        act(stored);
        act(kept);
        Assert.Equal(stored.Lines, kept.Lines);
        Assert.Equal(stored.Instances.SelectMany(JournalOf), kept.Instances.SelectMany(JournalOf));
        Assert.Equal(stored.Instances.Select(TextOf), kept.Instances.Select(TextOf));
        return this;
    }

    private static IEnumerable<string> JournalOf(TrialInstance instance) => instance.Journal.Select(entry => $"{entry.ActivityId} {entry.Event}");

    private static string TextOf(TrialInstance instance) => System.Text.Encoding.UTF8.GetString(InstanceJson.Write(instance.State));
}
