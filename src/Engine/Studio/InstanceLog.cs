using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;
using PublicService.Workflows.Running;

namespace PublicService.Engine.Studio;

/// <summary>Everything an instance did, put together from its runs: one journal, and each step in its last state.</summary>
internal sealed class InstanceLog
{
    private readonly Dictionary<string, JournalEntry> entryOf = [];

    private InstanceLog(InstanceRow row, IEnumerable<JournalRow> runs)
    {
        Row = row;
        State = row.State is { } state ? InstanceJson.Read(state) : null;
        foreach (var run in runs)
        {
            Entries.AddRange(JsonSerializer.Deserialize(run.Entries, InstanceJson.Default.ListJournalEntry)!);
            foreach (var step in JsonSerializer.Deserialize(run.Steps, InstanceJson.Default.ListStepState)!)
            {
                Steps[step.Id] = step;
            }
        }

        foreach (var entry in Entries)
        {
            entryOf.TryAdd(entry.StepId, entry);
        }
    }

    public InstanceRow Row { get; }

    /// <summary>Null once the instance has finished.</summary>
    public InstanceState? State { get; }

    public List<JournalEntry> Entries { get; } = [];

    public Dictionary<string, StepState> Steps { get; } = [];

    /// <summary>Steps in the order they started.</summary>
    public IEnumerable<StepState> InOrder => Steps.Values.Where(step => entryOf.ContainsKey(step.Id)).OrderBy(step => entryOf[step.Id].Sequence);

    /// <summary>The first line of a step: what it is and what it stands in.</summary>
    public JournalEntry EntryOf(StepState step) => entryOf[step.Id];

    /// <summary>The steps that scheduled one another down to this one, the first of the instance first.</summary>
    public IReadOnlyList<StepState> ChainOf(StepState step)
    {
        var chain = new List<StepState>();
        for (StepState? at = step; at is not null && entryOf.ContainsKey(at.Id) && !chain.Contains(at); at = Steps.GetValueOrDefault(at.ScheduledById ?? at.ParentId ?? string.Empty))
        {
            chain.Add(at);
        }

        chain.Reverse();
        return chain;
    }

    public bool Waits(StepState step) => State?.Bookmarks.Exists(bookmark => bookmark.StepId == step.Id) is true;

    /// <summary>An instance of a dossier is seen by who may see the dossier, or who looks after definitions; steps show no personal data to the latter.</summary>
    /// <exception cref="ProblemException">404 NOT_FOUND.</exception>
    public static async Task<InstanceLog> LoadAsync(EngineDb db, string id, CancellationToken cancellationToken)
    {
        var row = await db.Instances.AsNoTracking().Where(row => row.Id == id).FindOrRefuseAsync("Lượt chạy", cancellationToken);
        var runs = await db.Journal.AsNoTracking().Where(run => run.InstanceId == id).OrderBy(run => run.FirstSequence).ToListAsync(cancellationToken);
        return new InstanceLog(row, runs);
    }

    /// <summary>Inputs of a step as the viewer shows them.</summary>
    public static JsonObject Shown(Dictionary<string, JsonNode?>? values, bool mayReadPersonalData)
    {
        var shown = new JsonObject();
        foreach (var (name, value) in values ?? [])
        {
            shown[name] = mayReadPersonalData || value is not (JsonObject or JsonArray) ? value?.DeepClone() : "…";
        }

        return shown;
    }

    /// <summary>What a step left by, as Elsa writes it into the payload.</summary>
    public static JsonObject? OutcomesOf(string[]? outcomes) =>
        outcomes is null ? null : new JsonObject { ["Outcomes"] = new JsonArray([.. outcomes.Select(outcome => JsonValue.Create(outcome))]) };

    /// <summary>What went wrong in a step, as the viewer shows it.</summary>
    public static JsonObject ExceptionOf(Incident incident) => new()
    {
        ["type"] = incident.ExceptionType ?? "",
        ["message"] = incident.Message,
        ["stackTrace"] = incident.Cause,
        ["innerException"] = null,
    };

    /// <summary>Whether the caller has business with what citizens have written, beyond the shape of the run.</summary>
    public static bool MayReadPersonalData(CurrentPerson person) => person.Holds(Role.Supervisor);
}
