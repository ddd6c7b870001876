using PublicService.Dossiers;

namespace PublicService.Engine.Running;

/// <summary>
/// Makes a click up to everything that is to be stored, and stores nothing: the act, the runs of the workflow, the lines of the ledger
/// with the facts and forms that follow from them. <see cref="ClickRoom"/> commits what comes out, a trial only shows it.
/// </summary>
public sealed class ClickMaking(DefinitionCache definitions, DossierSubjects subjects)
{
    /// <param name="dossier">Owned by the click: it is changed, also when the click is refused.</param>
    /// <param name="act">Who acts; its instant is the click's own.</param>
    /// <param name="apply">Changes the click.</param>
    /// <returns>The click with everything it would store in <see cref="Click.Changes"/>.</returns>
    /// <exception cref="RefusedException">A rule of the law says no.</exception>
    /// <exception cref="StepFailedException">A step failed.</exception>
    public async Task<Click> MakeAsync(Dossier? dossier, bool isNew, Act act, IClickSource source, Func<Click, Task> apply)
    {
        var click = new Click(new ClickTarget(dossier, isNew, dossier is null ? null : subjects.Of(dossier, act)), act, definitions, source);
        await apply(click);
        var changes = await click.FinishAsync();
        if (dossier is not null && click.NewLines is [_, ..] lines)
        {
            var ledger = !DossierFacts.NeedLedger(lines) ? null : isNew ? lines : [.. await source.LedgerAsync(dossier.Id), .. lines];
            DossierFacts.Write(changes, dossier, lines, ledger, () => subjects.CalendarOf(dossier));
        }

        await subjects.Forms.IssueAsync(click, source);
        return click;
    }
}
