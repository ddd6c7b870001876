using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.VersionMoves;

/// <summary>An order with its progress.</summary>
public static class ShowVersionMove
{
    public sealed record Query(string Id) : IRequest<Reply>;

    /// <param name="Total">Dossiers concerned when it was ordered.</param>
    /// <param name="Counts">What became of them so far.</param>
    /// <param name="Error">Why the last attempt stopped; it goes on by itself.</param>
    public sealed record Reply(
        string Id,
        string DefinitionId,
        IReadOnlyList<int> From,
        int To,
        string? OfficeId,
        string? Step,
        string Reason,
        VersionMoveState State,
        int Total,
        VersionMoveCounts Counts,
        DateTimeOffset CreatedAt,
        string? OrderedByName,
        DateTimeOffset? OrderedAt,
        DateTimeOffset? FinishedAt,
        string? Error);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/version-moves/{id}", async (string id, IMediator mediator, CancellationToken cancellationToken) => await mediator.Send(new Query(id), cancellationToken))
        .RequireRole(Role.BusinessAdmin, Role.TechnicalAdmin, Role.Supervisor);

    internal sealed class Handler(EngineDb db) : IRequestHandler<Query, Reply>
    {
        public async Task<Reply> Handle(Query request, CancellationToken cancellationToken)
        {
            var row = await db.Set<VersionMoveRow>().AsNoTracking().Where(one => one.Id == request.Id).FindOrRefuseAsync("Lệnh chuyển phiên bản", cancellationToken);
            var counts = await db.Set<VersionMoveItemRow>().Where(item => item.MoveId == row.Id).GroupBy(item => item.Result)
                .Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancellationToken);
            return new(
                row.Id, row.DefinitionId, row.From, row.ToVersion, row.OfficeId, row.Step, row.Reason, row.State, row.Total,
                VersionMoveCounts.Of(counts.Select(one => (one.Key, one.Count))), row.CreatedAt, row.OrderedByName, row.OrderedAt, row.FinishedAt, row.Error);
        }
    }
}
