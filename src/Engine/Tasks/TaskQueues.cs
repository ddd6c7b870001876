using System.Globalization;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Tasks;

/// <summary>Which tasks a list shows.</summary>
public enum TaskScope
{
    Office,
    Mine,
    Unassigned,
    Outside,
}

/// <summary>The tasks of the caller: one query per role held, each spelled so that its partial index is used.</summary>
public sealed class TaskQueues(EngineDb db, CurrentPerson person, OfficeDirectory offices, ProcedureDirectory procedures)
{
    public IEnumerable<IQueryable<TaskRow>> Of(TaskScope scope, string? role)
    {
        if (scope is TaskScope.Mine)
        {
            // One query for each whose work it is, so that each reads one stretch of the index.
            foreach (var whose in person.Rights.Where(right => right.Only is null).Select(right => right.OnBehalfOf?.Id).OfType<string>().Append(person.Id).Distinct())
            {
                yield return db.Tasks.Open().Where(task => task.AssigneeId == whose && (role == null || task.Role == role));
            }

            yield break;
        }

        if (scope is TaskScope.Outside)
        {
            if (person.Holds(Role.External) || person.Holds(Role.TechnicalAdmin))
            {
                yield return db.Tasks.Open().Where(task => task.Role == null && task.Kind == "RunTask");
            }

            yield break;
        }

        var tasks = scope is TaskScope.Unassigned ? db.Tasks.Unassigned() : db.Tasks.Open();
        foreach (var held in person.Rights.Where(right => role is null || right.Role == role).GroupBy(right => (right.Role, right.Field, right.Only)))
        {
            yield return Formal(InField(Held(tasks, held.Key.Role, held.Key.Field, held.Key.Only), held.Key.Field), held.Key.Only);
        }
    }

    /// <summary>The scope of a name, the office without one; null for an unknown name.</summary>
    public static TaskScope? ScopeOf(string? name) => name switch
    {
        null or "office" => TaskScope.Office,
        "mine" => TaskScope.Mine,
        "unassigned" => TaskScope.Unassigned,
        "outside" => TaskScope.Outside,
        _ => null,
    };

    public static (DateTimeOffset? At, string? Id) Keys(string[]? keys) => keys is [var at, var id]
        ? (DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(at, CultureInfo.InvariantCulture)), id)
        : (null, null);

    public static string[] KeysOf(ListTasks.Row row) => [row.SortAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), row.Id];

    private IQueryable<TaskRow> Held(IQueryable<TaskRow> tasks, string role, string? field, FormalActs? only)
    {
        var places = offices.All.Select(office => office.Id).Where(id => person.Holds(role, id, field, only is { } acts ? FormalActWords.All.First(act => acts.HasFlag(act)) : null)).ToList();
        return tasks.Where(task => places.Contains(task.OfficeId!) && task.Role == role);
    }

    /// <summary>A right that was given for some formal acts only.</summary>
    private static IQueryable<TaskRow> Formal(IQueryable<TaskRow> tasks, FormalActs? only)
    {
        if (only is not { } acts)
        {
            return tasks;
        }

        var asked = FormalActWords.All.Where(act => acts.HasFlag(act)).Select(act => (FormalActs?)act).ToList();
        return tasks.Where(task => asked.Contains(task.FormalAct));
    }

    /// <summary>A right that was given for one field of procedures only.</summary>
    private IQueryable<TaskRow> InField(IQueryable<TaskRow> tasks, string? field)
    {
        if (field is null)
        {
            return tasks;
        }

        var codes = procedures.All.Where(procedure => procedure.Field == field).Select(procedure => procedure.Code).Distinct().ToList();
        return tasks.Where(task => db.Dossiers.Any(dossier => dossier.Id == task.DossierId && codes.Contains(dossier.ProcedureCode)));
    }
}
