using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Storage;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;

namespace PublicService.Engine.Running;

/// <summary>
/// Versions of definitions as Elsa keeps them (Elsa contract A.2, rules 1 to 7): a draft is overwritten in place, a published version
/// never changes. Publishing is a legal act: it is refused while there are errors, and who did it, when and why stays with the version.
/// </summary>
public sealed class DefinitionVersions(
    IDbContextFactory<EngineDb> contexts, CommitLane lane, DefinitionCache cache, DefinitionGate gate, TimeProvider time)
{
    /// <summary>What a save says beside the model.</summary>
    /// <param name="SeenHash">State the author has on the screen; null for authors who do not say.</param>
    /// <param name="ReplacesAll">The author knows that no step of the state before is left.</param>
    public sealed record Intent(string Author, bool Publish = false, string? SeenHash = null, bool ReplacesAll = false, string? Why = null);

    /// <summary>The version after a save, and what is still wrong with it.</summary>
    public sealed record Saved(DefinitionRow Row, IReadOnlyList<Finding> Findings, bool AlreadyPublished = false);

    /// <summary>Saves a new definition, overwrites the draft, or makes a draft after the published version.</summary>
    /// <exception cref="RefusedException">DEFINITION_CHANGED, DEFINITION_EMPTIED, NAME_TAKEN.</exception>
    /// <exception cref="FindingsException">The version is to be published and has errors.</exception>
    /// <exception cref="DefinitionException">The model is no definition.</exception>
    public async Task<Saved> SaveAsync(JsonObject model, Intent intent, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var definitionId = model["definitionId"]?.ToString() is { Length: > 0 } given ? given : Guid.NewGuid().ToString("n")[..16];
        var latest = await db.Definitions.AsNoTracking().Where(row => row.DefinitionId == definitionId && row.IsLatest).FirstOrDefaultAsync(cancellationToken);
        if (latest is not null && intent.SeenHash is { } seen && seen != latest.Hash)
        {
            throw Changed(latest);
        }

        var name = model["name"]?.ToString().Trim() is { Length: > 0 } named ? named : definitionId;
        if (await db.Definitions.AnyAsync(row => row.IsLatest && row.DefinitionId != definitionId && row.Name == name, cancellationToken))
        {
            throw new RefusedException("NAME_TAKEN", $"Đã có quy trình khác tên “{name}”.");
        }

        var draft = latest is { IsPublished: false } ? latest : null;
        var row = draft ?? new DefinitionRow
        {
            Id = $"{definitionId}:{(latest?.Version ?? 0) + 1}",
            DefinitionId = definitionId,
            Version = (latest?.Version ?? 0) + 1,
            IsLatest = true,
            Json = "",
            Hash = "",
            CreatedAt = time.GetUtcNow(),
            CreatedBy = intent.Author,
            Note = intent.Why,
        };
        var definition = Read(model, row);
        if (latest is not null && !intent.ReplacesAll)
        {
            MustKeepSteps(DefinitionReader.Read(latest.Json, cache.Catalog), definition);
        }

        var findings = gate.Findings(definition, null);
        var before = row.Hash;
        Fill(row, definition, name, intent.Author);
        var changes = new Changes();
        if (draft is null)
        {
            changes.Execute($"update definitions set is_latest = {false} where definition_id = {definitionId} and is_latest");
            changes.Insert(row);
        }
        else
        {
            // Two who save at once: the second finds another state than the one it has read.
            changes.Execute(
                $"update definitions set name = {row.Name}, json = {row.Json}, hash = {row.Hash}, search_text = {row.SearchText}, updated_by = {row.UpdatedBy}, updated_at = {row.UpdatedAt} where id = {row.Id} and hash = {before} and not is_published",
                rows: 1);
        }

        if (intent.Publish)
        {
            Publish(changes, row, definition, findings, intent);
        }

        await CommitAsync(changes, row, intent.Publish, cancellationToken);
        return new Saved(row, findings);
    }

    /// <summary>Publishes the latest version.</summary>
    /// <exception cref="FindingsException">It has errors.</exception>
    public async Task<Saved?> PublishAsync(string definitionId, Intent intent, CancellationToken cancellationToken)
    {
        if (await LatestAsync(definitionId, cancellationToken) is not { } row)
        {
            return null;
        }

        var definition = DefinitionReader.Read(row.Json, cache.Catalog);
        var findings = gate.Findings(definition, null);
        if (row.IsPublished)
        {
            return new Saved(row, findings, AlreadyPublished: true);
        }

        var changes = new Changes();
        Publish(changes, row, definition, findings, intent);
        await CommitAsync(changes, row, true, cancellationToken);
        return new Saved(row, findings);
    }

    /// <summary>Takes the published version back: no new instance starts, running ones go on.</summary>
    /// <exception cref="RefusedException">DEFINITION_NOT_PUBLISHED.</exception>
    public async Task<DefinitionRow> RetractAsync(string definitionId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await db.Definitions.AsNoTracking().FirstOrDefaultAsync(row => row.DefinitionId == definitionId && row.IsPublished, cancellationToken)
            ?? throw new RefusedException("DEFINITION_NOT_PUBLISHED", "Quy trình chưa được ban hành nên không thu hồi được.");
        row.IsPublished = false;
        await CommitAsync(DefinitionStore.Unpublish(new Changes(), definitionId), row, true, cancellationToken);
        return row;
    }

    /// <summary>A new draft with the content of an old version; null when there is no such version.</summary>
    public async Task<DefinitionRow?> RevertAsync(string definitionId, int version, string author, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var old = await db.Definitions.AsNoTracking().FirstOrDefaultAsync(row => row.DefinitionId == definitionId && row.Version == version, cancellationToken);
        if (old is null)
        {
            return null;
        }

        var last = await db.Definitions.Where(row => row.DefinitionId == definitionId).MaxAsync(row => row.Version, cancellationToken);
        var row = new DefinitionRow
        {
            Id = $"{definitionId}:{last + 1}",
            DefinitionId = definitionId,
            Version = last + 1,
            IsLatest = true,
            Json = "",
            Hash = "",
            CreatedAt = time.GetUtcNow(),
            CreatedBy = author,
            Note = $"Khôi phục từ phiên bản {version}",
        };
        Fill(row, Read((JsonObject)JsonNode.Parse(old.Json)!, row), old.Name ?? definitionId, author);
        var changes = new Changes().Execute($"update definitions set is_latest = {false} where definition_id = {definitionId} and is_latest").Insert(row);
        await lane.CommitAsync(changes, cancellationToken);
        return row;
    }

    /// <summary>Deletes versions nothing has ever run on. The highest version that is left becomes the latest.</summary>
    /// <param name="versionId">One version; null for all.</param>
    /// <exception cref="RefusedException">DEFINITION_IN_USE.</exception>
    public async Task<bool> DeleteAsync(string definitionId, string? versionId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.Definitions.AsNoTracking().Where(row => row.DefinitionId == definitionId).OrderBy(row => row.Version).ToListAsync(cancellationToken);
        var doomed = rows.Where(row => versionId is null || row.Id == versionId).ToList();
        if (doomed.Count == 0)
        {
            return false;
        }

        var ids = doomed.ConvertAll(row => row.Id);
        var used = await db.Instances.CountAsync(row => row.DefinitionId == definitionId && ids.Contains(row.DefinitionVersionId), cancellationToken);
        if (used > 0)
        {
            throw new RefusedException("DEFINITION_IN_USE", $"Không xóa được: {used} hồ sơ đã được giải quyết theo quy trình này. Hãy thu hồi thay vì xóa.");
        }

        var changes = new Changes();
        foreach (var row in doomed)
        {
            changes.Execute($"delete from triggers where definition_version_id = {row.Id}");
            // A dossier that started meanwhile keeps its version: the row then stays, and the commit is refused.
            changes.Execute($"delete from definitions where id = {row.Id} and not exists (select 1 from instances where definition_id = {definitionId} and definition_version_id = {row.Id})", rows: 1);
        }

        if (rows.Except(doomed).LastOrDefault() is { } left)
        {
            changes.Execute($"update definitions set is_latest = {true} where id = {left.Id}");
        }

        await lane.CommitAsync(changes, cancellationToken);
        await cache.ReloadAsync(cancellationToken);
        return true;
    }

    public async Task<DefinitionRow?> LatestAsync(string definitionId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Definitions.AsNoTracking().FirstOrDefaultAsync(row => row.DefinitionId == definitionId && row.IsLatest, cancellationToken);
    }

    private WorkflowDefinition Read(JsonObject model, DefinitionRow row)
    {
        var source = (JsonObject)Tidy(model)!;
        source.Remove("links");
        source["id"] = row.Id;
        source["definitionId"] = row.DefinitionId;
        source["version"] = row.Version;
        var definition = DefinitionReader.Read(source, cache.Catalog);
        GiveTypes(definition);
        return DefinitionReader.Read(DefinitionWriter.ForFile(definition), cache.Catalog);
    }

    /// <summary>Studio leaves the type of a value out when somebody edits it, and a value without type counts as unset when it is run (Elsa contract B.3).</summary>
    private static void GiveTypes(WorkflowDefinition definition)
    {
        foreach (var node in definition.Nodes.Values)
        {
            foreach (var input in node.Activity.Descriptor.Inputs.Where(input => input.IsWrapped))
            {
                if (node.Source[JsonNamingPolicy.CamelCase.ConvertName(input.Name)] is JsonObject written && written["expression"] is JsonObject && written["typeName"] is null)
                {
                    written["typeName"] = input.TypeName;
                }
            }
        }
    }

    /// <summary>Studio's field for tags cannot hold an ordinary space, so its page gives one that does not break.</summary>
    private static JsonNode? Tidy(JsonNode? node) => node switch
    {
        JsonObject json => new JsonObject(json.Select(property => KeyValuePair.Create(property.Key, Tidy(property.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Tidy)]),
        JsonValue value when value.TryGetValue<string>(out var text) && text.Contains('\u00a0', StringComparison.Ordinal) => JsonValue.Create(text.Replace('\u00a0', ' ')),
        _ => node?.DeepClone(),
    };

    private void Fill(DefinitionRow row, WorkflowDefinition definition, string name, string author)
    {
        row.Name = name;
        row.Json = definition.Source.ToJsonString(JsonText.Readable);
        row.Hash = DefinitionStore.HashOf(row.Json);
        row.SearchText = SearchText.Of(row.DefinitionId, name, definition.Description);
        row.UpdatedBy = author;
        row.UpdatedAt = time.GetUtcNow();
    }

    /// <summary>Studio with a broken catalogue shows an empty canvas and then saves it; nobody means that.</summary>
    private static void MustKeepSteps(WorkflowDefinition before, WorkflowDefinition after)
    {
        var steps = StepsOf(before);
        if (steps.Count >= 2 && !steps.Overlaps(StepsOf(after)))
        {
            throw new RefusedException("DEFINITION_EMPTIED", $"Bản này không còn bước nào trong {steps.Count} bước đã lưu trước đó, nên chưa được lưu.");
        }
    }

    private static HashSet<string> StepsOf(WorkflowDefinition definition) =>
        [.. definition.Nodes.Values.Where(node => node.Parent is not null && node != definition.Workflow.Port("Root")).Select(node => node.Id)];

    private void Publish(Changes changes, DefinitionRow row, WorkflowDefinition definition, IReadOnlyList<Finding> findings, Intent intent)
    {
        if (findings.Any(finding => finding.Level is FindingLevel.Error))
        {
            throw new FindingsException(definition, findings);
        }

        row.IsPublished = true;
        row.PublishedBy = intent.Author;
        row.PublishedAt = time.GetUtcNow();
        row.PublishNote = intent.Why;
        DefinitionStore.Unpublish(changes, row.DefinitionId)
            .Execute($"update definitions set is_latest = {false} where definition_id = {row.DefinitionId} and id <> {row.Id}")
            .Execute($"update definitions set is_published = {true}, is_latest = {true}, published_by = {row.PublishedBy}, published_at = {row.PublishedAt}, publish_note = {row.PublishNote} where id = {row.Id} and hash = {row.Hash}", rows: 1);
        gate.Unpin(changes, row.DefinitionId);
        DefinitionStore.AddTriggers(changes, row.Id, definition, time.GetUtcNow());
    }

    private async Task CommitAsync(Changes changes, DefinitionRow row, bool isPublication, CancellationToken cancellationToken)
    {
        try
        {
            await lane.CommitAsync(changes, cancellationToken);
        }
        catch (Exception error) when (error is StaleException or DuplicateException)
        {
            throw Changed(row);
        }

        if (isPublication)
        {
            await cache.ReloadAsync(cancellationToken);
        }
    }

    private static RefusedException Changed(DefinitionRow row) => new(
        "DEFINITION_CHANGED",
        $"{row.UpdatedBy ?? row.CreatedBy} đã lưu bản khác của “{row.Name}” sau khi bạn mở. Bản của bạn chưa được lưu và vẫn còn trên trang này.");
}
