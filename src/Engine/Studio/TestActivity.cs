using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;
using PublicService.Workflows.Json;
using PublicService.Workflows.Model;
using PublicService.Workflows.Running;

namespace PublicService.Engine.Studio;

/// <summary>
/// The editor's test of one step (Elsa contract A.8): the step alone runs in memory with the test values of the variables, and what it
/// would do is shown. Nothing is stored and nothing leaves. A step that works on a dossier says so.
/// </summary>
internal static class TestActivity
{
    private const string TestValues = "VariableTestValues";

    public sealed record Body(DefinitionHandle WorkflowDefinitionHandle, ActivityHandle ActivityHandle);

    public sealed record DefinitionHandle(string? DefinitionVersionId = null, string? DefinitionId = null);

    public sealed record ActivityHandle(string? ActivityId = null, string? ActivityNodeId = null);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/tests/activities", async (
        Body body, EngineDb db, DefinitionCache cache, TimeProvider time, CancellationToken cancellationToken) =>
    {
        var (version, definitionId) = (body.WorkflowDefinitionHandle.DefinitionVersionId, body.WorkflowDefinitionHandle.DefinitionId);
        var row = await db.Definitions.AsNoTracking().Where(row => row.Id == version || (version == null && row.DefinitionId == definitionId && row.IsLatest)).FindOrRefuseAsync("Phiên bản quy trình", cancellationToken);
        var definition = DefinitionReader.Read(row.Json, cache.Catalog);
        var node = definition.Nodes.Values.FirstOrDefault(node => node.Id == body.ActivityHandle.ActivityId || node.NodeId == body.ActivityHandle.ActivityNodeId).FindOrRefuse("Bước");
        var environment = new RunEnvironment { Now = time.GetUtcNow(), NextCron = CronSchedule.Next, FindDefinition = cache.Published };
        return Describe(WorkflowRunner.Start(DefinitionReader.Read(Alone(definition, node), cache.Catalog), new StartRequest(), environment), node.Id);
    });

    /// <summary>The same definition with this step only, and its variables at their test values.</summary>
    private static JsonObject Alone(WorkflowDefinition definition, ActivityNode node)
    {
        var json = (JsonObject)definition.Source.DeepClone();
        var values = json["customProperties"]?[TestValues] as JsonObject;
        foreach (var variable in (json["variables"] as JsonArray)?.OfType<JsonObject>() ?? [])
        {
            if (variable["id"]?.ToString() is { } id && values?[id] is { } value)
            {
                variable["value"] = value.GetValueKind() is JsonValueKind.String ? value.ToString() : value.ToJsonString(JsonText.Readable);
            }
        }

        json["root"] = new JsonObject
        {
            ["id"] = node.Id == "Test" ? "TestFlow" : "Test",
            ["type"] = "Elsa.Flowchart",
            ["activities"] = new JsonArray(node.Source.DeepClone()),
            ["connections"] = new JsonArray(),
        };
        return json;
    }

    private static JsonObject Describe(RunResult result, string activityId)
    {
        var step = result.Touched.Find(one => one.NodeId.EndsWith(':' + activityId, StringComparison.Ordinal));
        var incident = result.State.Incidents.Find(one => one.ActivityId == activityId) ?? result.State.Incidents.FirstOrDefault();
        return new JsonObject
        {
            ["activityState"] = InstanceLog.Shown(step?.Inputs, mayReadPersonalData: true),
            ["outputs"] = InstanceLog.Shown(step?.Outputs, mayReadPersonalData: true),
            ["payload"] = InstanceLog.OutcomesOf(step?.Outcomes) ?? [],
            ["exception"] = incident is null ? null : InstanceLog.ExceptionOf(incident),
            ["status"] = (incident is null ? step?.Status ?? StepStatus.Pending : StepStatus.Faulted).ToString(),
        };
    }
}
