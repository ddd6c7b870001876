using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Directories;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Reorganisation;

/// <summary>Counts what a run would do, by the same rules, and stores nothing.</summary>
internal sealed class DryRun(IDbContextFactory<EngineDb> contexts, PeopleMover people)
{
    private const int Size = 1000;

    public async Task<ReorganisationCounts> CountAsync(ReorganisationRow row, CancellationToken cancellationToken)
    {
        var (rules, counts) = (new PlacementRules(ReorganisationPlan.Read(row.Plan)), new ReorganisationCounts());
        await DossiersAsync(rules, counts, cancellationToken);
        string? after = null;
        while (await people.NextAsync(rules, after, Size, cancellationToken) is { Count: > 0 } page)
        {
            page.ForEach(moving => people.Move(moving, rules, row, "", counts, new Changes(), null));
            after = page[^1].Person.Id;
        }

        counts.Rules = (await RuleMoves.OfAsync(contexts, rules, cancellationToken)).Count;
        return counts;
    }

    private async Task DossiersAsync(PlacementRules rules, ReorganisationCounts counts, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var ids = await LiveWork.At(db, rules.Old).OrderBy(dossier => dossier.Id).Select(dossier => dossier.Id).ToListAsync(cancellationToken);
        foreach (var chunk in ids.Chunk(Size))
        {
            var dossiers = await db.Dossiers.AsNoTracking().Where(dossier => chunk.Contains(dossier.Id))
                .Select(dossier => new DossierOffices(
                    dossier.Id, dossier.Code, dossier.ReceivingOfficeId, dossier.CompetentOfficeId, dossier.SupportOfficeId, dossier.ApplicantAddress, dossier.FormData))
                .ToListAsync(cancellationToken);
            var tasks = (await db.Tasks.AsNoTracking().Open().Where(task => chunk.Contains(task.DossierId!.Value) && task.OfficeId != null)
                .Select(task => new { Id = task.DossierId!.Value, task.OfficeId }).ToListAsync(cancellationToken)).ToLookup(task => task.Id, task => task.OfficeId!);
            dossiers.ForEach(dossier => counts.Add(dossier, tasks[dossier.Id], rules.Place(dossier, tasks[dossier.Id])));
        }
    }
}

/// <summary>Rules of assignment that go over: to the only successor, unless that one has a rule of its own for the role.</summary>
internal static class RuleMoves
{
    public static async Task<List<(AssignmentRuleRow Rule, string To)>> OfAsync(IDbContextFactory<EngineDb> contexts, PlacementRules rules, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var all = await db.Set<AssignmentRuleRow>().AsNoTracking().OrderBy(rule => rule.OfficeId).ThenBy(rule => rule.Role).ToListAsync(cancellationToken);
        var taken = all.Select(rule => (rule.OfficeId, rule.Role)).ToHashSet();
        return
        [
            .. from rule in all
            where rule.Mode is not AssignmentMode.Manual
            let change = rules.ChangeOf(rule.OfficeId)
            where change?.Targets is [var only] && taken.Add((only.OfficeId, rule.Role))
            select (rule, change.Targets[0].OfficeId),
        ];
    }
}
