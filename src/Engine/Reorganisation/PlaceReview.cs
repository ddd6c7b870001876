using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Reorganisation;

/// <summary>
/// Decide where a dossier or a person of the review list goes; it moves at once. Refuses with REVIEW_PLACED, REVIEW_WRONG_OFFICE,
/// REVIEW_INCOMPLETE.
/// </summary>
public static class PlaceReview
{
    /// <param name="Offices">Old office to new office, for each that is undecided.</param>
    public sealed record Body(IReadOnlyDictionary<string, string> Offices);

    public sealed record Command(string Id, ReviewKind Kind, string SubjectId, Body Body) : IRequest<Reply>;

    public sealed record Reply(ReviewKind Kind, string SubjectId, DateTimeOffset PlacedAt);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/reorganisations/{id}/reviews/{kind}/{subjectId}/placements", async (
            string id, ReviewKind kind, string subjectId, Body body, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Command(id, kind, subjectId, body), cancellationToken))
        .RequireRole(Role.BusinessAdmin, Role.TechnicalAdmin);

    internal sealed class Handler(
        EngineDb db, CommitLane lane, CurrentPerson admin, OfficeDirectory offices, DossierMover dossiers, PeopleMover people, PersonDirectory directory, TimeProvider time)
        : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            admin.MustLookAfter(offices.Root.Id);
            var row = await db.Set<ReorganisationRow>().AsNoTracking().Where(one => one.Id == request.Id).FindOrRefuseAsync("Phương án sắp xếp", cancellationToken);
            var review = await db.Set<ReviewRow>().AsNoTracking()
                .Where(one => one.ReorganisationId == row.Id && one.Kind == request.Kind && one.SubjectId == request.SubjectId)
                .FindOrRefuseAsync("Nội dung cần xem xét", cancellationToken);
            Check(review, request.Body.Offices);
            var (changes, rules) = (new Changes(), new PlacementRules(ReorganisationPlan.Read(row.Plan)));
            if (request.Kind is ReviewKind.Dossier)
            {
                var order = new MovingOrder(row.Id, row.Name, admin.Id, admin.FullName);
                await dossiers.MoveAsync([Guid.Parse(review.SubjectId)], rules, order, new(), changes, request.Body.Offices, cancellationToken);
            }
            else
            {
                await MovePersonAsync(row, review, rules, request.Body.Offices, changes, cancellationToken);
            }

            var now = time.GetUtcNow();
            // Only one decision counts, whoever else makes one at the same moment.
            changes.Execute(
                $"update reorganisation_reviews set placement = {JsonSerializer.Serialize(request.Body.Offices)}, placed_by = {admin.Id}, placed_at = {now} where reorganisation_id = {row.Id} and kind = {review.Kind} and subject_id = {review.SubjectId} and placed_at is null",
                rows: 1);
            await lane.CommitAsync(changes, cancellationToken);
            directory.Forget();
            return new(review.Kind, review.SubjectId, now);
        }

        private void Check(ReviewRow review, IReadOnlyDictionary<string, string> given)
        {
            if (review.PlacedAt is not null)
            {
                throw new RefusedException("REVIEW_PLACED", "Nội dung này đã được quyết định.");
            }

            foreach (var old in JsonSerializer.Deserialize<List<string>>(review.OfficeIds)!)
            {
                if (!given.TryGetValue(old, out var next))
                {
                    throw new RefusedException("REVIEW_INCOMPLETE", $"Phải chọn đơn vị mới thay cho “{offices.TryFind(old)?.Name ?? old}”.");
                }

                var choices = offices.Successors(old);
                if (choices.Count > 0 && choices.All(choice => choice.Id != next))
                {
                    throw new RefusedException("REVIEW_WRONG_OFFICE", $"“{offices.TryFind(next)?.Name ?? next}” không kế thừa “{offices.TryFind(old)?.Name ?? old}”.");
                }

                offices.Find(next, VietnamTime.DateOf(time.GetUtcNow()));
            }
        }

        private async Task MovePersonAsync(
            ReorganisationRow row, ReviewRow review, PlacementRules rules, IReadOnlyDictionary<string, string> forced, Changes changes, CancellationToken cancellationToken)
        {
            var today = VietnamTime.DateOf(time.GetUtcNow());
            var person = await db.Users.AsNoTracking().Where(one => one.Id == review.SubjectId).FindOrRefuseAsync("Người dùng", cancellationToken);
            var roles = await db.Set<PersonRole>().AsNoTracking()
                .Where(role => role.PersonId == person.Id && (role.ValidTo == null || role.ValidTo >= today)).ToListAsync(cancellationToken);
            people.Move(new(person, roles), rules, row, admin.Id, new(), changes, forced);
            if (row.State is ReorganisationState.Done)
            {
                PeopleMover.Close(roles.Where(role => rules.ChangeOf(role.OfficeId) is not null), today.AddDays(-1), changes);
            }
        }
    }
}
