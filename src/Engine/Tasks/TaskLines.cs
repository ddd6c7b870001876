using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Running;

namespace PublicService.Engine.Tasks;

/// <summary>Says of a task what its row does not know: the time left, whose office it is, and why the caller has it on the list.</summary>
public sealed class TaskLines(CurrentPerson person, OfficeDirectory offices, CalendarDirectory calendars, TimeProvider time)
{
    public ListTasks.Reply ReplyOf(ListTasks.Row row, ListTasks.DossierLine? dossier) => new(
        row.Id,
        row.Kind,
        row.Title,
        row.Role,
        WaitingStep.WordOf(row.Role),
        row.OfficeId,
        row.OfficeId is { } id ? offices.TryFind(id)?.Name : null,
        row.AssigneeId,
        TaskAnswers.OutcomesOf(row.Outcomes),
        row.CreatedAt,
        row.DueAt,
        TaskTime.Of(row.DueAt, row.OfficeId, calendars, time.GetUtcNow()),
        Why(row),
        dossier);

    private string Why(ListTasks.Row row)
    {
        if (row.AssigneeId == person.Id)
        {
            return "Bạn đã nhận hoặc được giao việc này.";
        }

        var rights = person.Rights.Where(right => right.Role == row.Role).ToList();
        var lender = rights.TrueForAll(right => right.OnBehalfOf is not null) ? rights.FirstOrDefault()?.OnBehalfOf?.FullName : null;
        var office = row.OfficeId is { } id ? offices.TryFind(id)?.Name ?? id : null;
        return $"Vai trò “{WaitingStep.WordOf(row.Role) ?? Role.Word(Role.External)}”{(office is null ? "" : $" tại {office}")}{(lender is null ? "" : $", thay {lender}")}.";
    }
}
