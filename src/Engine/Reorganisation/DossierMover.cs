using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;
using PublicService.Workflows.Running;

namespace PublicService.Engine.Reorganisation;

/// <summary>The plan a dossier moves by, and who ordered it.</summary>
internal sealed record MovingOrder(string PlanId, string PlanName, string OrderedBy, string OrderedByName);

/// <summary>
/// Makes the changes by which dossiers go over with their open tasks and what their waiting workflows know of their offices. Whoever clicked
/// in between makes the commit stale: nothing of the chunk is stored then, and it is made again from what is stored by then.
/// </summary>
internal sealed class DossierMover(IDbContextFactory<EngineDb> contexts, OfficeDirectory offices, TimeProvider time)
{
    /// <param name="forced">Places of undecided offices, given by a person.</param>
    /// <returns>What could be moved is in the changes; what could not is given back with the reason.</returns>
    public async Task<List<(DossierOffices Dossier, Placement Placement)>> MoveAsync(
        IReadOnlyCollection<Guid> ids, PlacementRules rules, MovingOrder order, ReorganisationCounts counts, Changes changes,
        IReadOnlyDictionary<string, string>? forced, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var dossiers = await db.Dossiers.AsNoTracking().Where(dossier => ids.Contains(dossier.Id)).ToListAsync(cancellationToken);
        var tasks = (await LiveWork.TasksAsync(db, ids, cancellationToken)).ToLookup(task => task.DossierId!.Value);
        var instances = (await db.Instances.AsNoTracking().Where(row => row.DossierId != null && ids.Contains(row.DossierId.Value) && row.Status == InstanceStatus.Running)
            .ToListAsync(cancellationToken)).ToLookup(row => row.DossierId!.Value);
        var undecided = new List<(DossierOffices, Placement)>();
        var counted = new List<(DayCounts Before, DayCounts After)>();
        foreach (var dossier in dossiers.Where(dossier => dossier.MovesWithOffices).OrderBy(dossier => dossier.Id))
        {
            var seen = DossierOffices.Of(dossier);
            var officesOfTasks = tasks[dossier.Id].Select(task => task.OfficeId).OfType<string>().ToList();
            var placement = With(rules.Place(seen, officesOfTasks), forced);
            counts.Add(seen, officesOfTasks, placement);
            if (placement.Undecided.Count > 0)
            {
                undecided.Add((seen, placement));
            }
            else if (placement.Map.Count > 0)
            {
                var before = DayCounts.Of(dossier);
                Move(dossier, placement, [.. tasks[dossier.Id]], instances[dossier.Id], order, changes);
                counted.Add((before, DayCounts.Of(dossier)));
            }
        }

        DayCounts.Write(changes, counted);

        return undecided;
    }

    private void Move(
        Dossier dossier, Placement placement, List<TaskRow> tasks, IEnumerable<InstanceRow> instances, MovingOrder order, Changes changes)
    {
        var competent = dossier.CompetentOfficeId;
        var moving = tasks.FindAll(task => placement.Moves(task.OfficeId));
        var now = time.GetUtcNow();
        var act = new Act(order.OrderedBy, order.OrderedByName, offices.Root.Id, dossier.LastActAt > now ? dossier.LastActAt : now);
        dossier.Reorganise(
            placement.Next,
            id => offices.NameOn(id, VietnamTime.DateOf(now)),
            [.. moving.Select(task => new MovedTask(task.Title, task.OfficeId!, placement.Next(task.OfficeId)!))],
            (order.PlanId, order.PlanName),
            act);
        // Only what moves is written: no date can change by it.
        changes.Update(
            dossier,
            nameof(Dossier.SupportOfficeId), nameof(Dossier.ReceivingOfficeId), nameof(Dossier.CompetentOfficeId), nameof(Dossier.LedgerLength), nameof(Dossier.LastActAt));
        changes.InsertAll(dossier.TakeNewEntries());
        if (placement.Moves(competent))
        {
            // What others keep by the deciding office: the facts of the index, and letters that wait for its leader.
            changes.Execute($"update dossier_facts set office_id = {dossier.CompetentOfficeId} where dossier_id = {dossier.Id}");
            changes.Execute($"update apology_drafts set office_id = {dossier.CompetentOfficeId} where dossier_id = {dossier.Id} and status = 'Draft'");
        }

        foreach (var task in moving)
        {
            task.OfficeId = placement.Next(task.OfficeId);
            changes.Update(task, nameof(TaskRow.OfficeId));
        }

        foreach (var row in instances.Where(row => row.State is not null))
        {
            var state = InstanceJson.Read(row.State);
            if (InstanceOffices.Move(state, placement.Next))
            {
                row.State = InstanceJson.Write(state);
                changes.Update(row, nameof(InstanceRow.State));
            }
        }
    }

    private static Placement With(Placement placement, IReadOnlyDictionary<string, string>? forced)
    {
        if (forced is null)
        {
            return placement;
        }

        var map = placement.Map.Concat(forced.Where(one => placement.Undecided.Contains(one.Key))).ToDictionary(one => one.Key, one => one.Value, StringComparer.Ordinal);
        return new(map, [.. placement.Undecided.Where(office => !forced.ContainsKey(office))], placement.Reason);
    }
}
