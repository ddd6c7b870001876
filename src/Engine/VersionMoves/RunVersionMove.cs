using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Engine.VersionMoves;

/// <summary>
/// Order the dossiers to go over. The answer comes at once, they go over in the background, those that cannot stay as they are. Refuses
/// with VERSION_MOVE_ORDERED; VERSION_MOVE_RUNNING while another order for the same definition is carried out.
/// </summary>
public static class RunVersionMove
{
    public sealed record Command(string Id) : IRequest<Reply>;

    public sealed record Reply(string Id, VersionMoveState State, int Total);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/version-moves/{id}/run", async (string id, IMediator mediator, CancellationToken cancellationToken) =>
            TypedResults.Accepted($"/api/v1/version-moves/{id}", await mediator.Send(new Command(id), cancellationToken)))
        .RequireRole(Role.BusinessAdmin);

    internal sealed class Handler(
        EngineDb db, DefinitionCache definitions, CommitLane lane, IdempotencyContext idempotency, CurrentPerson admin, OfficeDirectory offices, TimeProvider time)
        : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            admin.MustLookAfter(offices.Root.Id);
            var row = await db.Set<VersionMoveRow>().AsNoTracking().Where(one => one.Id == request.Id).FindOrRefuseAsync("Lệnh chuyển phiên bản", cancellationToken);
            if (row.State is not VersionMoveState.Draft)
            {
                throw new RefusedException("VERSION_MOVE_ORDERED", "Lệnh chuyển này đã được thực hiện hoặc đang thực hiện.");
            }

            if (await db.Set<VersionMoveRow>().AnyAsync(one => one.DefinitionId == row.DefinitionId && one.State == VersionMoveState.Running, cancellationToken))
            {
                throw new RefusedException("VERSION_MOVE_RUNNING", "Một lệnh chuyển khác của quy trình này đang được thực hiện; hãy chờ kết thúc.");
            }

            var order = await MoveOrder.ReadAsync(db, definitions, row, cancellationToken);
            (row.State, row.OrderedAt, row.OrderedBy, row.OrderedByName) = (VersionMoveState.Running, time.GetUtcNow(), admin.Id, admin.FullName);
            row.Total = await order.Candidates(db).CountAsync(cancellationToken);
            var (changes, reply) = (new Changes().Update(row), new Reply(row.Id, row.State, row.Total));
            idempotency.Record(changes, reply, StatusCodes.Status202Accepted, $"/api/v1/version-moves/{row.Id}");
            await lane.CommitAsync(changes, cancellationToken);
            return reply;
        }
    }
}
