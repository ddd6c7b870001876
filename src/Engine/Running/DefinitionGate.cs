using PublicService.Activities.Checks;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Checks;
using PublicService.Workflows.Model;

namespace PublicService.Engine.Running;

/// <summary>
/// What a definition must meet to be published: it can run, and as the process of a procedure it fits the law. The procedure is the
/// one <c>customProperties.procedureCode</c> names, else the one with the definition's own id; which definition a procedure starts is
/// said by the procedure.
/// </summary>
public sealed class DefinitionGate(ProcedureDirectory procedures, TimeProvider time, ILogger<DefinitionGate> logger)
{
    /// <summary>Warnings of a definition that may be published.</summary>
    /// <param name="wording">The wording it is published for, when that is not in the catalogue yet.</param>
    /// <exception cref="ProblemException">409 with the code of the first error; the step is named, all errors are listed by step.</exception>
    public IReadOnlyList<Finding> Check(WorkflowDefinition definition, Procedure? wording = null)
    {
        var findings = Findings(definition, wording);
        var errors = findings.Where(finding => finding.Level is FindingLevel.Error).ToList();
        return errors.Count == 0 ? findings : throw Problems.Refused(
            errors[0].Code,
            errors[0].Message,
            errors.GroupBy(error => error.ActivityId ?? "definition").ToDictionary(step => step.Key, step => step.Select(error => $"{error.Code}: {error.Message}").ToArray()));
    }

    /// <summary>The same for a file at start: errors go to the log.</summary>
    public bool LetsPass(WorkflowDefinition definition, string file)
    {
        var errors = Findings(definition, null).Where(finding => finding.Level is FindingLevel.Error).ToList();
        if (errors.Count > 0)
        {
            logger.LogError("{File} is not published: {Findings}", file, string.Join(" ", errors.Select(finding => $"{finding.ActivityId} {finding.Code}: {finding.Message}")));
        }

        return errors.Count == 0;
    }

    /// <summary>Everything to say about a definition.</summary>
    public IReadOnlyList<Finding> Findings(WorkflowDefinition definition, Procedure? wording)
    {
        var wordings = procedures.Wordings(ProcedureCheck.CodeOf(definition));
        var today = VietnamTime.DateOf(time.GetUtcNow());
        var now = wording ?? wordings.FirstOrDefault(one => one.ValidTo is null || one.ValidTo >= today) ?? (wordings is [.., var last] ? last : null);
        return
        [
            .. DefinitionCheck.Check(definition),
            .. Schedules(definition),
            .. ProcedureCheck.Check(definition, now is null ? null : FactsOf(now)),
            // A later wording may be shorter; there is still time until its first day.
            .. (now is null ? [] : wordings.Where(later => later.ValidFrom > now.ValidFrom && later.DefinitionVersionId is null))
                .SelectMany(later => ExceedingSteps(definition, later)
                    .Select(finding => finding with { Level = FindingLevel.Warning, Message = $"Từ {later.ValidFrom:dd/MM/yyyy}: {finding.Message}" })),
        ];
    }

    /// <summary>Steps of a definition that do not fit the limit of a wording.</summary>
    public static IEnumerable<Finding> ExceedingSteps(WorkflowDefinition definition, Procedure wording) =>
        ProcedureCheck.Check(definition, FactsOf(wording)).Where(finding => finding.Code is ProcedureCheck.StepExceedsLimit or ProcedureCheck.StepsExceedLimit);

    /// <summary>A newly published version takes over from versions that wordings in force were waiting with.</summary>
    internal void Unpin(Changes changes, string definitionId)
    {
        var today = VietnamTime.DateOf(time.GetUtcNow());
        if (procedures.All.Any(one => one.DefinitionId == definitionId && one.DefinitionVersionId is not null && one.ValidFrom <= today))
        {
            DirectoryRefresh.Raise(changes).Execute(
                $"update procedures set definition_version_id = null where definition_id = {definitionId} and valid_from <= {today}");
        }
    }

    /// <summary>A schedule that cannot be read would never start anything.</summary>
    private IEnumerable<Finding> Schedules(WorkflowDefinition definition)
    {
        foreach (var node in definition.Nodes.Values.Where(node => node.CanStartWorkflow))
        {
            if (node.Activity.TriggerOf(node) is { Schedule: { } schedule } trigger && !IsReadable(trigger))
            {
                yield return new Finding("SCHEDULE_INVALID", FindingLevel.Error, node.Id, $"“{schedule}” không phải là lịch khởi động hợp lệ.");
            }
        }
    }

    private bool IsReadable(TriggerStimulus trigger)
    {
        try
        {
            TriggerSchedule.First(trigger, time.GetUtcNow());
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static ProcedureFacts FactsOf(Procedure wording) => new(wording.Code, wording.Name, wording.Limit);
}
