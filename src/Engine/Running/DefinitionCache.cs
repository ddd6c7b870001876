using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Storage;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;

namespace PublicService.Engine.Running;

/// <summary>
/// Definitions ready to run, in memory: all published ones, and every version a running instance still needs. A version never
/// changes, so nothing here gets old but the question which version is published.
/// </summary>
public sealed class DefinitionCache(IDbContextFactory<EngineDb> contexts, ActivityCatalog builtIn)
{
    private ActivityCatalog? extended;
    private readonly ConcurrentDictionary<string, WorkflowDefinition> versions = new();
    private Dictionary<string, WorkflowDefinition> published = [];

    /// <summary>Activity types, those made of published workflows included.</summary>
    public ActivityCatalog Catalog => extended ?? builtIn;

    /// <summary>The published version of a definition; null when there is none.</summary>
    public WorkflowDefinition? Published(string definitionId) => published.GetValueOrDefault(definitionId);

    public IReadOnlyCollection<WorkflowDefinition> AllPublished => published.Values;

    /// <summary>A version by its id, whether or not it is still published.</summary>
    /// <exception cref="InvalidOperationException">It is not stored; versions with instances are never deleted.</exception>
    public async ValueTask<WorkflowDefinition> FindAsync(string versionId, CancellationToken cancellationToken)
    {
        if (versions.TryGetValue(versionId, out var known))
        {
            return known;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await db.Definitions.AsNoTracking().FirstOrDefaultAsync(row => row.Id == versionId, cancellationToken)
            ?? throw new InvalidOperationException($"Workflow definition version {versionId} is not stored.");
        return versions.GetOrAdd(versionId, Read(row, Catalog));
    }

    /// <summary>Reads all published definitions again: at start and after each publication.</summary>
    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.Definitions.AsNoTracking().Where(row => row.IsPublished).ToListAsync(cancellationToken);
        // In parallel: a province has thousands of definitions, and the engine starts when the last one is read.
        var definitions = rows.AsParallel().AsOrdered().Select(row => versions.GetOrAdd(row.Id, _ => Read(row, builtIn))).ToList();
        if (definitions.Exists(definition => definition.UsableAsActivity))
        {
            // Definitions that use workflows as activities can only be read once those are known.
            extended = builtIn.WithWorkflows(definitions);
            definitions = [.. rows.Select(row => versions[row.Id] = Read(row, Catalog))];
        }

        published = definitions.ToDictionary(definition => definition.DefinitionId);
    }

    private static WorkflowDefinition Read(DefinitionRow row, ActivityCatalog catalog) =>
        DefinitionReader.Read(row.Json, catalog);
}
