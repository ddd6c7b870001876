using PublicService.Dossiers;
using PublicService.Workflows.Running;

namespace PublicService.Activities;

/// <summary>
/// What a dossier's workflow is about: the dossier itself, the act that moves it now, and the facts of the directories an activity
/// may need. The host makes one for each click.
/// </summary>
public sealed class DossierSubject
{
    public required Dossier Dossier { get; init; }

    /// <summary>Who clicked, when, for which office; a timer acts as the system.</summary>
    public required Act Act { get; init; }

    /// <summary>Time limit of the procedure in force on the day of submission.</summary>
    public required TimeLimit Limit { get; init; }

    /// <summary>Code and name of the result the procedure gives, e.g. KQ.G15.000031 Giấy khai sinh.</summary>
    public required (string Code, string Name) Result { get; init; }

    /// <summary>Calendar of an office on the day of the act.</summary>
    public required Func<string, WorkCalendar> CalendarOf { get; init; }

    /// <summary>An office by id; refuses unknown ones.</summary>
    public required Func<string, Office> OfficeOf { get; init; }

    /// <summary>The version of the calendar the promise was made with; null before reception.</summary>
    public WorkCalendar? Pinned { get; init; }

    /// <summary>The calendar that counts: the one of the promise, so that a newer version changes nothing by itself; before reception that of the competent office.</summary>
    public WorkCalendar Calendar => Pinned ?? CalendarOf(Dossier.CompetentOfficeId);
}

/// <summary>Reaching the subject from a step.</summary>
public static class DossierSteps
{
    /// <exception cref="InvalidOperationException">The workflow was started without a dossier.</exception>
    public static DossierSubject Subject(this StepContext step) =>
        step.Subject as DossierSubject ?? throw new InvalidOperationException($"Bước “{step.Node.Id}” làm việc trên một hồ sơ, nhưng quy trình không được khởi động từ hồ sơ.");

    /// <summary>The first work on a received dossier, be it a task, a signature or a part sent elsewhere, begins its processing (status 4).</summary>
    internal static void BeginWork(this DossierSubject subject)
    {
        if (subject.Dossier.BusinessStatus is BusinessStatus.Received)
        {
            subject.Dossier.Begin(subject.Act);
        }
    }
}
