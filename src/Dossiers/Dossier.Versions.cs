namespace PublicService.Dossiers;

/// <summary>An open piece of work that is asked anew by another version of the workflow.</summary>
public sealed record ReaskedTask(string OfficeId, string Title, string NewTitle, string Role, string NewRole);

public sealed partial class Dossier
{
    /// <summary>
    /// Another version of the workflow carries the dossier on. The wording of the procedure it was handed in under stays: limit, fees and
    /// papers are those of the day of reception, and no date and no clock moves.
    /// </summary>
    /// <param name="from">Number of the version it ran on.</param>
    /// <param name="to">Id and number of the version it runs on now.</param>
    /// <param name="move">Id of the order to move.</param>
    /// <exception cref="RefusedException">REASON_REQUIRED; ACT_OUT_OF_ORDER.</exception>
    public void MoveToVersion(int from, (string Id, int Number) to, IReadOnlyList<ReaskedTask> tasks, string move, Act act)
    {
        CheckTime(act);
        var reason = GivenReason(act.Reason);
        DefinitionVersionId = to.Id;
        var data = new
        {
            move,
            from,
            to = to.Number,
            tasks = tasks.Count == 0 ? null : tasks.Select(task => new { office = task.OfficeId, title = task.Title, newTitle = task.NewTitle, role = task.Role, newRole = task.NewRole }),
        };
        Record(LedgerAct.VersionMoved, act, reason, data: data);
    }
}
