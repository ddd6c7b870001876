using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Directories;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Reorganisation;

/// <summary>What a plan does to the directory of offices.</summary>
internal sealed class PlanOffices(IDbContextFactory<EngineDb> contexts, OfficeDirectory offices, DirectoryRefresh directories, TimeProvider time)
{
    public Task RefreshAsync(CancellationToken cancellationToken) => directories.RefreshAsync(cancellationToken);

    /// <summary>
    /// With the order the old offices get their last day and their successors: from the plan's date on nothing new can be handed in there,
    /// also while the work still moves.
    /// </summary>
    public async Task EndAsync(ReorganisationRow row, ReorganisationPlan plan, Changes changes, CancellationToken cancellationToken)
    {
        var last = row.EffectiveOn.AddDays(-1);
        foreach (var office in (await RowsAsync([.. plan.Ending.Select(change => change.From)], cancellationToken)).Where(office => office.ValidTo is null || office.ValidTo > last))
        {
            office.ValidTo = last;
            changes.Update(office, nameof(OfficeRow.ValidTo));
        }

        changes.InsertAll(plan.Ending.SelectMany(change => change.Targets
            .Where(target => offices.Successors(change.From).All(known => known.Id != target.OfficeId))
            .Select(target => new OfficeSuccessorRow { OfficeId = change.From, SuccessorId = target.OfficeId, ReorganisationId = row.Id, EffectiveOn = row.EffectiveOn })));
        DirectoryRefresh.Raise(changes);
    }

    /// <summary>On the day itself: new names, units under their new parents, rules of assignment. Returns how many rules go over.</summary>
    public async Task<int> GoOverAsync(ReorganisationRow row, PlacementRules rules, Changes changes, CancellationToken cancellationToken)
    {
        var plan = ReorganisationPlan.Read(row.Plan);
        var renamed = plan.Changes.Where(change => change.Rename is not null).ToDictionary(change => change.From, change => change.Rename!);
        foreach (var office in await RowsAsync(renamed.Keys, cancellationToken))
        {
            var name = renamed[office.Id];
            OfficeNames.Rename(changes, office, offices, new OfficeNameRow
            {
                OfficeId = office.Id,
                ValidFrom = row.EffectiveOn,
                Name = name.Name,
                OneStop = name.OneStop ?? office.OneStop,
                Reason = row.Name,
                ChangedBy = row.OrderedBy!,
                ChangedAt = time.GetUtcNow(),
            });
        }

        var units = offices.ValidOn(row.EffectiveOn).Where(unit => unit.ParentId is { } parent && rules.ChangeOf(parent)?.Targets is [_]).Select(unit => unit.Id).ToList();
        foreach (var unit in (await RowsAsync(units, cancellationToken)).Where(unit => rules.ChangeOf(unit.Id) is null))
        {
            unit.ParentId = rules.ChangeOf(unit.ParentId!)!.Targets[0].OfficeId;
            changes.Update(unit, nameof(OfficeRow.ParentId));
        }

        var moves = await RuleMoves.OfAsync(contexts, rules, cancellationToken);
        changes.InsertAll(moves.Select(move => new AssignmentRuleRow
        {
            OfficeId = move.To,
            Role = move.Rule.Role,
            Mode = move.Rule.Mode,
            ChangedBy = row.OrderedBy!,
            ChangedAt = time.GetUtcNow(),
        }));
        DirectoryRefresh.Raise(changes);
        return moves.Count;
    }

    private async Task<List<OfficeRow>> RowsAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<OfficeRow>().AsNoTracking().Where(row => ids.Contains(row.Id)).ToListAsync(cancellationToken);
    }
}
