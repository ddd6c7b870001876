using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Storage;

namespace PublicService.Engine.VersionMoves;

/// <summary>The latest orders to move dossiers to another version, of one definition or of all.</summary>
public static class ListVersionMoves
{
    public sealed record Query(string? Definition) : IRequest<IReadOnlyList<Reply>>;

    public sealed record Reply(
        string Id, string DefinitionId, IReadOnlyList<int> From, int To, string Reason, VersionMoveState State, int Total, DateTimeOffset CreatedAt, string? OrderedByName, DateTimeOffset? FinishedAt);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/version-moves", async (string? definition, IMediator mediator, CancellationToken cancellationToken) => await mediator.Send(new Query(definition), cancellationToken))
        .RequireRole(Role.BusinessAdmin, Role.TechnicalAdmin, Role.Supervisor);

    internal sealed class Handler(EngineDb db) : IRequestHandler<Query, IReadOnlyList<Reply>>
    {
        public async Task<IReadOnlyList<Reply>> Handle(Query request, CancellationToken cancellationToken)
        {
            var rows = await db.Set<VersionMoveRow>().AsNoTracking().Where(row => request.Definition == null || row.DefinitionId == request.Definition)
                .OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id).Take(100).ToListAsync(cancellationToken);
            return [.. rows.Select(row => new Reply(row.Id, row.DefinitionId, row.From, row.ToVersion, row.Reason, row.State, row.Total, row.CreatedAt, row.OrderedByName, row.FinishedAt))];
        }
    }
}
