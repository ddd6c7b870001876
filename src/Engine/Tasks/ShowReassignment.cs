using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Tasks;

/// <summary>How far a bulk reassignment has come; for whoever ordered it, and administrators.</summary>
public static class ShowReassignment
{
    public sealed record Query(string Id) : IRequest<Reply>;

    /// <param name="Skipped">Were completed, taken or changed by somebody in between.</param>
    /// <param name="Kept">Not restored by the undo, because somebody has touched them since.</param>
    public sealed record Reply(
        string Id, ReassignmentState State, string FromPersonId, string Reason, int Total, int Moved, int Skipped, int Restored, int Kept,
        string CreatedByName, DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt, DateTimeOffset? UndoneAt)
    {
        public static Reply Of(ReassignmentRow row) => new(
            row.Id, row.State, row.FromPersonId, row.Reason, row.Total, row.Moved, row.Skipped, row.Restored, row.Kept,
            row.CreatedByName, row.CreatedAt, row.FinishedAt, row.UndoneAt);
    }

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/tasks/reassignments/{id}", async (string id, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Query(id), cancellationToken))
        .RequireRole(Role.OfficeLeader, Role.BusinessAdmin, Role.TechnicalAdmin);

    internal sealed class Handler(EngineDb db, CurrentPerson person) : IRequestHandler<Query, Reply>
    {
        public async Task<Reply> Handle(Query request, CancellationToken cancellationToken) => Reply.Of(await FindAsync(db, person, request.Id, cancellationToken));
    }

    internal static async Task<ReassignmentRow> FindAsync(EngineDb db, CurrentPerson person, string id, CancellationToken cancellationToken)
    {
        var row = await db.Set<ReassignmentRow>().AsNoTracking().Where(one => one.Id == id).FindOrRefuseAsync("Lần giao lại việc", cancellationToken);
        return row.CreatedBy == person.Id || person.Holds(Role.BusinessAdmin) || person.Holds(Role.TechnicalAdmin) ? row : throw Problems.NotFound("Lần giao lại việc");
    }
}
