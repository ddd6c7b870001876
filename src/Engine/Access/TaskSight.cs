using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Access;

/// <summary>Which tasks the caller may see, and do. The right is role x office, and the field of the procedure where it has one.</summary>
public sealed class TaskSight(EngineDb db, CurrentPerson person, DossierSight dossiers, ProcedureDirectory procedures, OfficeDirectory offices)
{
    /// <summary>The task with its dossier: for those who may do it, and for those who may see the dossier.</summary>
    /// <exception cref="ProblemException">404 NOT_FOUND.</exception>
    public async Task<(TaskRow Task, Dossier? Dossier)> FindAsync(string id, CancellationToken cancellationToken)
    {
        var task = await db.Tasks.AsNoTracking().Where(task => task.Id == id).FindOrRefuseAsync("Công việc", cancellationToken);
        var dossier = task.DossierId is { } dossierId
            ? await db.Dossiers.AsNoTracking().FirstOrDefaultAsync(dossier => dossier.Id == dossierId, cancellationToken)
            : null;
        if (!MayDo(task, dossier))
        {
            MustNotHaveLost(task, dossier);
            _ = dossier is null ? throw Problems.NotFound("Công việc") : await dossiers.FindAsync(dossier.Id, cancellationToken);
        }

        return (task, dossier);
    }

    public bool MayDo(TaskRow task, Dossier? dossier) => task is { Role: { } role, OfficeId: { } office }
        ? person.Holds(role, office, FieldOf(dossier), task.FormalAct)
        : task.Role is null && (person.Holds(Role.TechnicalAdmin) || person.Holds(Role.External));

    /// <summary>The act of doing the task. Work that was given to somebody the caller substitutes for is done on that one's behalf.</summary>
    /// <exception cref="ProblemException">403 ROLE_REQUIRED.</exception>
    public Act ActOn(TaskRow task, Dossier? dossier, string? reason)
    {
        if (!MayDo(task, dossier))
        {
            throw Problems.RoleRequired(RightWord(task), task.OfficeId is { } id ? offices.TryFind(id)?.Name : null);
        }

        return task is { Role: { } role, OfficeId: { } office }
            ? person.ActFor(office, reason, role, task.FormalAct, task.AssigneeId == person.Id ? null : task.AssigneeId)
            : new Act(person.Id, person.FullName, person.OfficeId ?? offices.Root.Id, DateTimeOffset.MinValue, reason);
    }

    /// <summary>Work of somebody the caller substitutes for is the caller's as well.</summary>
    /// <exception cref="RefusedException">TASK_ASSIGNED_TO_ANOTHER.</exception>
    public void MustNotBeAnothers(TaskRow task)
    {
        if (task.AssigneeId is { } assignee && assignee != person.Id
            && !(task is { Role: { } role, OfficeId: { } office } && person.SubstitutesFor(role, office, null, task.FormalAct).Contains(assignee)))
        {
            throw new RefusedException("TASK_ASSIGNED_TO_ANOTHER", "Việc này đã có người khác nhận.");
        }
    }

    /// <summary>Field of the dossier's procedure, for rights that are given for one field only.</summary>
    public string? FieldOf(Dossier? dossier) =>
        dossier is null ? null : procedures.TryFindFor(dossier)?.Field;

    private void MustNotHaveLost(TaskRow task, Dossier? dossier)
    {
        if (task is { Role: { } role, OfficeId: { } office })
        {
            person.MustNotHaveLost(role, office, FieldOf(dossier), task.FormalAct);
        }
    }

    private static string RightWord(TaskRow task) => task.FormalAct is { } act
        ? $"{RoleWord(task.Role ?? Role.External)}: {act.Word()}"
        : RoleWord(task.Role ?? Role.External);

    private static string RoleWord(string role) => Role.All.Contains(role) ? Role.Word(role) : role;
}
