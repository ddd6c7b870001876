using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Storage;
using PublicService.Workflows.Catalog;
using PublicService.Workflows.Checks;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;

namespace PublicService.Engine.Running;

/// <summary>Stores versions of definitions and indexes what starts them. A version with instances is never changed or deleted.</summary>
public sealed class DefinitionStore(IDbContextFactory<EngineDb> contexts, CommitLane lane, DefinitionCache cache, TimeProvider time, ILogger<DefinitionStore> logger)
{
    /// <summary>
    /// Publishes every definition of a folder that differs from its stored version; running instances keep theirs. A definition with
    /// errors is not published: it is named in the log, and the version before stays.
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
        var latest = await db.Definitions.AsNoTracking().Where(row => row.IsLatest)
            .Select(row => new { row.DefinitionId, row.Version, row.Hash }).ToDictionaryAsync(row => row.DefinitionId, cancellationToken);
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
            var errors = DefinitionCheck.Check(definition).Concat(CheckSchedules(definition)).Where(finding => finding.Level is FindingLevel.Error).ToList();
            if (errors.Count > 0)
            {
                logger.LogError("{File} is not published: {Findings}", file, string.Join(" ", errors.Select(finding => $"{finding.ActivityId} {finding.Code}: {finding.Message}")));
                continue;
            }

            var known = latest.GetValueOrDefault(definition.DefinitionId);
            var hash = HashOf(text);
            if (known?.Hash != hash)
            {
                Publish(changes, definition, (known?.Version ?? 0) + 1, hash, author, $"Nạp từ {Path.GetFileName(file)}");
                published++;
            }
        }

        await lane.CommitAsync(changes, cancellationToken);
        await cache.ReloadAsync(cancellationToken);
        return published;
    }

    private void Publish(Changes changes, WorkflowDefinition definition, int version, string hash, string author, string note)
    {
        var id = $"{definition.DefinitionId}:{version}";
        var source = (JsonObject)definition.Source.DeepClone();
        source["id"] = id;
        source["version"] = version;
        source["isLatest"] = true;
        source["isPublished"] = true;
        changes.Execute($"update definitions set is_latest = {false}, is_published = {false} where definition_id = {definition.DefinitionId}");
        changes.Execute($"delete from triggers where definition_version_id in (select id from definitions where definition_id = {definition.DefinitionId})");
        changes.Insert(new DefinitionRow
        {
            Id = id,
            DefinitionId = definition.DefinitionId,
            Version = version,
            Name = definition.Name,
            IsLatest = true,
            IsPublished = true,
            Json = source.ToJsonString(JsonText.Readable),
            CreatedAt = time.GetUtcNow(),
            CreatedBy = author,
            Note = note,
            Hash = hash,
        });
        foreach (var node in definition.Nodes.Values.Where(node => node.CanStartWorkflow))
        {
            if (node.Activity.TriggerOf(node) is { } trigger)
            {
                changes.Insert(new TriggerRow
                {
                    DefinitionVersionId = id,
                    ActivityId = node.Id,
                    Name = trigger.Name,
                    Key = trigger.Key ?? trigger.Schedule ?? string.Empty,
                    DueAt = TriggerSchedule.First(trigger, time.GetUtcNow()),
                });
            }
        }
    }

    /// <summary>A schedule that cannot be read would never start anything.</summary>
    private IEnumerable<Finding> CheckSchedules(WorkflowDefinition definition)
    {
        foreach (var node in definition.Nodes.Values.Where(node => node.CanStartWorkflow))
        {
            if (node.Activity.TriggerOf(node) is { Schedule: { } schedule } trigger && !IsReadable(trigger))
            {
                yield return new Finding("SCHEDULE_INVALID", FindingLevel.Error, node.Id, $"“{schedule}” không phải là lịch khởi động hợp lệ.");
            }
        }
    }

    private bool IsReadable(TriggerStimulus trigger)
    {
        try
        {
            TriggerSchedule.First(trigger, time.GetUtcNow());
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>Other JSON files (credential types, forms) may stand beside the definitions.</summary>
    private static bool IsDefinition(string text) => text.Contains("\"root\"", StringComparison.Ordinal);

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
