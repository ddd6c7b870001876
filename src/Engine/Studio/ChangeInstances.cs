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
    public sealed record Many(IReadOnlyList<string>? Ids = null);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/workflow-definitions/{definitionId}/execute", ExecuteAsync);
        routes.MapPost("/cancel/workflow-instances/{id}", async (string id, EngineDb db, InstanceRuns runs, CancellationToken cancellationToken) =>
        {
            await CancelAsync(db, runs, id, cancellationToken);
            return TypedResults.Ok();
        });
        routes.MapPost("/bulk-actions/cancel/workflow-instances", async (Many body, EngineDb db, InstanceRuns runs, CancellationToken cancellationToken) =>
        {
            foreach (var id in body.Ids ?? [])
            {
                await CancelAsync(db, runs, id, cancellationToken);
            }

            return new { cancelled = body.Ids?.Count ?? 0 };
        });
        routes.MapDelete("/workflow-instances/{id}", NeverAsync);
        routes.MapPost("/bulk-actions/delete/workflow-instances", NeverAsync);
        routes.MapPost("/bulk-actions/delete/workflow-instances/by-id", NeverAsync);
    }

    private static async Task<IResult> ExecuteAsync(string definitionId, HttpContext context, DefinitionCache cache, InstanceRuns runs, CancellationToken cancellationToken)
    {
        var definition = cache.Published(definitionId);
        if (definition is null || definition.Nodes.Values.Any(node => node.Activity is Activities.Intake.Intake))
        {
            // A draft is tried out in a trial run, where nothing is stored; a procedure starts with a dossier.
            context.Response.Headers["x-elsa-workflow-cannot-start"] = "true";
            return TypedResults.Ok(new { });
        }

        var id = await runs.StartAsync(definitionId, new StartRequest(), cancellationToken);
        context.Response.Headers[id is null ? "x-elsa-workflow-cannot-start" : "x-elsa-workflow-instance-id"] = id ?? "true";
        return TypedResults.Ok(new { });
    }

    private static async Task CancelAsync(EngineDb db, InstanceRuns runs, string id, CancellationToken cancellationToken)
    {
        var row = await db.Instances.AsNoTracking().Where(row => row.Id == id).Select(row => new { row.DossierId }).FindOrRefuseAsync("Lượt chạy", cancellationToken);
        if (row.DossierId is not null)
        {
            throw new RefusedException("DOSSIER_NOT_CANCELLED", "Hồ sơ chỉ được dừng bằng thông báo dừng giải quyết hoặc rút hồ sơ.");
        }

        await runs.CancelAsync(id, cancellationToken);
    }

    private static Task NeverAsync() => throw new RefusedException("INSTANCE_NOT_DELETED", "Lịch sử giải quyết hồ sơ không được xóa.");
}
