using PublicService.Activities;
using PublicService.Dossiers;
using PublicService.Engine.Directories;

namespace PublicService.Engine.Running;

/// <summary>Gives the activities of a dossier the facts they need from the directories, and what they did its forms.</summary>
public sealed class DossierSubjects(OfficeDirectory offices, CalendarDirectory calendars, ProcedureDirectory procedures, FormIssue forms)
{
    public FormIssue Forms { get; } = forms;

    /// <summary>The calendar the promise was made with; before reception the one it would be made with.</summary>
    public WorkCalendar CalendarOf(Dossier dossier) =>
        (dossier.CalendarId is { } id ? calendars.Version(id, dossier.CalendarVersion) : null)
        ?? calendars.For(dossier.CompetentOfficeId, VietnamTime.DateOf(dossier.SubmittedAt));

    /// <exception cref="RefusedException">The procedure is not on file for the day of submission.</exception>
    public DossierSubject Of(Dossier dossier, Act act)
    {
        var procedure = procedures.TryFindFor(dossier) ?? procedures.Find(dossier.ProcedureCode, VietnamTime.DateOf(dossier.SubmittedAt));
        return new DossierSubject
        {
            Dossier = dossier,
            Act = act,
            Limit = procedure.Limit,
            Result = procedure.Results is [var result, ..] ? (result.Code ?? string.Empty, result.Name) : (string.Empty, procedure.Name),
            CalendarOf = officeId => calendars.For(officeId, VietnamTime.DateOf(act.At)),
            Pinned = dossier.CalendarId is { } calendar ? calendars.Version(calendar, dossier.CalendarVersion) : null,
            OfficeOf = offices.Find,
        };
    }
}
