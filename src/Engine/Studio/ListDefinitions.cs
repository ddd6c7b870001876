using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Studio;

/// <summary>The list of definitions, the history of one, and the questions the create dialog asks (Elsa contract A.2).</summary>
internal static class ListDefinitions
{
    private const int AllAtOnce = 10_000;
    private const int LargestPage = 200;

    /// <param name="Page">Counted from 0.</param>
    /// <param name="PageSize">Without it everything is given, without descriptions.</param>
    public sealed record Query(
        string? VersionOptions, int? Page, int? PageSize, string? SearchTerm, bool? IsSystem, string? OrderBy, string? OrderDirection, string[]? DefinitionIds, string[]? Ids);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/workflow-definitions", ListAsync);
        routes.MapGet("/workflow-definitions/query/count", async (EngineDb db, CancellationToken cancellationToken) =>
            new { count = await db.Definitions.CountAsync(row => row.IsLatest, cancellationToken) });
        routes.MapGet("/workflow-definitions/validation/is-name-unique", async (string name, string? definitionId, EngineDb db, CancellationToken cancellationToken) =>
            new { isUnique = !await db.Definitions.AnyAsync(row => row.IsLatest && row.Name == name && row.DefinitionId != definitionId, cancellationToken) });
    }

    private static async Task<StudioPage<JsonObject>> ListAsync([AsParameters] Query query, EngineDb db, CurrentPerson person, CancellationToken cancellationToken)
    {
        var rows = db.Definitions.AsNoTracking().Of(query.VersionOptions);
        if (query.DefinitionIds is { Length: > 0 } definitionIds)
        {
            rows = rows.Where(row => definitionIds.Contains(row.DefinitionId));
        }

        if (query.Ids is { Length: > 0 } ids)
        {
            rows = rows.Where(row => ids.Contains(row.Id));
        }

        // Nothing of ours is a system definition.
        rows = query.IsSystem is true ? rows.Where(row => false) : rows;
        rows = SearchText.Patterns(query.SearchTerm).Aggregate(rows, (left, pattern) => left.Where(row => EF.Functions.Like(row.SearchText!, pattern)));
        var total = await rows.CountAsync(cancellationToken);
        var size = Math.Clamp(query.PageSize ?? AllAtOnce, 1, query.PageSize is null ? AllAtOnce : LargestPage);
        var ordered = Ordered(rows, query).Skip(Math.Max(query.Page ?? 0, 0) * size).Take(size);
        // The content of a definition is read for the page somebody looks at; a choice among all of them needs names alone.
        var page = await (query.PageSize is null ? ordered.Select(row => new DefinitionRow
        {
            Id = row.Id,
            DefinitionId = row.DefinitionId,
            Version = row.Version,
            Name = row.Name,
            IsLatest = row.IsLatest,
            IsPublished = row.IsPublished,
            CreatedAt = row.CreatedAt,
            CreatedBy = row.CreatedBy,
            Hash = row.Hash,
            Json = "{}",
        }) : ordered).ToListAsync(cancellationToken);
        var mayEdit = person.Holds(Role.BusinessAdmin);
        return new([.. page.Select(row => DefinitionForms.Summary(row, mayEdit))], total, Links(mayEdit));
    }

    private static IQueryable<DefinitionRow> Ordered(IQueryable<DefinitionRow> rows, Query query)
    {
        var descending = query.OrderDirection == "Descending";
        var ordered = query.OrderBy switch
        {
            "Version" => descending ? rows.OrderByDescending(row => row.Version) : rows.OrderBy(row => row.Version),
            "Created" => descending ? rows.OrderByDescending(row => row.CreatedAt) : rows.OrderBy(row => row.CreatedAt),
            _ => descending ? rows.OrderByDescending(row => row.Name) : rows.OrderBy(row => row.Name),
        };
        return ordered.ThenBy(row => row.Id);
    }

    private static IReadOnlyList<StudioLink> Links(bool mayEdit) => mayEdit
        ?
        [
            new("/workflow-definitions", "self", "GET"),
            new("/workflow-definitions", "create", "POST"),
            new("/workflow-definitions/import", "import", "POST"),
            new("/bulk-actions/publish/workflow-definitions/by-definition-ids", "bulk-publish", "POST"),
            new("/bulk-actions/retract/workflow-definitions/by-definition-ids", "bulk-retract", "POST"),
            new("/bulk-actions/delete/workflow-definitions/by-definition-id", "bulk-delete-by-definition-id", "POST"),
        ]
        : [new("/workflow-definitions", "self", "GET")];
}
