using PublicService.Dossiers;
using PublicService.Workflows.Running;

namespace PublicService.Activities;

/// <summary>Which office does a step, as an analyst chooses it.</summary>
internal static class OfficeRule
{
    public const string Competent = "Competent";
    public const string Receiving = "Receiving";
    public const string Support = "Support";
    public const string Parent = "Parent";

    /// <summary>The office a rule means for a dossier; anything that is no rule is an office id.</summary>
    /// <exception cref="RefusedException">There is no such office.</exception>
    public static string Resolve(StepContext step, string? rule)
    {
        var subject = step.Subject();
        var dossier = subject.Dossier;
        return rule switch
        {
            null or "" or Competent => dossier.CompetentOfficeId,
            Receiving => dossier.ReceivingOfficeId,
            Support => dossier.SupportOfficeId ?? dossier.ReceivingOfficeId,
            Parent => subject.OfficeOf(dossier.CompetentOfficeId).ParentId ?? dossier.CompetentOfficeId,
            _ => subject.OfficeOf(rule).Id,
        };
    }

    /// <summary>
    /// The same for people's work. A definition or a form may name an office that has ended since: what one office took over goes there,
    /// otherwise nobody would ever have the task.
    /// </summary>
    /// <exception cref="RefusedException">OFFICE_NOT_IN_FORCE: it has ended, and not one but several or none follow it.</exception>
    public static string ResolveCurrent(StepContext step, string? rule)
    {
        var office = step.Subject().OfficeOf(Resolve(step, rule));
        var today = VietnamTime.DateOf(step.Now);
        if (office.ValidTo < today && office.Successors is [var only])
        {
            return only.Id;
        }

        office.MustBeValidOn(today);
        return office.Id;
    }
}
