using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Access;

/// <summary>Take a substitution back, at once. The row stays as evidence of what was done under it.</summary>
public static class EndSubstitution
{
    public sealed record Command(string Id) : IRequest<Unit>;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/substitutions/{id}", async (string id, IMediator mediator, CancellationToken cancellationToken) =>
        {
            await mediator.Send(new Command(id), cancellationToken);
            return TypedResults.NoContent();
        })
        .RequireSignIn();

    internal sealed class Handler(EngineDb db, CommitLane lane, CurrentPerson me, OfficeDirectory offices, PersonDirectory people, TimeProvider time)
        : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command request, CancellationToken cancellationToken)
        {
            var row = await db.Set<Substitution>().AsNoTracking().Where(one => one.Id == request.Id).FindOrRefuseAsync("Uỷ quyền", cancellationToken);
            if (row.FromPersonId != me.Id)
            {
                var lender = await db.Users.AsNoTracking().Where(one => one.Id == row.FromPersonId).FindOrRefuseAsync("Người dùng", cancellationToken);
                me.MustLookAfter(lender.OfficeId ?? offices.Root.Id);
            }

            if (row.EndedAt is not null)
            {
                throw new RefusedException("SUBSTITUTION_ENDED", "Uỷ quyền đã được thu hồi.");
            }

            (row.EndedAt, row.EndedBy) = (time.GetUtcNow(), me.Id);
            await lane.CommitAsync(new Changes().Update(row, nameof(row.EndedAt), nameof(row.EndedBy)), cancellationToken);
            people.Forget();
            return Unit.Value;
        }
    }
}
