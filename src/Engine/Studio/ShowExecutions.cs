using System.Text.Json.Nodes;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;
using PublicService.Workflows.Running;

namespace PublicService.Engine.Studio;

/// <summary>Executions of the steps of an instance, and the counts on the canvas (Elsa contract A.5).</summary>
internal static class ShowExecutions
{
    public sealed record ListQuery(string WorkflowInstanceId, string? ActivityNodeId, bool? Completed);

    public sealed record ReportBody(string WorkflowInstanceId, IReadOnlyList<string>? ActivityNodeIds = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/activity-executions/list", async ([AsParameters] ListQuery query, EngineDb db, CurrentPerson person, CancellationToken cancellationToken) =>
            List(await InstanceLog.LoadAsync(db, query.WorkflowInstanceId, cancellationToken), query, (log, step) => Whole(log, step, InstanceLog.MayReadPersonalData(person))));
        routes.MapGet("/activity-execution-summaries/list", async ([AsParameters] ListQuery query, EngineDb db, CancellationToken cancellationToken) =>
            List(await InstanceLog.LoadAsync(db, query.WorkflowInstanceId, cancellationToken), query, Summary));
        routes.MapGet("/activity-executions/by-id", async (string id, EngineDb db, CurrentPerson person, CancellationToken cancellationToken) =>
            await OneAsync(db, id, person, cancellationToken));
        routes.MapGet("/activity-executions/{id}", async (string id, EngineDb db, CurrentPerson person, CancellationToken cancellationToken) =>
            await OneAsync(db, id, person, cancellationToken));
        routes.MapGet("/activity-executions/{id}/call-stack", async (string id, int? skip, int? take, EngineDb db, CancellationToken cancellationToken) =>
            CallStack(await InstanceLog.LoadAsync(db, InstanceOf(id), cancellationToken), id, skip ?? 0, take ?? 100));
        routes.MapPost("/activity-executions/report", async (ReportBody body, EngineDb db, CancellationToken cancellationToken) =>
            new { stats = Report(await InstanceLog.LoadAsync(db, body.WorkflowInstanceId, cancellationToken), body.ActivityNodeIds?.ToHashSet()) });
    }

    /// <summary>The counts of every step, or of the given nodes: green completed, amber waiting, red failed.</summary>
    public static IReadOnlyList<JsonObject> Report(InstanceLog log, HashSet<string>? nodeIds) =>
    [
        .. log.InOrder.Where(step => nodeIds is not { Count: > 0 } || nodeIds.Contains(step.NodeId)).GroupBy(step => step.NodeId).Select(steps => new JsonObject
        {
            ["activityId"] = log.EntryOf(steps.First()).ActivityId,
            ["activityNodeId"] = steps.Key,
            ["startedCount"] = steps.Count(),
            ["completedCount"] = steps.Count(step => step.Status is StepStatus.Completed),
            ["uncompletedCount"] = steps.Count(step => step.Status is not (StepStatus.Completed or StepStatus.Canceled)),
            ["isBlocked"] = steps.Any(log.Waits),
            ["isFaulted"] = steps.Any(step => step.Status is StepStatus.Faulted),
            ["aggregateFaultCount"] = steps.Sum(step => step.FaultCount),
            ["metadata"] = new JsonObject(),
        }),
    ];

    private static StudioList<JsonObject> List(InstanceLog log, ListQuery query, Func<InstanceLog, StepState, JsonObject> form) => new(
    [
        .. log.InOrder
            .Where(step => query.ActivityNodeId is null || step.NodeId == query.ActivityNodeId)
            .Where(step => query.Completed is null || step.CompletedAt is not null == query.Completed)
            .Select(step => form(log, step)),
    ]);

    private static async Task<JsonObject> OneAsync(EngineDb db, string id, CurrentPerson person, CancellationToken cancellationToken)
    {
        var log = await InstanceLog.LoadAsync(db, InstanceOf(id), cancellationToken);
        return log.Steps.TryGetValue(id, out var step) ? Whole(log, step, InstanceLog.MayReadPersonalData(person)) : throw Problems.NotFound("Lần chạy");
    }

    /// <summary>A step's id is its instance's and a number.</summary>
    private static string InstanceOf(string stepId) => stepId.LastIndexOf('-') is > 0 and var dash ? stepId[..dash] : throw Problems.NotFound("Lần chạy");

    /// <summary>How a step came about: the steps that scheduled one another, the first of the instance on top.</summary>
    private static JsonObject CallStack(InstanceLog log, string id, int skip, int take)
    {
        var chain = log.ChainOf(log.Steps.GetValueOrDefault(id) ?? throw Problems.NotFound("Lần chạy"));
        var page = chain.Skip(skip).Take(Math.Clamp(take, 1, 1000)).Select(step => Summary(log, step));
        return new JsonObject { ["activityExecutionId"] = id, ["items"] = new JsonArray([.. page]), ["totalCount"] = chain.Count };
    }

    public static JsonObject Whole(InstanceLog log, StepState step, bool mayReadPersonalData)
    {
        var json = Summary(log, step);
        json["activityState"] = InstanceLog.Shown(step.Inputs, mayReadPersonalData);
        json["payload"] = InstanceLog.OutcomesOf(step.Outcomes) ?? [];
        json["outputs"] = InstanceLog.Shown(step.Outputs, mayReadPersonalData);
        json["properties"] = new JsonObject();
        return json;
    }

    private static JsonObject Summary(InstanceLog log, StepState step)
    {
        var entry = log.EntryOf(step);
        var incident = log.State?.Incidents.Find(one => one.StepId == step.Id);
        return new JsonObject
        {
            ["id"] = step.Id,
            ["workflowInstanceId"] = log.Row.Id,
            ["activityId"] = entry.ActivityId,
            ["activityNodeId"] = step.NodeId,
            ["activityType"] = entry.ActivityType,
            ["activityTypeVersion"] = 1,
            ["activityName"] = entry.ActivityName,
            ["metadata"] = new JsonObject(),
            ["exception"] = incident is null ? null : InstanceLog.ExceptionOf(incident),
            ["startedAt"] = step.StartedAt,
            ["hasBookmarks"] = log.Waits(step),
            ["status"] = step.Status.ToString(),
            ["aggregateFaultCount"] = step.FaultCount,
            ["completedAt"] = step.CompletedAt,
            ["schedulingActivityExecutionId"] = step.ScheduledById,
            ["schedulingActivityId"] = step.ScheduledById is { } scheduler && log.Steps.GetValueOrDefault(scheduler) is { } by ? log.EntryOf(by).ActivityId : null,
            ["schedulingWorkflowInstanceId"] = null,
            ["callStackDepth"] = log.ChainOf(step).Count - 1,
        };
    }
}
