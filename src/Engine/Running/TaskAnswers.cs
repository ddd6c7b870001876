using System.Text.Json;
using System.Text.Json.Nodes;
using PublicService.Activities;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Running;

/// <summary>Makes the answer to a task out of what somebody sent, or says what is wrong with it.</summary>
public sealed class TaskAnswers(FormValidator forms)
{
    /// <exception cref="ProblemException">400 OUTCOME_UNKNOWN; 400 INVALID_INPUT with the fields of the form.</exception>
    public TaskAnswer Check(TaskRow task, string outcome, JsonObject? form, string? note)
    {
        var outcomes = OutcomesOf(task.Outcomes);
        if (!outcomes.Contains(outcome))
        {
            throw Problems.OutcomeUnknown(outcome, outcomes);
        }

        var errors = forms.Validate(task.Form, form ?? []);
        return errors.Count == 0
            ? new TaskAnswer(outcome, form ?? [], note)
            : throw Problems.InvalidInput(errors.ToDictionary(error => $"form.{error.Key}", error => error.Value));
    }

    /// <summary>The outcomes as they are stored.</summary>
    public static IReadOnlyList<string> OutcomesOf(string json) => JsonSerializer.Deserialize<string[]>(json) ?? [];
}
