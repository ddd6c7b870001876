using PublicService.Workflows.Running;

namespace PublicService.Engine.Trials;

/// <summary>What said no to a move, as the officer would have seen it, or what went wrong in a step.</summary>
/// <param name="Step">The step that failed; null for a refusal.</param>
/// <param name="Errors">Wrong fields of the answer.</param>
public sealed record TrialProblem(string Code, string Sentence, string? Step = null, IReadOnlyDictionary<string, string[]>? Errors = null)
{
    internal static TrialProblem NotPossible { get; } = new("MOVE_NOT_POSSIBLE", "Thao tác này không còn thực hiện được: bước không chờ ở đây.");

    internal static TrialProblem TooLong { get; } = new("TRIAL_TOO_LONG", "Chạy thử quá lâu hoặc quá nhiều bước nên đã dừng. Hãy xem quy trình có vòng lặp hay biểu thức không kết thúc.");

    internal static TrialProblem Failed(Incident incident, string title) => new(
        "STEP_FAILED",
        $"Bước “{title}” gặp lỗi: {incident.Message}{(incident.Cause is { } cause ? $" – {cause}" : string.Empty)}",
        incident.ActivityId);
}
