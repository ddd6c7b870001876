using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Tasks;

/// <summary>Decides for each task of an officer who is to have it.</summary>
internal sealed class ReassignmentTargets(EngineDb db, TaskAssignment assignment)
{
    private readonly Dictionary<(string Role, string Office, string? Procedure, FormalActs? Act), List<Candidate>> candidates = [];
    private readonly Dictionary<string, (int Tasks, int Minutes)> given = new(StringComparer.Ordinal);
    private int turn;

    /// <param name="from">Whose work it is; not given back to the same person.</param>
    /// <param name="toPersonId">The one who gets all, when the mode is manual.</param>
    /// <returns>Each task with the person; those nobody can do are left out and counted.</returns>
    public async Task<(List<(TaskRow Task, string? To)> Given, int Impossible)> ChooseAsync(
        IReadOnlyList<TaskRow> tasks, string from, AssignmentMode? mode, string? toPersonId, CancellationToken cancellationToken)
    {
        var chosen = new List<(TaskRow, string?)>();
        foreach (var chunk in tasks.Chunk(1000))
        {
            var ids = chunk.Select(task => task.DossierId).ToList();
            var dossiers = await db.Dossiers.AsNoTracking().Where(dossier => ids.Contains(dossier.Id)).ToDictionaryAsync(dossier => dossier.Id, cancellationToken);
            foreach (var task in chunk)
            {
                if (mode is null && toPersonId is null)
                {
                    chosen.Add((task, null));
                    continue;
                }

                var able = (await AbleAsync(task, task.DossierId is { } id ? dossiers.GetValueOrDefault(id) : null)).FindAll(one => one.PersonId != from);
                if (Choose(able, mode, toPersonId) is { } to)
                {
                    var (count, minutes) = given.GetValueOrDefault(to);
                    given[to] = (count + 1, minutes + (task.WorkMinutes ?? TaskAssignment.UnknownMinutes));
                    chosen.Add((task, to));
                }
            }
        }

        return (chosen, tasks.Count - chosen.Count);
    }

    private string? Choose(List<Candidate> able, AssignmentMode? mode, string? toPersonId)
    {
        if (toPersonId is not null)
        {
            // Named by a person: also somebody who is not there today.
            return able.Find(one => one.PersonId == toPersonId)?.PersonId;
        }

        var present = able.FindAll(one => one.Present).OrderBy(one => one.PersonId, StringComparer.Ordinal).ToList();
        return present.Count == 0 ? null
            : mode is AssignmentMode.RoundRobin ? present[turn++ % present.Count].PersonId
            : present.MinBy(one => one.LoadMinutes + given.GetValueOrDefault(one.PersonId).Minutes)!.PersonId;
    }

    /// <summary>The same for all tasks of a role, an office and a procedure, so it is asked once.</summary>
    private async Task<List<Candidate>> AbleAsync(TaskRow task, Dossier? dossier)
    {
        var key = (task.Role!, task.OfficeId!, dossier?.ProcedureCode, task.FormalAct);
        return candidates.TryGetValue(key, out var known) ? known
            : candidates[key] = await assignment.CandidatesAsync(task, dossier, new HashSet<string>(), []);
    }
}
