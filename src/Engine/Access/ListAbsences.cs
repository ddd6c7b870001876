using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Access;

/// <summary>When a person is or was away, the latest first: one's own, or of anybody an administrator looks after.</summary>
public static class ListAbsences
{
    public sealed record Query(string PersonId) : IRequest<IReadOnlyList<Reply>>;

    public sealed record Reply(string Id, DateOnly ValidFrom, DateOnly ValidTo, string? Reason, DateTimeOffset? EndedAt);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/people/{id}/absences", async (string id, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Query(id), cancellationToken))
        .RequireSignIn();

    internal sealed class Handler(EngineDb db, CurrentPerson me, OfficeDirectory offices) : IRequestHandler<Query, IReadOnlyList<Reply>>
    {
        public async Task<IReadOnlyList<Reply>> Handle(Query request, CancellationToken cancellationToken)
        {
            var person = await db.Users.AsNoTracking().Where(one => one.Id == request.PersonId).FindOrRefuseAsync("Người dùng", cancellationToken);
            if (person.Id != me.Id)
            {
                me.MustLookAfter(person.OfficeId ?? offices.Root.Id);
            }

            return await db.Set<Absence>().AsNoTracking().Where(row => row.PersonId == person.Id)
                .OrderByDescending(row => row.ValidFrom).ThenBy(row => row.Id).Take(200)
                .Select(row => new Reply(row.Id, row.ValidFrom, row.ValidTo, row.Reason, row.EndedAt)).ToListAsync(cancellationToken);
        }
    }
}
