using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Storage;
using PublicService.Workflows.Running;

namespace PublicService.Engine.Running;

/// <summary>
/// Starts workflows whose schedule (Timer, Cron, StartAt) has come. The instance and the schedule's next instant are stored together, so
/// that of several nodes, and of the same node before and after a crash, one starts it.
/// </summary>
public sealed class ScheduledStarts(IDbContextFactory<EngineDb> contexts, DefinitionCache definitions, InstanceRuns runs, TimeProvider time, ILogger<ScheduledStarts> log)
{
    private const int BatchSize = 200;

    /// <summary>Starts what is due now; one that cannot be started is tried again in the next round and does not hold up the others.</summary>
    /// <returns>How many were started.</returns>
    public async Task<int> StartDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var due = await db.Triggers.AsNoTracking().Where(row => row.DueAt != null && row.DueAt <= now).OrderBy(row => row.DueAt).Take(BatchSize).ToListAsync(cancellationToken);
        var started = 0;
        foreach (var trigger in due)
        {
            try
            {
                started += await StartAsync(trigger, now, cancellationToken) ? 1 : 0;
            }
            catch (Exception elsewhere) when (elsewhere is StaleException or DuplicateException)
            {
                // Another node has started it.
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                log.LogError(error, "The schedule of {Activity} in {Definition} could not start its workflow.", trigger.ActivityId, trigger.DefinitionVersionId);
            }
        }

        return started;
    }

    private async Task<bool> StartAsync(TriggerRow trigger, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var definition = await definitions.FindAsync(trigger.DefinitionVersionId, cancellationToken);
        var next = TriggerSchedule.Next(trigger.Name, trigger.Key, trigger.DueAt!.Value, now);
        var advance = new Changes().Execute(
            $"""
            update triggers set due_at = {next}
            where definition_version_id = {trigger.DefinitionVersionId} and activity_id = {trigger.ActivityId} and name = {trigger.Name} and key = {trigger.Key} and due_at = {trigger.DueAt}
            """,
            rows: 1);
        return await runs.StartAsync(definition, new StartRequest { TriggerActivityId = trigger.ActivityId }, advance, cancellationToken) is not null;
    }
}
