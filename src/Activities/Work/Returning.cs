using PublicService.Activities.Checks;
using PublicService.Activities.Coordination;
using PublicService.Activities.Deadlines;
using PublicService.Activities.Fees;
using PublicService.Activities.Results;
using PublicService.Dossiers;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Activities.Work;

/// <summary>
/// Chuyển hồ sơ về bước trước: which steps a dossier may go back to. An act that has its effect in law or money – reception, a payment
/// taken, other dossiers opened, a number given – is not undone by going back.
/// </summary>
public static class Returning
{
    /// <summary>The steps of people it may go back to now; empty when it may not.</summary>
    public static IReadOnlyList<EarlierStep> StepsOf(Dossier dossier, WorkflowDefinition definition, InstanceState state) =>
        WhyNot(dossier) is null ? [.. EarlierSteps.Of(definition, state).Where(step => IsWork(step.Node) && Effective(dossier, step) is null)] : [];

    /// <summary>The step, which the dossier may go back to.</summary>
    /// <exception cref="RefusedException">RETURN_AFTER_RELEASE, DOSSIER_CLOSED, RETURN_WHILE_WAITING, RETURN_OVER_LEGAL_ACT, STEP_NOT_RETURNABLE.</exception>
    public static EarlierStep Find(Dossier dossier, WorkflowDefinition definition, InstanceState state, string stepId)
    {
        if (WhyNot(dossier) is { } refusal)
        {
            throw refusal;
        }

        var step = EarlierSteps.Of(definition, state).FirstOrDefault(step => step.Node.Id == stepId && IsWork(step.Node))
            ?? throw new RefusedException("STEP_NOT_RETURNABLE", "Hồ sơ không thể chuyển về bước này: bước chưa được thực hiện hoặc không có việc nào đang chờ ở phía sau.");
        return Effective(dossier, step) is { } act
            ? throw new RefusedException("RETURN_OVER_LEGAL_ACT", $"Không thể chuyển về trước bước “{TitleOf(act)}” vì bước này đã có hiệu lực.")
            : step;
    }

    /// <summary>Whether the legal clock was stopped by a step that will run again, so that going back must let it run on.</summary>
    public static bool EndsPause(Dossier dossier, EarlierStep step) => dossier.OpenPauses.HasFlag(PauseKinds.ExcludedStep)
        && step.Left.Any(left => left.Activity is Deadline && StepPaths.TextOf(left, nameof(Deadline.Mode)) == "Pause");

    /// <summary>Acts that belong to people alone: a failing one is repeated, never skipped.</summary>
    public static bool IsLegalAct(ActivityNode node) =>
        node.Activity is Intake.Intake or Intake.Refuse or Intake.Stop or Intake.Withdraw or Sign or NumberAndRelease or IssueResult or ReturnResult or CollectFee or StartLinkedDossiers;

    /// <summary>What the analyst calls a step.</summary>
    public static string TitleOf(ActivityNode node) => node.Inputs.Any(input => input.Descriptor.Name == "Title") && StepPaths.TextOf(node, "Title") is { Length: > 0 } title
        ? title
        : node.Name ?? node.Activity.Descriptor.DisplayName;

    private static RefusedException? WhyNot(Dossier dossier) => dossier.BusinessStatus switch
    {
        BusinessStatus.Registered or BusinessStatus.Received or BusinessStatus.InProgress => null,
        BusinessStatus.AwaitingSupplement or BusinessStatus.AwaitingPayment =>
            new("RETURN_WHILE_WAITING", $"Hồ sơ đang ở trạng thái “{dossier.BusinessStatus.Word()}”; chỉ chuyển về bước trước khi việc chờ công dân đã kết thúc."),
        BusinessStatus.Finished => new("RETURN_AFTER_RELEASE", "Kết quả đã được cấp số, phát hành nên hồ sơ không thể chuyển về bước trước."),
        _ => new("DOSSIER_CLOSED", $"Hồ sơ đã kết thúc ở trạng thái “{dossier.BusinessStatus.Word()}”, không thể thay đổi."),
    };

    /// <summary>The act on the way back that has its effect already; null when there is none.</summary>
    private static ActivityNode? Effective(Dossier dossier, EarlierStep step) => step.Left.Concat(step.Waiting).FirstOrDefault(passed => passed.Activity switch
    {
        Intake.Intake => dossier.ReceivedAt is not null,
        CollectFee => dossier.AmountPaid > 0 && step.Left.Contains(passed),
        StartLinkedDossiers => true,
        _ => false,
    });

    private static bool IsWork(ActivityNode node) => node.Activity is OfficerTask or Sign or Transfer or Consult or Publish or Apologise;
}
