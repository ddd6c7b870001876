using PublicService.Workflows.Model;

namespace PublicService.Engine.Running;

/// <summary>A definition that may not be published as it is.</summary>
public sealed class FindingsException(WorkflowDefinition definition, IReadOnlyList<Finding> findings) : Exception("The definition has errors.")
{
    /// <summary>One sentence for each error, naming the step.</summary>
    public IReadOnlyList<string> Sentences { get; } =
    [
        .. findings.Where(finding => finding.Level is FindingLevel.Error).Select(finding =>
            finding.ActivityId is { } id ? $"Bước “{NameOf(definition, id)}”: {finding.Message}" : finding.Message),
    ];

    /// <summary>What the analyst calls a step: its caption, else its name.</summary>
    public static string NameOf(WorkflowDefinition definition, string activityId) => definition.FindActivity(activityId)?.Caption ?? activityId;
}
