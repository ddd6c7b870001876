using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.VersionMoves;

/// <summary>What became of each dossier of an order.</summary>
public static class ListVersionMoveItems
{
    public sealed record Query(string Id, VersionMoveResult? Result, string? Cursor, int? Size) : IRequest<Page<VersionMoveLine>>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/version-moves/{id}/items", async ([AsParameters] Query query, IMediator mediator, CancellationToken cancellationToken) => await mediator.Send(query, cancellationToken))
        .RequireRole(Role.BusinessAdmin, Role.TechnicalAdmin, Role.Supervisor);

    internal sealed class Handler(EngineDb db, Cursors cursors) : IRequestHandler<Query, Page<VersionMoveLine>>
    {
        public async Task<Page<VersionMoveLine>> Handle(Query request, CancellationToken cancellationToken)
        {
            var (size, list) = (Cursors.Size(request.Size), $"version-move-items-{request.Id}-{request.Result}");
            var after = cursors.Read(list, request.Cursor, 1)?[0];
            var rows = await db.Set<VersionMoveItemRow>().AsNoTracking()
                .Where(item => item.MoveId == request.Id && (request.Result == null || item.Result == request.Result) && (after == null || item.InstanceId.CompareTo(after) > 0))
                .OrderBy(item => item.InstanceId).Take(size + 1).ToListAsync(cancellationToken);
            var page = cursors.Page(rows, size, list, item => [item.InstanceId]);
            return new([.. page.Items.Select(item => new VersionMoveLine(item.DossierId, item.Code, item.FromVersion, item.Result, JsonSerializer.Deserialize<string[]>(item.Reasons) ?? []))], page.Next);
        }
    }
}
