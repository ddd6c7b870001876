using System.Text.Json;
using PublicService.Workflows.Running;

namespace PublicService.Engine.Definitions;

/// <summary>A task as far as its step's time goes.</summary>
internal sealed record StepTask(string InstanceId, string Title, string? OfficeId, DateTimeOffset CreatedAt, DateTimeOffset? DueAt, DateTimeOffset? CompletedAt);

/// <summary>One time a dossier came to a step.</summary>
/// <param name="OfficeId">Whose hours count: the office that had the task, else the one that decides the dossier.</param>
internal sealed record StepPass(
    string NodeId, DateTimeOffset StartedAt, DateTimeOffset? CompletedAt, string[]? Outcomes, string OfficeId, IReadOnlyList<StepTask> Tasks)
{
    /// <summary>The little that is needed of a <see cref="StepState"/>; values of citizens are not read.</summary>
    private sealed record Written(string Id, string NodeId, StepStatus Status, DateTimeOffset StartedAt, DateTimeOffset? CompletedAt, string[]? Outcomes, Inputs? Inputs);

    private sealed record Inputs([property: System.Text.Json.Serialization.JsonPropertyName("Title")] JsonElement? Title);

    /// <summary>Passes of one instance that were not cancelled, each with the tasks it gave out.</summary>
    /// <param name="runs">Steps of its journal, oldest run first; a later line of a step replaces an earlier one.</param>
    public static IEnumerable<StepPass> Read(IEnumerable<byte[]> runs, IReadOnlyList<StepTask> tasks, string competentOfficeId)
    {
        var steps = new Dictionary<string, Written>();
        foreach (var step in runs.SelectMany(run => JsonSerializer.Deserialize<List<Written>>(run, JsonText.Records)!))
        {
            steps[step.Id] = step;
        }

        foreach (var step in steps.Values.Where(step => step.Status is not StepStatus.Canceled))
        {
            var own = TasksOf(step, steps.Values, tasks);
            yield return new(step.NodeId, step.StartedAt, step.CompletedAt, step.Outcomes, own.Select(task => task.OfficeId).OfType<string>().FirstOrDefault() ?? competentOfficeId, own);
        }
    }

    /// <summary>A task does not name its step; it has the step's title and is made while the step runs.</summary>
    private static List<StepTask> TasksOf(Written step, IReadOnlyCollection<Written> steps, IReadOnlyList<StepTask> tasks)
    {
        var made = tasks.Where(task => Stored(step.StartedAt) <= task.CreatedAt && (step.CompletedAt is not { } end || task.CreatedAt <= Stored(end))).ToList();
        var titled = made.Where(task => task.Title == TitleOf(step)).ToList();
        return titled.Count > 0 ? titled : [.. made.Where(task => task.CreatedAt == Stored(step.StartedAt) && steps.All(other => TitleOf(other) != task.Title))];
    }

    private static string? TitleOf(Written step) => step.Inputs?.Title is { ValueKind: JsonValueKind.String } title ? title.GetString() : null;

    /// <summary>Rows keep milliseconds.</summary>
    private static DateTimeOffset Stored(DateTimeOffset instant) => DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());
}
