using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Access;

/// <summary>Tell that somebody is away for some days: one's own absence, or one an administrator enters. Refuses with ABSENCE_IN_THE_PAST.</summary>
public static class AddAbsence
{
    public sealed record Body(DateOnly ValidFrom, DateOnly ValidTo, string? Reason = null);

    public sealed record Command(string PersonId, Body Body) : IRequest<Reply>;

    public sealed record Reply(string Id);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/people/{id}/absences", async (string id, Body body, IMediator mediator, CancellationToken cancellationToken) =>
        {
            var reply = await mediator.Send(new Command(id, body), cancellationToken);
            return TypedResults.Created(Location(id, reply), reply);
        })
        .RequireSignIn();

    private static string Location(string personId, Reply reply) => $"/api/v1/people/{personId}/absences/{reply.Id}";

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors
            .OptionalText(input.Body.Reason, "reason", 1000)
            .When(input.Body.ValidTo < input.Body.ValidFrom, "validTo", "Ngày kết thúc trước ngày bắt đầu.")
            .When(input.Body.ValidTo.DayNumber - input.Body.ValidFrom.DayNumber > AddSubstitution.LongestDays, "validTo", "Không quá một năm.");
    }

    internal sealed class Handler(
        EngineDb db, CommitLane lane, IdempotencyContext idempotency, CurrentPerson me, OfficeDirectory offices, PersonDirectory people, TimeProvider time)
        : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            var (body, now) = (request.Body, time.GetUtcNow());
            var person = await db.Users.AsNoTracking().Where(one => one.Id == request.PersonId).FindOrRefuseAsync("Người dùng", cancellationToken);
            if (person.Id != me.Id)
            {
                me.MustLookAfter(person.OfficeId ?? offices.Root.Id);
            }

            if (body.ValidTo < VietnamTime.DateOf(now))
            {
                throw new RefusedException("ABSENCE_IN_THE_PAST", "Thời gian vắng mặt đã qua.");
            }

            var row = new Absence
            {
                Id = Guid.CreateVersion7(now).ToString("N"),
                PersonId = person.Id,
                ValidFrom = body.ValidFrom,
                ValidTo = body.ValidTo,
                Reason = body.Reason,
                CreatedBy = me.Id,
                CreatedAt = now,
            };
            var (changes, reply) = (new Changes().Insert(row), new Reply(row.Id));
            idempotency.Record(changes, reply, StatusCodes.Status201Created, Location(person.Id, reply));
            await lane.CommitAsync(changes, cancellationToken);
            people.Forget();
            return reply;
        }
    }
}
