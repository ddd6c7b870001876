using System.Text.Json.Nodes;
using PublicService.Dossiers;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Running;

namespace PublicService.Activities.Coordination;

/// <summary>Waiting for another system: the question leaves through the outbox, the answer comes back under a key only that system was told.</summary>
public static class Callback
{
    /// <summary>Kind of stimulus of an answer.</summary>
    public const string BookmarkName = "PublicService.Callback";

    /// <summary>Sends the question and waits. The bookmark remembers who was asked and what may be answered.</summary>
    /// <param name="kind">Outbox kind, which chooses the channel.</param>
    internal static StepResult Ask(StepContext step, string kind, string system, IReadOnlyList<string> outcomes, JsonObject question)
    {
        var key = step.NewId();
        var asked = new JsonObject { ["system"] = system, ["outcomes"] = new JsonArray([.. outcomes.Select(outcome => (JsonNode)outcome)]) };
        question["callback"] = key;
        question["system"] = system;
        question["outcomes"] = asked["outcomes"]!.DeepClone();
        question["dossier"] = step.Subject().Dossier.Code;
        step.Emit(new SendMessage(kind, question));
        return step.WaitFor(BookmarkName, key, asked, id: key);
    }

    /// <summary>The outcome another system answered with.</summary>
    /// <exception cref="RefusedException">OUTCOME_UNKNOWN: the step has no such outcome.</exception>
    internal static string Outcome(JsonObject answer, IReadOnlyList<string> known)
    {
        var outcome = answer["outcome"]?.ToString() ?? known[0];
        return known.Contains(outcome)
            ? outcome
            : throw new RefusedException("OUTCOME_UNKNOWN", $"Kết quả “{outcome}” không có trong bước này; các kết quả: {string.Join(", ", known)}.");
    }
}
