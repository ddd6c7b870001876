using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Access;

/// <summary>Substitutions given or received by a person: one's own, or of anybody an administrator looks after.</summary>
public static class ListSubstitutions
{
    public sealed record Query(string? PersonId) : IRequest<IReadOnlyList<Reply>>;

    public sealed record Reply(
        string Id,
        string FromPersonId,
        string FromName,
        string ToPersonId,
        string ToName,
        DateOnly ValidFrom,
        DateOnly ValidTo,
        IReadOnlyList<FormalActs>? Acts,
        string? Reason,
        DateTimeOffset CreatedAt,
        DateTimeOffset? EndedAt);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/substitutions", async (string? personId, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Query(personId), cancellationToken))
        .RequireSignIn();

    internal sealed class Handler(EngineDb db, CurrentPerson me, OfficeDirectory offices) : IRequestHandler<Query, IReadOnlyList<Reply>>
    {
        public async Task<IReadOnlyList<Reply>> Handle(Query request, CancellationToken cancellationToken)
        {
            var id = request.PersonId ?? me.Id;
            if (id != me.Id)
            {
                var person = await db.Users.AsNoTracking().Where(one => one.Id == id).FindOrRefuseAsync("Người dùng", cancellationToken);
                me.MustLookAfter(person.OfficeId ?? offices.Root.Id);
            }

            var rows = await (
                from row in db.Set<Substitution>().AsNoTracking()
                join lender in db.Users on row.FromPersonId equals lender.Id
                join substitute in db.Users on row.ToPersonId equals substitute.Id
                where row.FromPersonId == id || row.ToPersonId == id
                orderby row.ValidFrom descending, row.Id
                select new { Row = row, From = lender.FullName, To = substitute.FullName })
                .Take(200).ToListAsync(cancellationToken);
            return [.. rows.Select(one => new Reply(
                one.Row.Id, one.Row.FromPersonId, one.From, one.Row.ToPersonId, one.To,
                one.Row.ValidFrom, one.Row.ValidTo, one.Row.Acts.Split(), one.Row.Reason, one.Row.CreatedAt, one.Row.EndedAt))];
        }
    }
}
