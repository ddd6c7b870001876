using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Access;

/// <summary>
/// Lend one's rights to a substitute for some dates (uỷ quyền), all of them or only some of the four formal acts. An administrator may do
/// it for somebody absent. Refuses with SUBSTITUTE_NOT_ACTIVE, SUBSTITUTION_IN_THE_PAST, SUBSTITUTION_OVERLAPS (two substitutes for the
/// same right on one day), SUBSTITUTION_CHAIN (a substitute does not pass on what was lent).
/// </summary>
public static class AddSubstitution
{
    public const int LongestDays = 366;

    /// <param name="Acts">Only these formal acts; without them everything.</param>
    public sealed record Body(string FromPersonId, string ToPersonId, DateOnly ValidFrom, DateOnly ValidTo, string? Reason = null, IReadOnlyList<FormalActs>? Acts = null);

    public sealed record Command(Body Body) : IRequest<Reply>;

    public sealed record Reply(string Id);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/substitutions", async (Body body, IMediator mediator, CancellationToken cancellationToken) =>
        {
            var reply = await mediator.Send(new Command(body), cancellationToken);
            return TypedResults.Created(Location(reply), reply);
        })
        .RequireSignIn();

    private static string Location(Reply reply) => $"/api/v1/substitutions/{reply.Id}";

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors
            .Text(input.Body.FromPersonId, "fromPersonId", 100)
            .Text(input.Body.ToPersonId, "toPersonId", 100)
            .When(input.Body.Acts?.Contains(FormalActs.None) == true, "acts", "Không có quyền này.")
            .OptionalText(input.Body.Reason, "reason", 1000)
            .When(input.Body.ToPersonId == input.Body.FromPersonId, "toPersonId", "Không thể uỷ quyền cho chính mình.")
            .When(input.Body.ValidTo < input.Body.ValidFrom, "validTo", "Ngày kết thúc trước ngày bắt đầu.")
            .When(input.Body.ValidTo.DayNumber - input.Body.ValidFrom.DayNumber > LongestDays, "validTo", "Không quá một năm.");
    }

    internal sealed class Handler(
        EngineDb db,
        CommitLane lane,
        IdempotencyContext idempotency,
        CurrentPerson me,
        OfficeDirectory offices,
        PersonDirectory people,
        TimeProvider time) : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            var (body, now) = (request.Body, time.GetUtcNow());
            var from = await FindAsync(body.FromPersonId, cancellationToken);
            var to = await FindAsync(body.ToPersonId, cancellationToken);
            if (from.Id != me.Id)
            {
                me.MustLookAfter(from.OfficeId ?? offices.Root.Id);
            }

            if (!to.IsActive)
            {
                throw new RefusedException("SUBSTITUTE_NOT_ACTIVE", $"Tài khoản của “{to.FullName}” đang bị khóa.");
            }

            if (body.ValidTo < VietnamTime.DateOf(now))
            {
                throw new RefusedException("SUBSTITUTION_IN_THE_PAST", "Thời gian uỷ quyền đã qua.");
            }

            await CheckOthersAsync(body, cancellationToken);
            var row = new Substitution
            {
                Id = Guid.CreateVersion7(now).ToString("N"),
                FromPersonId = from.Id,
                ToPersonId = to.Id,
                ValidFrom = body.ValidFrom,
                ValidTo = body.ValidTo,
                Acts = FormalActWords.Join(body.Acts),
                Reason = body.Reason,
                CreatedBy = me.Id,
                CreatedAt = now,
            };
            var (changes, reply) = (new Changes().Insert(row), new Reply(row.Id));
            idempotency.Record(changes, reply, StatusCodes.Status201Created, Location(reply));
            await lane.CommitAsync(changes, cancellationToken);
            people.Forget();
            return reply;
        }

        private async Task CheckOthersAsync(Body body, CancellationToken cancellationToken)
        {
            var same = await db.Set<Substitution>().AsNoTracking()
                .Where(row => row.EndedAt == null && row.ValidFrom <= body.ValidTo && row.ValidTo >= body.ValidFrom)
                .Where(row => row.FromPersonId == body.FromPersonId || row.FromPersonId == body.ToPersonId || row.ToPersonId == body.FromPersonId)
                .ToListAsync(cancellationToken);
            var acts = FormalActWords.Join(body.Acts);
            if (same.Exists(row => row.FromPersonId == body.FromPersonId && (acts is null || row.Acts is null || (acts & row.Acts) is not FormalActs.None)))
            {
                throw new RefusedException("SUBSTITUTION_OVERLAPS", "Trong thời gian này đã uỷ quyền việc đó cho người khác.");
            }

            if (same.Exists(row => row.FromPersonId == body.ToPersonId || row.ToPersonId == body.FromPersonId))
            {
                throw new RefusedException("SUBSTITUTION_CHAIN", "Người được uỷ quyền không được uỷ quyền lại cho người khác trong cùng thời gian.");
            }
        }

        private Task<Person> FindAsync(string id, CancellationToken cancellationToken) =>
            db.Users.AsNoTracking().Where(person => person.Id == id).FindOrRefuseAsync("Người dùng", cancellationToken);
    }
}
