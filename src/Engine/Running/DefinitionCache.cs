using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Storage;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;

namespace PublicService.Engine.Running;

/// <summary>
/// Definitions ready to run, in memory: all published ones, and every version a running instance still needs. A version that is
/// published or has instances never changes, so nothing here gets old but the question which versions are published.
/// </summary>
public sealed class DefinitionCache(IDbContextFactory<EngineDb> contexts, ActivityCatalog builtIn) : IDisposable
{
    private sealed record Known(string Hash, WorkflowDefinition Definition);

    private readonly ConcurrentDictionary<string, Known> versions = new();
    private readonly SemaphoreSlim reloading = new(1, 1);
    private ActivityCatalog? extended;
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
            return known.Definition;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await db.Definitions.AsNoTracking().FirstOrDefaultAsync(row => row.Id == versionId, cancellationToken)
            ?? throw new InvalidOperationException($"Workflow definition version {versionId} is not stored.");
        return versions.GetOrAdd(versionId, Read(row, Catalog)).Definition;
    }

    /// <summary>Learns which definitions are published: at start, after each publication, and when another engine published. Reads only those it does not know.</summary>
    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        await reloading.WaitAsync(cancellationToken);
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var rows = db.Definitions.AsNoTracking().Where(row => row.IsPublished);
            var current = await rows.Select(row => new { row.Id, row.Hash }).ToListAsync(cancellationToken);
            // A deleted version's number is given out again: the same id with another content is another version.
            var unknown = current.Where(row => versions.GetValueOrDefault(row.Id)?.Hash != row.Hash).Select(row => row.Id).ToList();
            if (unknown.Count == 0 && current.Count == published.Count && current.TrueForAll(row => ReferenceEquals(published.GetValueOrDefault(versions[row.Id].Definition.DefinitionId), versions[row.Id].Definition)))
            {
                return;
            }

            var read = await (unknown.Count < current.Count ? rows.Where(row => unknown.Contains(row.Id)) : rows).ToListAsync(cancellationToken);
            // In parallel: a province has thousands of definitions, and the engine starts when the last one is read.
            foreach (var (id, definition) in read.AsParallel().AsOrdered().Select(row => (row.Id, Read(row, builtIn))).ToList())
            {
                versions[id] = definition;
            }

            var definitions = current.ConvertAll(row => versions.GetValueOrDefault(row.Id)?.Definition).OfType<WorkflowDefinition>().ToList();
            if (extended is not null || definitions.Exists(definition => definition.UsableAsActivity))
            {
                // Definitions that use workflows as activities can only be read once those are known.
                extended = builtIn.WithWorkflows(definitions);
                definitions = definitions.ConvertAll(definition => ReadAgain(definition, extended));
            }

            published = definitions.ToDictionary(definition => definition.DefinitionId);
        }
        finally
        {
            reloading.Release();
        }
    }

    public void Dispose() => reloading.Dispose();

    private WorkflowDefinition ReadAgain(WorkflowDefinition definition, ActivityCatalog catalog)
    {
        var again = DefinitionReader.Read((JsonObject)definition.Source.DeepClone(), catalog);
        versions.AddOrUpdate(definition.Id, id => throw new InvalidOperationException($"Version {id} is not known."), (_, known) => known with { Definition = again });
        return again;
    }

    private static Known Read(DefinitionRow row, ActivityCatalog catalog) => new(row.Hash, DefinitionReader.Read(row.Json, catalog));
}
