using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Reorganisation;

/// <summary>Dossiers and people the rules of a plan could not place, with the offices one may choose from.</summary>
public static class ListReviews
{
    public sealed record Query(string Id, ReviewKind? Kind, bool? Placed, string? Cursor, int? Size) : IRequest<Page<Reply>>;

    public sealed record Place(string Id, string Name);

    public sealed record Question(Place Old, IReadOnlyList<Place> Choices);

    /// <param name="Code">Code of the dossier, or user name.</param>
    /// <param name="Name">Title of the dossier, or the person's name.</param>
    public sealed record Reply(
        ReviewKind Kind, string SubjectId, string? Code, string? Name, string? Address, IReadOnlyList<Question> Questions, string Reason, DateTimeOffset? PlacedAt);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/reorganisations/{id}/reviews", async (
            string id, ReviewKind? kind, bool? placed, string? cursor, int? size, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Query(id, kind, placed, cursor, size), cancellationToken))
        .RequireRole(Role.BusinessAdmin, Role.TechnicalAdmin);

    internal sealed class Handler(EngineDb db, CurrentPerson admin, OfficeDirectory offices, Cursors cursors) : IRequestHandler<Query, Page<Reply>>
    {
        public async Task<Page<Reply>> Handle(Query request, CancellationToken cancellationToken)
        {
            admin.MustLookAfter(offices.Root.Id);
            var rows = db.Set<ReviewRow>().AsNoTracking().Where(review => review.ReorganisationId == request.Id
                && (request.Kind == null || review.Kind == request.Kind)
                && (request.Placed == null || (review.PlacedAt != null) == request.Placed));
            var list = $"reviews {request.Id}";
            if (cursors.Read(list, request.Cursor, 1) is [var after])
            {
                rows = rows.After(review => review.SubjectId, after);
            }

            var size = Cursors.Size(request.Size);
            var page = cursors.Page(await rows.OrderBy(review => review.SubjectId).Take(size + 1).ToListAsync(cancellationToken), size, list, review => [review.SubjectId]);
            var ids = page.Items.Where(review => review.Kind is ReviewKind.Dossier).Select(review => Guid.Parse(review.SubjectId)).ToList();
            var dossiers = await db.Dossiers.AsNoTracking().Where(dossier => ids.Contains(dossier.Id))
                .Select(dossier => new { dossier.Id, dossier.Code, dossier.Title, dossier.ApplicantAddress }).ToDictionaryAsync(dossier => dossier.Id.ToString(), cancellationToken);
            var personIds = page.Items.Where(review => review.Kind is ReviewKind.Person).Select(review => review.SubjectId).ToList();
            var people = await db.Users.AsNoTracking().Where(person => personIds.Contains(person.Id)).ToDictionaryAsync(person => person.Id, cancellationToken);
            return new([.. page.Items.Select(review =>
            {
                var (dossier, person) = (dossiers.GetValueOrDefault(review.SubjectId), people.GetValueOrDefault(review.SubjectId));
                return new Reply(
                    review.Kind, review.SubjectId, dossier?.Code ?? person?.UserName, dossier?.Title ?? person?.FullName, dossier?.ApplicantAddress,
                    Questions(review), review.Reason, review.PlacedAt);
            })], page.Next);
        }

        private List<Question> Questions(ReviewRow review) => JsonSerializer.Deserialize<List<string>>(review.OfficeIds)!
            .ConvertAll(old => new Question(PlaceOf(old), [.. offices.Successors(old).Select(next => new Place(next.Id, next.Name))]));

        private Place PlaceOf(string id) => new(id, offices.TryFind(id)?.Name ?? id);
    }
}
