using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PublicService.Activities.Work;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;
using PublicService.Workflows.Running;
using Quartz;

namespace PublicService.Engine.VersionMoves;

/// <summary>
/// Carries orders out: one click for each dossier, with the line that says what became of it in the same transaction. Killed at any moment
/// it goes on with the dossiers that have no line yet; whoever else is at work, none gets two.
/// </summary>
internal sealed class VersionMoveRunner(
    IDbContextFactory<EngineDb> contexts, ClickRoom room, CommitLane lane, DefinitionCache definitions, OfficeDirectory offices, TimeProvider time, ILogger<VersionMoveRunner> log)
    : IDisposable
{
    private readonly SemaphoreSlim one = new(1, 1);

    /// <summary>Dossiers read at once.</summary>
    public int PageSize { get; init; } = 200;

    /// <summary>Works off every order. Returns how many were finished.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken = default)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var ordered = await db.Set<VersionMoveRow>().AsNoTracking().Where(row => row.State == VersionMoveState.Running).OrderBy(row => row.CreatedAt).ToListAsync(cancellationToken);
            var finished = 0;
            foreach (var row in ordered)
            {
                finished += await TryRunAsync(row, cancellationToken) ? 1 : 0;
            }

            return finished;
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private async Task<bool> TryRunAsync(VersionMoveRow row, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var order = await MoveOrder.ReadAsync(db, definitions, row, cancellationToken);
            var isWhole = true;
            for (string? after = null; await PageAsync(db, order, after, cancellationToken) is { Count: > 0 } page; after = page[^1].Id)
            {
                foreach (var instance in page)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    isWhole &= await TryMoveAsync(order, instance, cancellationToken);
                }
            }

            return isWhole && await FinishAsync(row, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.LogError(error, "The move {Move} to another version stopped; the next round goes on.", row.Id);
            await lane.CommitAsync(new Changes().Execute($"update version_moves set error = {error.Message} where id = {row.Id}"), cancellationToken);
            return false;
        }
    }

    private Task<List<InstanceRow>> PageAsync(EngineDb db, MoveOrder order, string? after, CancellationToken cancellationToken)
    {
        var id = order.Row.Id;
        return order.Candidates(db, after).Where(row => !db.Set<VersionMoveItemRow>().Any(item => item.MoveId == id && item.InstanceId == row.Id))
            .OrderBy(row => row.Id).Take(PageSize).ToListAsync(cancellationToken);
    }

    /// <summary>False when somebody clicked on the dossier all the time; the next round tries again.</summary>
    private async Task<bool> TryMoveAsync(MoveOrder order, InstanceRow instance, CancellationToken cancellationToken)
    {
        if (!order.IsAt(InstanceJson.Read(instance.State)))
        {
            return true;
        }

        var row = order.Row;
        var act = new Act(row.OrderedBy!, row.OrderedByName!, offices.Root.Id, DateTimeOffset.MinValue, row.Reason);
        try
        {
            await room.ClickAsync(
                instance.DossierId,
                instance.DossierId?.ToString() ?? instance.Id,
                act,
                async click =>
                {
                    var plan = await click.MoveToVersionAsync(instance.Id, order.From, order.To, row.Id);
                    if (plan.Obstacles.Count > 0)
                    {
                        throw new ImpossibleException(plan);
                    }

                    click.Changes.InsertFirst(ItemOf(order, instance, plan, click.Act.At));
                },
                (_, _) => { },
                cancellationToken);
        }
        catch (ImpossibleException impossible)
        {
            await KeepAsync(ItemOf(order, instance, impossible.Plan, time.GetUtcNow()), cancellationToken);
        }
        catch (Exception elsewhere) when (elsewhere is RunRefusedException or DuplicateException)
        {
            // It ended meanwhile, or another node has moved it.
        }
        catch (StaleException)
        {
            return false;
        }

        return true;
    }

    private async Task KeepAsync(VersionMoveItemRow item, CancellationToken cancellationToken)
    {
        try
        {
            await lane.CommitAsync(new Changes().Insert(item), cancellationToken);
        }
        catch (DuplicateException)
        {
            // Another node has written the same.
        }
    }

    private async Task<bool> FinishAsync(VersionMoveRow row, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        try
        {
            await lane.CommitAsync(
                new Changes().Execute(
                    $"update version_moves set state = {VersionMoveState.Done}, finished_at = {now}, error = null, version = version + 1 where id = {row.Id} and state = {VersionMoveState.Running}",
                    rows: 1),
                cancellationToken);
            return true;
        }
        catch (StaleException)
        {
            // Another node was faster.
            return false;
        }
    }

    private static VersionMoveItemRow ItemOf(MoveOrder order, InstanceRow instance, RenewalPlan plan, DateTimeOffset at) => new()
    {
        MoveId = order.Row.Id,
        InstanceId = instance.Id,
        DossierId = instance.DossierId,
        Code = instance.CorrelationId ?? instance.Id,
        FromVersion = InstanceJson.Read(instance.State).DefinitionVersion,
        Result = MoveOrder.ResultOf(plan),
        Reasons = JsonSerializer.Serialize(MoveOrder.ReasonsOf(plan), JsonText.Readable),
        At = at,
    };

    /// <summary>Leaves a click that would move nothing.</summary>
    private sealed class ImpossibleException(RenewalPlan plan) : Exception
    {
        public RenewalPlan Plan { get; } = plan;
    }
}

/// <summary>Looks every second for orders.</summary>
[DisallowConcurrentExecution]
internal sealed class VersionMoveJob(VersionMoveRunner runner) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await runner.RunAsync(cancellationToken);
}
