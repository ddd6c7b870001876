using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;
using PublicService.Workflows.Running;

namespace PublicService.Engine.Studio;

/// <summary>One instance: its state, its journal, its variables (Elsa contract A.4, F.1).</summary>
internal static class ShowInstance
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/workflow-instances/{id}", async (string id, EngineDb db, CancellationToken cancellationToken) =>
        {
            var log = await InstanceLog.LoadAsync(db, id, cancellationToken);
            return await WholeAsync(db, log, cancellationToken);
        });
        routes.MapGet("/workflow-instances/{id}/execution-state", async (string id, EngineDb db, CancellationToken cancellationToken) =>
        {
            var row = await db.Instances.AsNoTracking().Where(row => row.Id == id)
                .Select(row => new { row.Status, row.SubStatus, row.UpdatedAt }).FindOrRefuseAsync("Lượt chạy", cancellationToken);
            return new { row.Status, row.SubStatus, workflowSubStatus = row.SubStatus, row.UpdatedAt };
        });
        routes.MapPost("/workflow-instances/{id}/journal", async (string id, int? skip, int? take, JsonObject? body, EngineDb db, CurrentPerson person, CancellationToken cancellationToken) =>
            Journal(await InstanceLog.LoadAsync(db, id, cancellationToken), body?["filter"] as JsonObject, skip ?? 0, take ?? 100, InstanceLog.MayReadPersonalData(person)));
        routes.MapGet("/workflow-instances/{id}/journal", async (string id, int? page, int? pageSize, EngineDb db, CurrentPerson person, CancellationToken cancellationToken) =>
            Journal(await InstanceLog.LoadAsync(db, id, cancellationToken), null, (page ?? 0) * (pageSize ?? 100), pageSize ?? 100, InstanceLog.MayReadPersonalData(person)));
        routes.MapGet("/workflow-instances/{id}/variables", async (string id, EngineDb db, DefinitionCache definitions, CurrentPerson person, CancellationToken cancellationToken) =>
        {
            var log = await InstanceLog.LoadAsync(db, id, cancellationToken);
            var definition = await definitions.FindAsync(log.Row.DefinitionVersionId, cancellationToken);
            var values = log.State?.Steps.SelectMany(step => step.Variables ?? []).ToLookup(pair => pair.Key, pair => pair.Value);
            var shown = InstanceLog.MayReadPersonalData(person);
            return new StudioList<JsonObject>(
            [
                .. definition.Workflow.Variables.Select(variable => new JsonObject
                {
                    ["id"] = variable.Id,
                    ["name"] = variable.Name,
                    ["value"] = shown ? values?[variable.Id].LastOrDefault()?.DeepClone() : null,
                }),
            ]);
        });
    }

    public static async Task<JsonObject> WholeAsync(EngineDb db, InstanceLog log, CancellationToken cancellationToken)
    {
        var versions = await ListInstances.VersionsAsync(db, [log.Row], cancellationToken);
        var json = ListInstances.Summary(log.Row, versions.GetValueOrDefault(log.Row.DefinitionVersionId));
        json["workflowState"] = new JsonObject
        {
            ["id"] = log.Row.Id,
            ["definitionId"] = log.Row.DefinitionId,
            ["definitionVersionId"] = log.Row.DefinitionVersionId,
            ["definitionVersion"] = versions.GetValueOrDefault(log.Row.DefinitionVersionId),
            ["correlationId"] = log.Row.CorrelationId,
            ["status"] = log.Row.Status.ToString(),
            ["subStatus"] = log.Row.SubStatus.ToString(),
            ["bookmarks"] = new JsonArray([.. (log.State?.Bookmarks ?? []).Select(Bookmark)]),
            ["incidents"] = new JsonArray([.. (log.State?.Incidents ?? []).Select(Incident)]),
            ["fault"] = null,
            ["completionCallbacks"] = new JsonArray(),
            ["activityExecutionContexts"] = new JsonArray([.. (log.State?.Steps ?? []).Select(Context)]),
            // What the citizen has written belongs to the dossier, which has its own rights.
            ["input"] = new JsonObject(),
            ["output"] = new JsonObject(),
            ["properties"] = new JsonObject(),
            ["createdAt"] = log.Row.CreatedAt,
            ["updatedAt"] = log.Row.UpdatedAt,
            ["finishedAt"] = log.Row.FinishedAt,
        };
        return json;
    }

    private static JsonObject Bookmark(Bookmark bookmark) => new()
    {
        ["id"] = bookmark.Id,
        ["name"] = bookmark.Name,
        ["hash"] = bookmark.Key ?? string.Empty,
        ["payload"] = null,
        ["activityId"] = bookmark.ActivityId,
        ["activityNodeId"] = bookmark.NodeId,
        ["activityInstanceId"] = bookmark.StepId,
        ["createdAt"] = bookmark.CreatedAt,
        ["autoBurn"] = bookmark.AutoBurn,
        ["autoComplete"] = false,
    };

    private static JsonObject Incident(Incident incident) => new()
    {
        ["activityId"] = incident.ActivityId,
        ["activityNodeId"] = incident.NodeId,
        ["activityType"] = incident.ActivityType,
        ["message"] = incident.Message,
        ["exception"] = InstanceLog.ExceptionOf(incident),
        ["timestamp"] = incident.At,
    };

    private static JsonObject Context(StepState step) => new()
    {
        ["id"] = step.Id,
        ["parentContextId"] = step.ParentId,
        ["scheduledActivityNodeId"] = step.NodeId,
        ["ownerActivityNodeId"] = null,
        ["status"] = step.Status.ToString(),
        ["properties"] = new JsonObject(),
        ["activityState"] = new JsonObject(),
        ["dynamicVariables"] = new JsonArray(),
    };

    private static StudioPage<JsonObject> Journal(InstanceLog log, JsonObject? filter, int skip, int take, bool mayReadPersonalData)
    {
        var entries = log.Entries.AsEnumerable();
        if (Names(filter, "activityNodeIds") is { Count: > 0 } nodes)
        {
            entries = entries.Where(entry => nodes.Contains(entry.NodeId));
        }

        if (Names(filter, "activityIds") is { Count: > 0 } activities)
        {
            entries = entries.Where(entry => activities.Contains(entry.ActivityId));
        }

        if (Names(filter, "excludedActivityTypes") is { Count: > 0 } excluded)
        {
            entries = entries.Where(entry => !excluded.Contains(entry.ActivityType));
        }

        if (Names(filter, "eventNames") is { Count: > 0 } events)
        {
            entries = entries.Where(entry => events.Contains(entry.Event));
        }

        var all = entries.ToList();
        return new([.. all.Skip(skip).Take(Math.Clamp(take, 1, 1000)).Select(entry => Line(log, entry, mayReadPersonalData))], all.Count);
    }

    public static JsonObject Line(InstanceLog log, JournalEntry entry, bool mayReadPersonalData) => new()
    {
        ["id"] = $"{log.Row.Id}-{entry.Sequence}",
        ["workflowDefinitionId"] = log.Row.DefinitionId,
        ["workflowDefinitionVersionId"] = log.Row.DefinitionVersionId,
        ["workflowInstanceId"] = log.Row.Id,
        ["workflowVersion"] = log.State?.DefinitionVersion ?? 1,
        ["activityInstanceId"] = entry.StepId,
        ["parentActivityInstanceId"] = entry.ParentStepId,
        ["activityId"] = entry.ActivityId,
        ["activityType"] = entry.ActivityType,
        ["activityTypeVersion"] = 1,
        ["activityName"] = entry.ActivityName,
        ["nodeId"] = entry.NodeId,
        ["timestamp"] = entry.At,
        ["sequence"] = entry.Sequence,
        ["eventName"] = entry.Event,
        ["message"] = entry.Message,
        ["source"] = null,
        ["activityState"] = InstanceLog.Shown(log.Steps.GetValueOrDefault(entry.StepId)?.Inputs, mayReadPersonalData),
        ["payload"] = InstanceLog.OutcomesOf(entry.Outcomes),
    };

    private static HashSet<string>? Names(JsonObject? filter, string name) => (filter?[name] as JsonArray)?.Select(one => one!.ToString()).ToHashSet();
}
