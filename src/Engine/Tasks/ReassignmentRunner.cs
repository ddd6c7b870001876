using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Storage;
using Quartz;

namespace PublicService.Engine.Tasks;

/// <summary>
/// Works off bulk reassignments and their undoing, chunk by chunk; each chunk is one transaction with the progress and the lines of the
/// ledgers. Killed at any moment it goes on where it stood.
/// </summary>
internal sealed class ReassignmentRunner(IDbContextFactory<EngineDb> contexts, CommitLane lane, PersonDirectory people, TimeProvider time) : IDisposable
{
    private const int LargestChunk = 200;
    private readonly SemaphoreSlim one = new(1, 1);

    /// <summary>Works everything off; returns how many were finished.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken = default)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            var (finished, size) = (0, LargestChunk);
            while (await NextAsync(cancellationToken) is { } row)
            {
                try
                {
                    finished += await ChunkAsync(row, size, cancellationToken) ? 1 : 0;
                    size = LargestChunk;
                }
                catch (StaleException)
                {
                    // Somebody clicks on one of the tasks, or another node was faster: again with what is stored now, in smaller pieces.
                    size = Math.Max(1, size / 4);
                }
            }

            return finished;
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private async Task<ReassignmentRow?> NextAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<ReassignmentRow>().AsNoTracking()
            .Where(row => row.State == ReassignmentState.Running || row.State == ReassignmentState.Undoing).OrderBy(row => row.CreatedAt).FirstOrDefaultAsync(cancellationToken);
    }

    private async Task<bool> ChunkAsync(ReassignmentRow row, int size, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var items = await db.Set<ReassignmentItemRow>().AsNoTracking().Where(item => item.ReassignmentId == row.Id && item.Sequence > row.Cursor)
            .OrderBy(item => item.Sequence).Take(size).ToListAsync(cancellationToken);
        var changes = new Changes();
        if (items.Count == 0)
        {
            (row.State, row.FinishedAt) = row.State is ReassignmentState.Running ? (ReassignmentState.Done, time.GetUtcNow()) : (ReassignmentState.Undone, row.FinishedAt);
            await lane.CommitAsync(changes.Update(row), cancellationToken);
            return true;
        }

        var ids = items.ConvertAll(item => item.TaskId);
        var tasks = await db.Tasks.AsNoTracking().Where(task => ids.Contains(task.Id)).ToDictionaryAsync(task => task.Id, cancellationToken);
        var dossierIds = tasks.Values.Select(task => task.DossierId).OfType<Guid>().Distinct().ToList();
        var dossiers = await db.Dossiers.AsNoTracking().Where(dossier => dossierIds.Contains(dossier.Id)).ToDictionaryAsync(dossier => dossier.Id, cancellationToken);
        foreach (var item in items)
        {
            var task = tasks.GetValueOrDefault(item.TaskId);
            if (row.State is ReassignmentState.Running)
            {
                await MoveAsync(row, item, task, dossiers, changes, cancellationToken);
            }
            else if (item.State is ReassignedState.Moved)
            {
                await RestoreAsync(row, item, task, dossiers, changes, cancellationToken);
            }
        }

        foreach (var dossier in dossiers.Values)
        {
            if (dossier.TakeNewEntries() is { Count: > 0 } lines)
            {
                changes.InsertAll(lines).Update(dossier, nameof(Dossier.LedgerLength), nameof(Dossier.LastActAt));
            }
        }

        row.Cursor = items[^1].Sequence;
        await lane.CommitAsync(changes.Update(row), cancellationToken);
        return false;
    }

    private async Task MoveAsync(
        ReassignmentRow row, ReassignmentItemRow item, TaskRow? task, Dictionary<Guid, Dossier> dossiers, Changes changes, CancellationToken cancellationToken)
    {
        if (task is { State: TaskState.Open } && task.AssigneeId == row.FromPersonId)
        {
            row.Moved++;
            (item.State, item.TaskVersion) = (ReassignedState.Moved, task.Version + 1);
            await GiveAsync(task, item.OfficeId, item.ToPersonId, (row.CreatedBy, row.CreatedByName), row.Reason, dossiers, changes, cancellationToken);
        }
        else
        {
            row.Skipped++;
            item.State = ReassignedState.Skipped;
        }

        changes.Update(item, nameof(item.State), nameof(item.TaskVersion));
    }

    private async Task RestoreAsync(
        ReassignmentRow row, ReassignmentItemRow item, TaskRow? task, Dictionary<Guid, Dossier> dossiers, Changes changes, CancellationToken cancellationToken)
    {
        if (task is { State: TaskState.Open } && task.AssigneeId == item.ToPersonId && task.Version == item.TaskVersion)
        {
            row.Restored++;
            item.State = ReassignedState.Restored;
            await GiveAsync(
                task, item.OfficeId, row.FromPersonId, (row.UndoneBy!, row.UndoneByName!), $"Hoàn tác: {row.Reason}", dossiers, changes, cancellationToken);
        }
        else
        {
            row.Kept++;
            item.State = ReassignedState.Kept;
        }

        changes.Update(item, nameof(item.State));
    }

    private async Task GiveAsync(
        TaskRow task, string officeId, string? to, (string Id, string Name) by, string reason, Dictionary<Guid, Dossier> dossiers, Changes changes, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        (task.AssigneeId, task.ClaimedAt) = (to, to is null ? null : now);
        changes.Update(task, nameof(TaskRow.AssigneeId), nameof(TaskRow.ClaimedAt));
        if (task.DossierId is not { } id || !dossiers.TryGetValue(id, out var dossier))
        {
            return;
        }

        var name = to is null ? null : (await people.FindAsync(to, cancellationToken))?.FullName;
        var act = new Act(by.Id, by.Name, officeId, dossier.LastActAt > now ? dossier.LastActAt : now, reason);
        dossier.Note(
            to is null ? LedgerAct.TaskReleased : LedgerAct.TaskClaimed,
            JsonSerializer.Serialize(new { title = task.Title, assigneeId = to, assignee = name }, JsonText.Readable),
            act);
    }
}

/// <summary>Looks every second for reassignments to work off.</summary>
[DisallowConcurrentExecution]
internal sealed class ReassignmentJob(ReassignmentRunner runner) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await runner.RunAsync(cancellationToken);
}
