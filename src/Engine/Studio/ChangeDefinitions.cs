using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Studio;

/// <summary>Retract, revert, delete, and the same for many at once (Elsa contract A.2).</summary>
internal static class ChangeDefinitions
{
    public sealed record ManyDefinitions(IReadOnlyList<string> DefinitionIds);

    public sealed record ManyVersions(IReadOnlyList<string> Ids);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/workflow-definitions/{definitionId}/retract", async (string definitionId, DefinitionVersions versions, DefinitionForms forms, CancellationToken cancellationToken) =>
            forms.Whole(await StudioProblems.AskAsync(() => versions.RetractAsync(definitionId, cancellationToken)), true));
        routes.MapPost("/workflow-definitions/{definitionId}/revert/{version:int}", async (string definitionId, int version, DefinitionVersions versions, CurrentPerson person, CancellationToken cancellationToken) =>
            TypedResults.Json(DefinitionForms.Summary((await versions.RevertAsync(definitionId, version, person.UserName, cancellationToken)).FindOrRefuse("Phiên bản"), true), statusCode: StatusCodes.Status201Created));
        // A step that runs a workflow takes its newest published version by itself, so there is nothing to rewrite.
        routes.MapPost("/workflow-definitions/{definitionId}/update-references", (string definitionId) => new { affectedWorkflows = Array.Empty<string>() });
        routes.MapDelete("/workflow-definitions/{definitionId}", async (string definitionId, DefinitionVersions versions, CancellationToken cancellationToken) =>
            await StudioProblems.AskAsync(() => versions.DeleteAsync(definitionId, null, cancellationToken)) ? Gone() : throw Problems.NotFound("Quy trình"));
        routes.MapDelete("/workflow-definition-versions/{id}", async (string id, DefinitionVersions versions, EngineDb db, CancellationToken cancellationToken) =>
        {
            var definitionId = await db.Definitions.Where(row => row.Id == id).Select(row => row.DefinitionId).FindOrRefuseAsync("Phiên bản", cancellationToken);
            await StudioProblems.AskAsync(() => versions.DeleteAsync(definitionId, id, cancellationToken));
            return Gone();
        });

        routes.MapPost("/bulk-actions/publish/workflow-definitions/by-definition-ids", PublishManyAsync);
        routes.MapPost("/bulk-actions/retract/workflow-definitions/by-definition-ids", RetractManyAsync);
        routes.MapPost("/bulk-actions/delete/workflow-definitions/by-definition-id", async (ManyDefinitions body, DefinitionVersions versions, CancellationToken cancellationToken) =>
        {
            var (deleted, refusals) = (0, new Refusals());
            foreach (var id in body.DefinitionIds)
            {
                deleted += await refusals.TryAsync(id, () => versions.DeleteAsync(id, null, cancellationToken)) ? 1 : 0;
            }

            return new { deleted, refusals = refusals.All };
        });
        routes.MapPost("/bulk-actions/delete/workflow-definitions/by-id", async (ManyVersions body, DefinitionVersions versions, EngineDb db, CancellationToken cancellationToken) =>
        {
            var (deleted, refusals) = (0, new Refusals());
            foreach (var row in await db.Definitions.AsNoTracking().Where(row => body.Ids.Contains(row.Id)).Select(row => new { row.Id, row.DefinitionId }).ToListAsync(cancellationToken))
            {
                deleted += await refusals.TryAsync(row.Id, () => versions.DeleteAsync(row.DefinitionId, row.Id, cancellationToken)) ? 1 : 0;
            }

            return new { deleted, refusals = refusals.All };
        });
    }

    private static Microsoft.AspNetCore.Http.HttpResults.NoContent Gone() => TypedResults.NoContent();

    private static async Task<object> PublishManyAsync(ManyDefinitions body, HttpContext context, DefinitionVersions versions, CurrentPerson person, CancellationToken cancellationToken)
    {
        List<string> published = [], already = [], notFound = [], skipped = [];
        var refusals = new Refusals();
        foreach (var id in body.DefinitionIds)
        {
            await refusals.TryAsync(id, async () =>
            {
                var saved = await versions.PublishAsync(id, SaveDefinition.IntentOf(context, person, publish: true), cancellationToken);
                (saved is null ? notFound : saved.AlreadyPublished ? already : published).Add(id);
                return true;
            }, skipped.Add);
        }

        return new { published, alreadyPublished = already, notFound, skipped, updatedConsumers = Array.Empty<string>(), refusals = refusals.All };
    }

    private static async Task<object> RetractManyAsync(ManyDefinitions body, DefinitionVersions versions, CancellationToken cancellationToken)
    {
        List<string> retracted = [], already = [], notFound = [];
        foreach (var id in body.DefinitionIds)
        {
            if (await versions.LatestAsync(id, cancellationToken) is null)
            {
                notFound.Add(id);
                continue;
            }

            try
            {
                await versions.RetractAsync(id, cancellationToken);
                retracted.Add(id);
            }
            catch (RefusedException)
            {
                already.Add(id);
            }
        }

        return new { retracted, alreadyRetracted = already, notFound, skipped = Array.Empty<string>(), notPublished = already };
    }
}
