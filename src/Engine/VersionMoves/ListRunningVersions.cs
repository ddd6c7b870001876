using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Storage;
using PublicService.Workflows.Running;

namespace PublicService.Engine.VersionMoves;

/// <summary>The versions of a definition and how many dossiers run on each.</summary>
public static class ListRunningVersions
{
    public sealed record Query(string DefinitionId) : IRequest<IReadOnlyList<Reply>>;

    /// <param name="CanTakeOver">It was published, so dossiers may be moved to it.</param>
    public sealed record Reply(int Version, string? Name, bool IsPublished, bool CanTakeOver, DateTimeOffset? PublishedAt, int Running);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/definitions/{definitionId}/running-versions", async (string definitionId, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Query(definitionId), cancellationToken))
        .RequireRole(Role.BusinessAdmin, Role.TechnicalAdmin, Role.Supervisor);

    internal sealed class Handler(EngineDb db) : IRequestHandler<Query, IReadOnlyList<Reply>>
    {
        public async Task<IReadOnlyList<Reply>> Handle(Query request, CancellationToken cancellationToken)
        {
            var versions = await db.Definitions.AsNoTracking().Where(row => row.DefinitionId == request.DefinitionId).OrderByDescending(row => row.Version)
                .Select(row => new { row.Id, row.Version, row.Name, row.IsPublished, row.PublishedAt }).ToListAsync(cancellationToken);
            var running = await db.Instances.Where(row => row.DefinitionId == request.DefinitionId && row.Status == InstanceStatus.Running && row.ParentInstanceId == null)
                .GroupBy(row => row.DefinitionVersionId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(one => one.Key, one => one.Count, cancellationToken);
            return [.. versions.Select(row => new Reply(row.Version, row.Name, row.IsPublished, row.PublishedAt is not null, row.PublishedAt, running.GetValueOrDefault(row.Id)))];
        }
    }
}
