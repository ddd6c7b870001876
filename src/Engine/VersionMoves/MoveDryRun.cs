using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;
using PublicService.Workflows.Running;

namespace PublicService.Engine.VersionMoves;

/// <summary>Says of every dossier what a run would do, by the same rules, and stores nothing.</summary>
internal sealed class MoveDryRun(IDbContextFactory<EngineDb> contexts, DefinitionCache definitions, TimeProvider time)
{
    private const int Size = 500;

    /// <summary>Lines shown; the counts are of all.</summary>
    private const int Shown = 500;

    public async Task<(VersionMoveCounts Counts, IReadOnlyList<VersionMoveLine> Lines)> OfAsync(VersionMoveRow row, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var order = await MoveOrder.ReadAsync(db, definitions, row, cancellationToken);
        var (lines, counts, now) = (new List<VersionMoveLine>(), new List<(VersionMoveResult, int)>(), time.GetUtcNow());
        for (string? after = null; await PageAsync(db, order, after, cancellationToken) is { Count: > 0 } page; after = page[^1].Id)
        {
            foreach (var instance in page)
            {
                var state = InstanceJson.Read(instance.State);
                if (order.IsAt(state))
                {
                    var plan = order.Plan(state, now);
                    counts.Add((MoveOrder.ResultOf(plan), 1));
                    lines.Add(new(instance.DossierId, state.CorrelationId ?? instance.Id, state.DefinitionVersion, MoveOrder.ResultOf(plan), MoveOrder.ReasonsOf(plan)));
                }
            }

            // What needs a look first, and no more than fits on a page.
            lines = [.. lines.OrderByDescending(line => line.Result).Take(Shown)];
        }

        return (VersionMoveCounts.Of(counts), lines);
    }

    private static Task<List<InstanceRow>> PageAsync(EngineDb db, MoveOrder order, string? after, CancellationToken cancellationToken) =>
        order.Candidates(db, after).OrderBy(row => row.Id).Take(Size).ToListAsync(cancellationToken);
}
