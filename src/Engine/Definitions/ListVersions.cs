using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Definitions;

/// <summary>All versions of a definition, the newest first: who made and published each, when and why.</summary>
public static class ListVersions
{
    /// <summary>A definition that was saved more often shows its newest versions.</summary>
    private const int Most = 500;

    public sealed record Query(string DefinitionId) : IRequest<Reply>;

    public sealed record Reply(IReadOnlyList<VersionSummary> Items);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/definitions/{definitionId}/versions", async (string definitionId, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Query(definitionId), cancellationToken))
        .RequireRole(DefinitionRoutes.Readers);

    internal sealed class Handler(EngineDb db, VersionReading reading) : IRequestHandler<Query, Reply>
    {
        public async Task<Reply> Handle(Query request, CancellationToken cancellationToken)
        {
            // Without the definition itself, which is by far the largest part of the row.
            var rows = await db.Definitions.AsNoTracking().Where(row => row.DefinitionId == request.DefinitionId)
                .OrderByDescending(row => row.Version).Take(Most)
                .Select(row => new DefinitionRow
                {
                    Id = row.Id,
                    DefinitionId = row.DefinitionId,
                    Version = row.Version,
                    Name = row.Name,
                    IsLatest = row.IsLatest,
                    IsPublished = row.IsPublished,
                    Json = "",
                    Hash = row.Hash,
                    CreatedAt = row.CreatedAt,
                    CreatedBy = row.CreatedBy,
                    Note = row.Note,
                    UpdatedAt = row.UpdatedAt,
                    UpdatedBy = row.UpdatedBy,
                    PublishedAt = row.PublishedAt,
                    PublishedBy = row.PublishedBy,
                    PublishNote = row.PublishNote,
                })
                .ToListAsync(cancellationToken);
            return rows.Count == 0 ? throw Problems.NotFound("Quy trình") : new(await reading.SummariesAsync(rows, cancellationToken));
        }
    }
}
