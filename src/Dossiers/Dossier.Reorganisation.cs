namespace PublicService.Dossiers;

/// <summary>An open piece of work of a dossier that goes over to another office.</summary>
public sealed record MovedTask(string Title, string From, string To);

public sealed partial class Dossier
{
    /// <summary>
    /// Whether a reorganisation takes it along: everything that is open, and what is decided but not yet in the citizen's hands. What is
    /// over keeps the offices of its time.
    /// </summary>
    public bool MovesWithOffices => IsOpen || BusinessStatus is BusinessStatus.Finished;

    /// <summary>
    /// Offices were merged, split or abolished: the dossier and its open work go over to those that follow. No date and no clock moves (D12);
    /// the ledger keeps both names.
    /// </summary>
    /// <param name="successor">The office that takes the place of one; null when it stays.</param>
    /// <param name="nameOf">The name by which an office is put into the ledger.</param>
    /// <param name="plan">Id of the plan, and its name for people.</param>
    /// <exception cref="RefusedException">DOSSIER_CLOSED; NOTHING_TO_MOVE when no office of it is concerned.</exception>
    public void Reorganise(
        Func<string, string?> successor, Func<string, string> nameOf, IReadOnlyList<MovedTask> tasks, (string Id, string Name) plan, Act act)
    {
        CheckTime(act);
        if (!MovesWithOffices)
        {
            throw Refusals.DossierClosed(BusinessStatus);
        }

        var (support, receiving, competent) = (Next(SupportOfficeId), Next(ReceivingOfficeId), Next(CompetentOfficeId));
        if (support is null && receiving is null && competent is null && tasks.Count == 0)
        {
            throw Refusals.NothingToMove();
        }

        var data = new
        {
            plan = plan.Id,
            support = Line(SupportOfficeId, support),
            receiving = Line(ReceivingOfficeId, receiving),
            competent = Line(CompetentOfficeId, competent),
            tasks = tasks.Select(task => new { title = task.Title, from = task.From, to = task.To }),
        };
        (SupportOfficeId, ReceivingOfficeId, CompetentOfficeId) = (support ?? SupportOfficeId, receiving ?? ReceivingOfficeId, competent ?? CompetentOfficeId);
        Record(LedgerAct.Reorganised, act, plan.Name, data: data);

        string? Next(string? office) => office is null || successor(office) is not { } next || next == office ? null : next;

        object? Line(string? from, string? to) => to is null ? null : new { from, fromName = nameOf(from!), to, toName = nameOf(to) };
    }
}
