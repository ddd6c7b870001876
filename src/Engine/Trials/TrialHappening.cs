using System.Text.Json;
using System.Text.Json.Nodes;
using PublicService.Dossiers;
using PublicService.Engine.Storage;
using PublicService.Workflows.Running;

namespace PublicService.Engine.Trials;

/// <summary>What one move of a trial made happen: what its clicks would have stored and sent.</summary>
internal sealed class TrialHappening(string label)
{
    private readonly List<TrialStepJournal> journal = [];
    private readonly List<TrialMessage> messages = [];
    private readonly List<TrialForm> forms = [];
    private readonly List<TrialResult> results = [];
    private readonly List<string> troubles = [];

    public List<LedgerEntry> Lines { get; } = [];

    /// <summary>Messages as they would lie in the outbox.</summary>
    public List<OutboxRow> Outbox { get; } = [];

    public IEnumerable<TrialStepJournal> Journal => journal;

    /// <summary>Takes a row a click would have stored; rows that only serve lists and counts say nothing new.</summary>
    public void Add(object row)
    {
        switch (row)
        {
            case JournalRow run:
                journal.AddRange(JsonSerializer.Deserialize(run.Entries, InstanceJson.Default.ListJournalEntry)!
                    .Select(entry => new TrialStepJournal(entry.ActivityId, entry.ActivityName, entry.ActivityType, entry.Event, entry.Outcomes, entry.At)));
                break;
            case OutboxRow message:
                Outbox.Add(message);
                messages.Add(new(message.Kind, JsonNode.Parse(message.Payload)));
                break;
            case FormRow form:
                forms.Add(new(form.Kind.No(), form.Kind.Name(), form.OfficeId, JsonNode.Parse(form.Content)!));
                break;
            case ResultRow result:
                results.Add(new(result.Code, result.Name, result.Number, JsonNode.Parse(result.Data)));
                break;
            case IncidentRow:
                troubles.Add("Quy trình đứng lại: không còn việc, sự kiện hay đồng hồ nào để đi tiếp.");
                break;
        }
    }

    /// <summary>Something somebody would have to look at.</summary>
    public void Trouble(string sentence) => troubles.Add(sentence);

    /// <param name="officeNameOf">Name of an office; ids that are no office stay as they are.</param>
    public TrialStep ToStep(DateTimeOffset at, Func<string, string> officeNameOf) => new(
        label,
        at,
        [.. Lines.Select(line => new TrialLine(
            line.At, line.Act, line.Act.Word(), line.ActorName, officeNameOf(line.OfficeId), line.Reason, line.Article, line.StatusAfter.Word(), line.DueAfter, line.Data is null ? null : JsonNode.Parse(line.Data)))],
        journal,
        messages,
        forms,
        results,
        troubles);
}

/// <summary>One move with everything it made happen.</summary>
/// <param name="At">The trial's clock after it.</param>
/// <param name="Messages">What would have been sent to the outside world.</param>
/// <param name="Forms">Forms that would have been issued; their numbers are given at the real issue.</param>
/// <param name="Troubles">What somebody would have to look at.</param>
public sealed record TrialStep(
    string Label,
    DateTimeOffset At,
    IReadOnlyList<TrialLine> Lines,
    IReadOnlyList<TrialStepJournal> Journal,
    IReadOnlyList<TrialMessage> Messages,
    IReadOnlyList<TrialForm> Forms,
    IReadOnlyList<TrialResult> Results,
    IReadOnlyList<string> Troubles);

/// <summary>A line of the ledger.</summary>
public sealed record TrialLine(
    DateTimeOffset At, LedgerAct Act, string ActWord, string ActorName, string OfficeName, string? Reason, string? Article, string StatusWord, DateTimeOffset? DueAfter, JsonNode? Data);

/// <summary>A line of the workflow's journal.</summary>
public sealed record TrialStepJournal(string Step, string? Name, string Type, string Event, IReadOnlyList<string>? Outcomes, DateTimeOffset At);

/// <summary>A message of the outbox.</summary>
public sealed record TrialMessage(string Kind, JsonNode? Payload);

/// <summary>A form of TT 03/2025/TT-VPCP with what it would say.</summary>
public sealed record TrialForm(string No, string Name, string OfficeId, JsonNode Content);

/// <summary>An electronic result.</summary>
public sealed record TrialResult(string Code, string Name, string? Number, JsonNode? Data);
