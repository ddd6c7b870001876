using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;
using PublicService.Workflows.Running;

namespace PublicService.Engine.Studio;

/// <summary>
/// Starting and ending instances from Studio (Elsa contract A.2, A.4). Only workflows without a dossier: a dossier is submitted by
/// somebody, and it is stopped by an act of law, not by a button of its workflow. Instances are never deleted.
/// </summary>
internal static class ChangeInstances
{
    /// <summary>Some instances by id, or all that run on a version or a definition.</summary>
    public sealed record Many(IReadOnlyList<string>? Ids = null, string? DefinitionVersionId = null, string? DefinitionId = null);

    private sealed record Started(string WorkflowInstanceId);

    private const int MostAtOnce = 1000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/workflow-definitions/{definitionId}/execute", ExecuteAsync);
        routes.MapPost("/workflow-definitions/{definitionId}/dispatch", async (string definitionId, DefinitionCache cache, InstanceRuns runs, CancellationToken cancellationToken) =>
            await StartAsync(definitionId, cache, runs, cancellationToken) is { } id
                ? new Started(id)
                : throw Problems.InvalidInput("definition", "Quy trình này chỉ được khởi động từ hồ sơ, hoặc đang chạy đủ số lượt cho phép."));
        routes.MapPost("/cancel/workflow-instances/{id}", async (string id, EngineDb db, InstanceRuns runs, CancellationToken cancellationToken) =>
        {
            await CancelAsync(db, runs, id, cancellationToken);
            return TypedResults.Ok();
        });
        routes.MapPost("/bulk-actions/cancel/workflow-instances", async (Many body, EngineDb db, InstanceRuns runs, CancellationToken cancellationToken) =>
        {
            var (cancelled, refusals) = (0, new Refusals());
            foreach (var id in body.Ids is { Count: > 0 } ids ? ids : await MatchingAsync(db, body, cancellationToken))
            {
                cancelled += await refusals.TryAsync(id, async () =>
                {
                    await CancelAsync(db, runs, id, cancellationToken);
                    return true;
                }) ? 1 : 0;
            }

            return new { cancelled, refusals = refusals.All };
        });
        routes.MapDelete("/workflow-instances/{id}", NeverDeletedAsync);
        routes.MapPost("/bulk-actions/delete/workflow-instances", NeverDeletedAsync);
        routes.MapPost("/bulk-actions/delete/workflow-instances/by-id", NeverDeletedAsync);
        routes.MapPost("/bulk-actions/import/workflow-instances", NeverImportedAsync);
    }

    private static async Task<IResult> ExecuteAsync(string definitionId, HttpContext context, DefinitionCache cache, InstanceRuns runs, CancellationToken cancellationToken)
    {
        var id = await StartAsync(definitionId, cache, runs, cancellationToken);
        context.Response.Headers[id is null ? "x-elsa-workflow-cannot-start" : "x-elsa-workflow-instance-id"] = id ?? "true";
        return TypedResults.Ok(new { });
    }

    /// <summary>Null when it cannot start here: a draft is tried out in a trial run, where nothing is stored; a procedure starts with a dossier.</summary>
    private static async Task<string?> StartAsync(string definitionId, DefinitionCache cache, InstanceRuns runs, CancellationToken cancellationToken) =>
        cache.Published(definitionId) is { } definition && !definition.Nodes.Values.Any(node => node.Activity is Activities.Intake.Intake)
            ? await runs.StartAsync(definitionId, new StartRequest(), cancellationToken)
            : null;

    private static async Task<IReadOnlyList<string>> MatchingAsync(EngineDb db, Many body, CancellationToken cancellationToken) =>
        body.DefinitionVersionId is null && body.DefinitionId is null ? [] : await db.Instances.AsNoTracking()
            .Where(row => row.Status == InstanceStatus.Running)
            .Where(row => body.DefinitionVersionId == null || row.DefinitionVersionId == body.DefinitionVersionId)
            .Where(row => body.DefinitionId == null || row.DefinitionId == body.DefinitionId)
            .OrderBy(row => row.Id).Take(MostAtOnce).Select(row => row.Id).ToListAsync(cancellationToken);

    private static async Task CancelAsync(EngineDb db, InstanceRuns runs, string id, CancellationToken cancellationToken)
    {
        var row = await db.Instances.AsNoTracking().Where(row => row.Id == id).Select(row => new { row.DossierId }).FindOrRefuseAsync("Lượt chạy", cancellationToken);
        if (row.DossierId is not null)
        {
            throw new RefusedException("DOSSIER_NOT_CANCELLED", "Hồ sơ chỉ được dừng bằng thông báo dừng giải quyết hoặc rút hồ sơ.");
        }

        await runs.CancelAsync(id, cancellationToken);
    }

    private static Task NeverDeletedAsync() => throw new RefusedException("INSTANCE_NOT_DELETED", "Lịch sử giải quyết hồ sơ không được xóa.");

    private static Task NeverImportedAsync() => throw new RefusedException("INSTANCE_NOT_IMPORTED", "Lượt chạy không nhập được từ tệp: mỗi lượt chạy là lịch sử của một hồ sơ hay một lần khởi động có thật.");
}
