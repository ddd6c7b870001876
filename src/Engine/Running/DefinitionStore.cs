using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Directories;
using PublicService.Engine.Storage;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;

namespace PublicService.Engine.Running;

/// <summary>A definition that is stored.</summary>
/// <param name="IsNew">False when the newest version said the same already; then nothing was stored.</param>
public sealed record StoredDefinition(string VersionId, string DefinitionId, int Version, bool IsNew, IReadOnlyList<Finding> Warnings);

/// <summary>
/// Stores versions of definitions and indexes what starts them. A version with instances is never changed or deleted; what does not
/// pass <see cref="DefinitionGate"/> is not published.
/// </summary>
public sealed class DefinitionStore(IDbContextFactory<EngineDb> contexts, CommitLane lane, DefinitionCache cache, DefinitionGate gate, TimeProvider time)
{
    private const int Attempts = 5;

    /// <summary>
    /// Publishes every definition of a folder that differs from what the folder held at its last publication; running instances keep
    /// theirs, and a version somebody published meanwhile stays until the file itself changes. A definition with errors is not
    /// published: it is named in the log, and the version before stays.
    /// </summary>
    /// <returns>How many new versions were published.</returns>
    /// <exception cref="DefinitionException">A file is no definition; nothing of the folder is published.</exception>
    public async Task<int> PublishFolderAsync(string folder, string author, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            return 0;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var known = (await db.Definitions.AsNoTracking().Select(row => new { row.DefinitionId, row.Version, row.Hash, row.CreatedBy }).ToListAsync(cancellationToken))
            .GroupBy(row => row.DefinitionId).ToDictionary(group => group.Key, group => group.OrderBy(row => row.Version).ToList());
        var changes = new Changes();
        var published = 0;
        foreach (var file in Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var text = await File.ReadAllTextAsync(file, cancellationToken);
            if (!IsDefinition(text))
            {
                continue;
            }

            var definition = DefinitionReader.Read(text, cache.Catalog);
            var versions = known.GetValueOrDefault(definition.DefinitionId) ?? [];
            var hash = HashOf(text);
            if (gate.LetsPass(definition, file) && versions.FindLast(row => row.CreatedBy == author)?.Hash != hash)
            {
                Add(changes, definition, versions.Count == 0 ? 1 : versions[^1].Version + 1, hash, new(author, $"Nạp từ {Path.GetFileName(file)}"), isPublished: true);
                published++;
            }
        }

        await lane.CommitAsync(changes, cancellationToken);
        await cache.ReloadAsync(cancellationToken);
        return published;
    }

    /// <summary>Publishes one definition; new instances run on it from now on. The same definition again changes nothing.</summary>
    /// <exception cref="DefinitionException">The text is no definition.</exception>
    /// <exception cref="Http.ProblemException">409 with the code of the first finding, naming the step.</exception>
    public async Task<StoredDefinition> PublishAsync(string json, Authorship by, CancellationToken cancellationToken)
    {
        var definition = DefinitionReader.Read(json, cache.Catalog);
        for (var attempt = 1; ; attempt++)
        {
            var changes = new Changes();
            var stored = await AddAsync(changes, definition, by, isPublished: true, gate.Check(definition), cancellationToken);
            try
            {
                await lane.CommitAsync(changes, cancellationToken);
                await cache.ReloadAsync(CancellationToken.None);
                return stored;
            }
            catch (DuplicateException) when (attempt < Attempts)
            {
                // Somebody published another version at the same moment; ours comes after it.
            }
        }
    }

