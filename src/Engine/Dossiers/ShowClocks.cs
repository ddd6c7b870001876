using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Dossiers;

/// <summary>
/// Both clocks of a dossier over its ledger, with the calendar pinned at reception: the legal one and the one of the public index
/// (QĐ 766). They differ on purpose. The segments tell why the time ran or stood still.
/// </summary>
public static class ShowClocks
{
    public sealed record Query(Guid Id) : IRequest<Reply>;

    public sealed record Reply(DateTimeOffset Now, string? CalendarId, int CalendarVersion, Clock Legal, Clock Index);

    public sealed record Clock(
        DateTimeOffset? StartedAt,
        DateTimeOffset? DueAt,
        DateTimeOffset? EndedAt,
        int UsedMinutes,
        int PausedMinutes,
        int? RemainingMinutes,
        bool IsPaused,
        Band Band,
        string BandWord,
        bool IsLate,
        IReadOnlyList<ClockSegment> Segments)
    {
        public static Clock Of(ClockReading reading) => new(
            reading.StartedAt,
            reading.DueAt,
            reading.EndedAt,
            reading.UsedMinutes,
            reading.PausedMinutes,
            reading.RemainingMinutes,
            reading.IsPaused,
            reading.Band,
            reading.Band.Word(),
            reading.Band.IsLate(),
            reading.Segments);
    }

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/dossiers/{id:guid}/clocks", async (Guid id, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Query(id), cancellationToken))
        .RequireSignIn();

    internal sealed class Handler(EngineDb db, DossierSight sight, DossierSubjects subjects, TimeProvider time) : IRequestHandler<Query, Reply>
    {
        public async Task<Reply> Handle(Query request, CancellationToken cancellationToken)
        {
            var dossier = await sight.FindAsync(request.Id, cancellationToken);
            var ledger = await db.Ledger.AsNoTracking().Where(line => line.DossierId == dossier.Id)
                .OrderBy(line => line.Sequence).ToListAsync(cancellationToken);
            var calendar = subjects.CalendarOf(dossier);
            var now = time.GetUtcNow();
            return new(
                now,
                calendar.Id,
                calendar.Version,
                Clock.Of(LegalClock.Read(ledger, dossier.Limit, calendar, now)),
                Clock.Of(IndexClock.Read(ledger, dossier.Limit, calendar, now)));
        }
    }
}
