using PublicService.Activities.Deadlines;
using PublicService.Activities.Results;
using PublicService.Activities.Work;
using PublicService.Dossiers;
using PublicService.Workflows.Model;

namespace PublicService.Activities.Checks;

/// <summary>What is known of the procedure a definition is drawn for.</summary>
public sealed record ProcedureFacts(string Code, string Name, TimeLimit Limit);

/// <summary>
/// Rules a definition must meet to be the process of an administrative procedure: it takes the dossier in, it can give a result back, and
/// its steps fit into the time the law gives. Definitions without our reception step are no procedures and pass.
/// </summary>
public static class ProcedureCheck
{
    /// <summary>Code of the finding: one step alone takes longer than the law gives.</summary>
    public const string StepExceedsLimit = "STEP_EXCEEDS_LIMIT";

    /// <summary>Code of the finding: the shortest way takes longer than the law gives.</summary>
    public const string StepsExceedLimit = "STEPS_EXCEED_LIMIT";

    /// <param name="facts">Null when the catalogue does not know the code the definition names.</param>
    public static IEnumerable<Finding> Check(WorkflowDefinition definition, ProcedureFacts? facts)
    {
        var steps = definition.Nodes.Values.ToList();
        if (steps.Find(step => step.Activity is Intake.Intake) is not { } intake)
        {
            // What names no procedure may be any workflow.
            return facts is null ? [] : [new Finding("NO_INTAKE", FindingLevel.Error, null, "Quy trình của thủ tục phải có bước tiếp nhận hồ sơ.")];
        }

        List<Finding> findings = [];
        if (facts is null)
        {
            findings.Add(new Finding("PROCEDURE_UNKNOWN", FindingLevel.Error, null, $"Danh mục không có thủ tục “{CodeOf(definition)}” (customProperties.procedureCode)."));
        }

        var paths = new StepPaths(intake);
        Demand<NumberAndRelease>(steps, paths, findings, "NO_RELEASE", "Quy trình không có đường nào từ tiếp nhận đến cấp số, phát hành kết quả.");
        Demand<ReturnResult>(steps, paths, findings, "NO_RETURN", "Quy trình không có đường nào từ tiếp nhận đến trả kết quả cho công dân.");
        findings.AddRange(steps.Where(step => ModeOf(step) == "Pause" && !paths.From(step).Any(later => ModeOf(later) == "Resume"))
            .Select(step => new Finding("PAUSE_WITHOUT_RESUME", FindingLevel.Error, step.Id, $"Thời hạn bị tạm dừng ở bước “{step.Caption}” nhưng không có bước nào cho tiếp tục.")));
        findings.AddRange(steps.Where(step => ModeOf(step) == "Pause" && string.IsNullOrEmpty(StepPaths.TextOf(step, nameof(Deadline.Article))))
            .Select(step => new Finding("PAUSE_WITHOUT_ARTICLE", FindingLevel.Error, step.Id, $"Bước “{step.Caption}” tạm dừng thời hạn nên phải ghi căn cứ pháp lý.")));
        if (facts is not null && HoursOf(facts.Limit) is { } limit)
        {
            findings.AddRange(CheckHours(steps, paths, facts, limit));
        }

        return findings;
    }

    /// <summary>Custom property of a definition that names its procedure.</summary>
    public const string CodeProperty = "procedureCode";

    /// <summary>Code of the procedure a definition names; its own id when it names none.</summary>
    public static string CodeOf(WorkflowDefinition definition) =>
        (definition.Source["customProperties"] as System.Text.Json.Nodes.JsonObject)?[CodeProperty]?.ToString() ?? definition.DefinitionId;

    private static void Demand<T>(List<ActivityNode> steps, StepPaths paths, List<Finding> findings, string code, string sentence)
    {
        if (!steps.Exists(step => step.Activity is T && paths.Leads(step)))
        {
            findings.Add(new Finding(code, FindingLevel.Error, null, sentence));
        }
    }

    private static IEnumerable<Finding> CheckHours(List<ActivityNode> steps, StepPaths paths, ProcedureFacts facts, int limit)
    {
        var outside = steps.Where(step => ModeOf(step) == "Pause").SelectMany(paths.Paused).ToHashSet();
        foreach (var step in steps.Where(step => !outside.Contains(step) && StepPaths.HoursOf(step) > limit))
        {
            yield return new Finding(StepExceedsLimit, FindingLevel.Error, step.Id, $"Bước “{step.Caption}” có hạn {StepPaths.HoursOf(step)} giờ, dài hơn cả thời hạn của thủ tục ({facts.Limit.Word()}).");
        }

        foreach (var release in steps.Where(step => step.Activity is NumberAndRelease && paths.Leads(step)))
        {
            var (hours, longest) = paths.Shortest(release, outside);
            if (hours > limit)
            {
                yield return new Finding(
                    StepsExceedLimit,
                    FindingLevel.Error,
                    longest.Id,
                    $"Các bước trên đường ngắn nhất cần {hours} giờ làm việc, dài hơn thời hạn của thủ tục ({facts.Limit.Word()}); bước dài nhất là “{longest.Caption}” ({StepPaths.HoursOf(longest)} giờ).");
            }
        }
    }

    /// <summary>Working hours of a limit; null without one. A calendar day counts as a working day, so only what can never fit is reported.</summary>
    private static int? HoursOf(TimeLimit limit) => limit.Unit switch
    {
        LimitUnit.WorkingHour => limit.Value,
        LimitUnit.SameDay or LimitUnit.WorkingDay or LimitUnit.CalendarDay => 8 * limit.Value,
        LimitUnit.Month => 8 * 23 * limit.Value,
        LimitUnit.None => null,
    };

    private static string? ModeOf(ActivityNode step) => step.Activity is Deadline ? StepPaths.TextOf(step, nameof(Deadline.Mode)) : null;
}
