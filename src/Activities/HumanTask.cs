using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using PublicService.Dossiers;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Json;
using PublicService.Workflows.Running;

namespace PublicService.Activities;

/// <summary>
/// A piece of work for a person, as it stands in the bookmark of a waiting step; the host shows it as a task and completes it
/// with a <see cref="TaskAnswer"/>.
/// </summary>
/// <param name="Role">Role that may do it, see <see cref="Role"/>.</param>
/// <param name="OfficeId">Office whose people may do it.</param>
/// <param name="Form">JSON Schema of what must be filled in; null when nothing.</param>
/// <param name="DueAt">Limit of this step in the office's working hours; the dossier's own limit is another matter.</param>
/// <param name="Minutes">Working minutes the step is given; 0 when it has no limit.</param>
/// <param name="Act">The formal act the work is, a right of its own; none for ordinary work.</param>
public sealed record TaskRequest(
    string Title,
    string Role,
    string OfficeId,
    IReadOnlyList<string> Outcomes,
    JsonObject? Form,
    DateTimeOffset? DueAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Minutes = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] FormalActs Act = FormalActs.None)
{
    /// <summary>Kind of stimulus of such a bookmark.</summary>
    public const string BookmarkName = "PublicService.Task";

    public JsonObject ToJson() => (JsonObject)JsonSerializer.SerializeToNode(this, TaskJson.Default.TaskRequest)!;

    public static TaskRequest Read(JsonNode payload) => payload.Deserialize(TaskJson.Default.TaskRequest)!;
}

/// <summary>How a person completed a task.</summary>
/// <param name="Form">Data of the task's form; empty when it has none.</param>
public sealed record TaskAnswer(string Outcome, JsonObject Form, string? Note)
{
    public JsonObject ToJson() => (JsonObject)JsonSerializer.SerializeToNode(this, TaskJson.Default.TaskAnswer)!;

    public static TaskAnswer Read(JsonObject input) => input.Deserialize(TaskJson.Default.TaskAnswer)!;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(TaskRequest))]
[JsonSerializable(typeof(TaskAnswer))]
internal sealed partial class TaskJson : JsonSerializerContext;

/// <summary>Asking people and taking their answers, with the ledger lines that belong to it.</summary>
internal static class HumanTask
{
    /// <param name="hours">Working hours of the office the step may take; 0 sets no limit.</param>
    public static StepResult Ask(
        this StepContext step, string title, string role, string officeId, int hours, IReadOnlyList<string> outcomes, JsonObject? form = null, FormalActs act = FormalActs.None) =>
        step.Ask(title, role, officeId, hours > 0 ? step.Subject().CalendarOf(officeId).AddWorking(step.Now, TimeSpan.FromHours(hours)) : null, outcomes, form, act);

    /// <summary>The same with the instant until which it must be done.</summary>
    public static StepResult Ask(
        this StepContext step, string title, string role, string officeId, DateTimeOffset? due, IReadOnlyList<string> outcomes, JsonObject? form = null, FormalActs act = FormalActs.None)
    {
        var subject = step.Subject();
        subject.Dossier.Note(
            LedgerAct.TaskCreated,
            Data(new JsonObject { ["title"] = title, ["role"] = role, ["office"] = officeId, ["due"] = Messages.Notification.Instant(due) }),
            Act.System(subject.Act.At));
        var minutes = due is { } until ? Math.Max(0, (int)subject.CalendarOf(officeId).WorkingTimeBetween(step.Now, until).TotalMinutes) : 0;
        return step.WaitFor(TaskRequest.BookmarkName, null, new TaskRequest(title, role, officeId, outcomes, form, due, minutes, act).ToJson());
    }

    public static TaskAnswer Answer(this StepContext step, Signal signal)
    {
        var answer = TaskAnswer.Read(signal.Input);
        var title = signal.Bookmark.Payload?["title"]?.ToString();
        var act = step.Subject().Act;
        step.Subject().Dossier.Note(
            LedgerAct.TaskCompleted,
            Data(new JsonObject { ["title"] = title, ["outcome"] = answer.Outcome }),
            answer.Note is { Length: > 0 } note ? act with { Reason = note } : act);
        return answer;
    }

    /// <summary>Ledger data is JSON text in readable Vietnamese.</summary>
    public static string Data(JsonObject data) => data.ToJsonString(JsonText.Readable);
}
