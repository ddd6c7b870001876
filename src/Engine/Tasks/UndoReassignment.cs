using MediatR;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Tasks;

/// <summary>Gives back what a bulk reassignment moved and nobody has touched since. Refuses with REASSIGNMENT_RUNNING, REASSIGNMENT_UNDONE.</summary>
public static class UndoReassignment
{
    public sealed record Command(string Id) : IRequest<ShowReassignment.Reply>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/tasks/reassignments/{id}/undo", async (string id, IMediator mediator, CancellationToken cancellationToken) =>
            TypedResults.Accepted($"/api/v1/tasks/reassignments/{id}", await mediator.Send(new Command(id), cancellationToken)))
        .RequireRole(Role.OfficeLeader, Role.BusinessAdmin, Role.TechnicalAdmin);

    internal sealed class Handler(EngineDb db, CommitLane lane, IdempotencyContext idempotency, CurrentPerson person, TimeProvider time)
        : IRequestHandler<Command, ShowReassignment.Reply>
    {
        public async Task<ShowReassignment.Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            var row = await ShowReassignment.FindAsync(db, person, request.Id, cancellationToken);
            if (row.State is not ReassignmentState.Done)
            {
                throw row.State is ReassignmentState.Running
                    ? new RefusedException("REASSIGNMENT_RUNNING", "Việc giao lại chưa hoàn thành.")
                    : new RefusedException("REASSIGNMENT_UNDONE", "Lần giao lại này đã được hoàn tác.");
            }

            (row.State, row.Cursor, row.UndoneAt, row.UndoneBy, row.UndoneByName) = (ReassignmentState.Undoing, 0, time.GetUtcNow(), person.Id, person.FullName);
            var (changes, reply) = (new Changes().Update(row), ShowReassignment.Reply.Of(row));
            idempotency.Record(changes, reply, StatusCodes.Status202Accepted, $"/api/v1/tasks/reassignments/{row.Id}");
            await lane.CommitAsync(changes, cancellationToken);
            return reply;
        }
    }
}
