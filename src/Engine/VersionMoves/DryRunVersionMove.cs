using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.VersionMoves;

/// <summary>What an order would do with each dossier if it were run now: goes over, goes over with changed work, or stays and why. Changes nothing.</summary>
public static class DryRunVersionMove
{
    public sealed record Command(string Id) : IRequest<Reply>;

    /// <param name="Lines">Those that stay first; at most 500, the counts are of all.</param>
    public sealed record Reply(VersionMoveCounts Counts, IReadOnlyList<VersionMoveLine> Lines);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/version-moves/{id}/dry-run", async (string id, IMediator mediator, CancellationToken cancellationToken) => await mediator.Send(new Command(id), cancellationToken))
        .RequireRole(Role.BusinessAdmin);

    internal sealed class Handler(EngineDb db, MoveDryRun dryRun) : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            var row = await db.Set<VersionMoveRow>().AsNoTracking().Where(one => one.Id == request.Id).FindOrRefuseAsync("Lệnh chuyển phiên bản", cancellationToken);
            var (counts, lines) = await dryRun.OfAsync(row, cancellationToken);
            return new(counts, lines);
        }
    }
}
