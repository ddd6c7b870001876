using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Access;

/// <summary>Take an absence back: the person is there after all. Refuses with ABSENCE_ENDED.</summary>
public static class EndAbsence
{
    public sealed record Command(string PersonId, string Id) : IRequest<Unit>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/people/{id}/absences/{absenceId}", async (string id, string absenceId, IMediator mediator, CancellationToken cancellationToken) =>
        {
            await mediator.Send(new Command(id, absenceId), cancellationToken);
            return TypedResults.NoContent();
        })
        .RequireSignIn();

    internal sealed class Handler(EngineDb db, CommitLane lane, CurrentPerson me, OfficeDirectory offices, PersonDirectory people, TimeProvider time)
        : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command request, CancellationToken cancellationToken)
        {
            var person = await db.Users.AsNoTracking().Where(one => one.Id == request.PersonId).FindOrRefuseAsync("Người dùng", cancellationToken);
            if (person.Id != me.Id)
            {
                me.MustLookAfter(person.OfficeId ?? offices.Root.Id);
            }

            var row = await db.Set<Absence>().AsNoTracking().Where(one => one.Id == request.Id && one.PersonId == person.Id)
                .FindOrRefuseAsync("Thời gian vắng mặt", cancellationToken);
            if (row.EndedAt is not null)
            {
                throw new RefusedException("ABSENCE_ENDED", "Thời gian vắng mặt đã được huỷ.");
            }

            row.EndedAt = time.GetUtcNow();
            await lane.CommitAsync(new Changes().Update(row, nameof(row.EndedAt)), cancellationToken);
            people.Forget();
            return Unit.Value;
        }
    }
}
