using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using PublicService.Activities.Checks;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Json;

namespace PublicService.Engine.Definitions;

/// <summary>
/// Findings of all versions in use, kept in memory: a version is checked again only when its content, the activities, the wordings of its
/// procedure or the day are others than they were.
/// </summary>
public sealed class DefinitionFindings(
    IDbContextFactory<EngineDb> contexts, DefinitionCache cache, DefinitionGate gate, ProcedureDirectory procedures, TimeProvider time)
{
    private const int AtOnce = 100;

    private sealed record Result(string Hash, ActivityCatalog Catalog, string Code, object Wordings, DateOnly Day, IReadOnlyList<StepFinding> Findings);

    private readonly ConcurrentDictionary<string, Result> results = new();

    internal async Task<IReadOnlyList<CheckedVersion>> AllAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (catalog, day) = (cache.Catalog, VietnamTime.DateOf(time.GetUtcNow()));
        var rows = await db.Definitions.AsNoTracking().Where(row => row.IsLatest || row.IsPublished)
            .Select(row => new { row.Id, row.DefinitionId, row.Version, row.Name, row.IsLatest, row.IsPublished, row.Hash }).ToListAsync(cancellationToken);
        var stale = rows.Where(row => !results.TryGetValue(row.Id, out var known) || known.Hash != row.Hash || known.Catalog != catalog || known.Day != day || known.Wordings != procedures.Wordings(known.Code))
            .Select(row => row.Id).ToList();
        foreach (var ids in stale.Chunk(AtOnce))
        {
            var texts = await db.Definitions.AsNoTracking().Where(row => ids.Contains(row.Id)).Select(row => new { row.Id, row.Hash, row.Json }).ToListAsync(cancellationToken);
            texts.AsParallel().WithCancellation(cancellationToken).ForAll(row => results[row.Id] = Check(row.Json, row.Hash, catalog, day));
        }

        foreach (var gone in results.Keys.Except(rows.Select(row => row.Id)).ToList())
        {
            results.TryRemove(gone, out _);
        }

        return [.. rows.Where(row => results.ContainsKey(row.Id)).Select(row => new CheckedVersion(
            row.DefinitionId, row.Id, row.Version, row.Name ?? row.DefinitionId, row.IsLatest, row.IsPublished, results[row.Id].Findings))];
    }

    private Result Check(string json, string hash, ActivityCatalog catalog, DateOnly day)
    {
        var definition = DefinitionReader.Read(json, catalog);
        var code = ProcedureCheck.CodeOf(definition);
        // Taken before the check: a change in between is then seen by the next one.
        var wordings = procedures.Wordings(code);
        return new(hash, catalog, code, wordings, day,
        [
            .. gate.Findings(definition, null).Select(finding => new StepFinding(
                finding.Code, finding.Level, finding.ActivityId, finding.ActivityId is { } id ? FindingsException.NameOf(definition, id) : null, finding.Message)),
        ]);
    }
}