    /// <summary>Adds a definition to a change that is committed by the caller, who then calls <see cref="DefinitionCache.ReloadAsync"/>.</summary>
    /// <param name="isPublished">False keeps the published version: the new one is only for whoever names it.</param>
    /// <param name="findings">What <see cref="DefinitionGate"/> said.</param>
    public async Task<StoredDefinition> AddAsync(
        Changes changes, WorkflowDefinition definition, Authorship by, bool isPublished, IReadOnlyList<Finding> findings, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var newest = await db.Definitions.AsNoTracking().Where(row => row.DefinitionId == definition.DefinitionId)
            .OrderByDescending(row => row.Version).FirstOrDefaultAsync(cancellationToken);
        if (newest is not null && (newest.IsPublished || !isPublished) && JsonNode.DeepEquals(Portable(DefinitionReader.Read(newest.Json, cache.Catalog)), Portable(definition)))
        {
            return new(newest.Id, newest.DefinitionId, newest.Version, false, findings);
        }

        var version = (newest?.Version ?? 0) + 1;
        Add(changes, definition, version, HashOf(Portable(definition).ToJsonString(JsonText.Readable)), by, isPublished);
        return new($"{definition.DefinitionId}:{version}", definition.DefinitionId, version, true, findings);
    }

    /// <summary>A definition as it is carried to another engine: without what only this one knows of it.</summary>
    public static JsonObject Portable(WorkflowDefinition definition)
    {
        var json = DefinitionWriter.ForFile(definition);
        foreach (var own in new[] { "id", "version", "isLatest", "isPublished" })
        {
            json.Remove(own);
        }

        return json;
    }

    private void Add(Changes changes, WorkflowDefinition definition, int version, string hash, Authorship by, bool isPublished)
    {
        var id = $"{definition.DefinitionId}:{version}";
        var source = (JsonObject)definition.Source.DeepClone();
        source["id"] = id;
        source["version"] = version;
        source["isLatest"] = true;
        source["isPublished"] = isPublished;
        changes.Execute($"update definitions set is_latest = {false} where definition_id = {definition.DefinitionId}");
        if (isPublished)
        {
            Unpublish(changes, definition.DefinitionId);
            gate.Unpin(changes, definition.DefinitionId);
        }

        changes.Insert(new DefinitionRow
        {
            Id = id,
            DefinitionId = definition.DefinitionId,
            Version = version,
            Name = definition.Name,
            IsLatest = true,
            IsPublished = isPublished,
            Json = source.ToJsonString(JsonText.Readable),
            CreatedAt = time.GetUtcNow(),
            CreatedBy = by.PersonId,
            Note = by.Reason,
            PublishedBy = isPublished ? by.PersonId : null,
            PublishedAt = isPublished ? time.GetUtcNow() : null,
            PublishNote = isPublished ? by.Reason : null,
            SearchText = SearchText.Of(definition.DefinitionId, definition.Name, definition.Description),
            Hash = hash,
        });
        if (isPublished)
        {
            AddTriggers(changes, id, definition, time.GetUtcNow());
        }
    }

    /// <summary>No version is published and nothing starts one.</summary>
    internal static Changes Unpublish(Changes changes, string definitionId) => changes
        .Execute($"update definitions set is_published = {false} where definition_id = {definitionId} and is_published")
        .Execute($"delete from triggers where definition_version_id in (select id from definitions where definition_id = {definitionId})");

    /// <summary>Indexes what starts a published version.</summary>
    internal static void AddTriggers(Changes changes, string versionId, WorkflowDefinition definition, DateTimeOffset now)
    {
        foreach (var node in definition.Nodes.Values.Where(node => node.CanStartWorkflow))
        {
            if (node.Activity.TriggerOf(node) is { } trigger)
            {
                changes.Insert(new TriggerRow
                {
                    DefinitionVersionId = versionId,
                    ActivityId = node.Id,
                    Name = trigger.Name,
                    Key = trigger.Key ?? trigger.Schedule ?? string.Empty,
                    DueAt = TriggerSchedule.First(trigger, now),
                });
            }
        }
    }

    /// <summary>Other JSON files (credential types, forms) may stand beside the definitions.</summary>
    private static bool IsDefinition(string text) => text.Contains("\"root\"", StringComparison.Ordinal);

    internal static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>Who stores a definition, and why.</summary>
public sealed record Authorship(string PersonId, string Reason);
