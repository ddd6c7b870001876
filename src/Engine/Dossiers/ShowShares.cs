using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Dossiers;

/// <summary>
/// The time of a dossier by office: who had it, how long, how much of it beyond the limits of the steps, and whose part the lateness is;
/// with the hand-over from the place of reception (D5).
/// </summary>
public static class ShowShares
{
    public sealed record Query(Guid Id) : IRequest<Reply>;

    public sealed record Place(string Id, string Name);

    public sealed record Share(
        Place Office,
        IReadOnlyList<StayKind> Kinds,
        int UsedMinutes,
        int PausedMinutes,
        int OverMinutes,
        int LateMinutes,
        int BlamedMinutes,
        bool HasItNow);

    public sealed record Stay(Place Office, StayKind Kind, string Title, DateTimeOffset From, DateTimeOffset? To, DateTimeOffset? DueAt);

    public sealed record HandOver(Place From, Place To, DateTimeOffset DueAt, DateTimeOffset? DoneAt, bool IsLate);

    /// <param name="Support">Place of support; null when there was none.</param>
    /// <param name="HandedOver">Null when one office receives and decides.</param>
    public sealed record Reply(
        DateTimeOffset Now,
        Place? Support,
        Place Receiving,
        Place Competent,
        int UsedMinutes,
        int LateMinutes,
        IReadOnlyList<Share> Shares,
        IReadOnlyList<Stay> Stays,
        HandOver? HandedOver);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/dossiers/{id:guid}/shares", async (Guid id, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Query(id), cancellationToken))
        .RequireSignIn();

    internal sealed class Handler(EngineDb db, DossierSight sight, OfficeDirectory offices, DossierSubjects subjects, TimeProvider time)
        : IRequestHandler<Query, Reply>
    {
        public async Task<Reply> Handle(Query request, CancellationToken cancellationToken)
        {
            var dossier = await sight.FindAsync(request.Id, cancellationToken);
            var ledger = await db.Ledger.AsNoTracking().Where(line => line.DossierId == dossier.Id).ToListAsync(cancellationToken);
            var now = time.GetUtcNow();
            var reading = OfficeShares.Read(dossier, ledger, subjects.CalendarOf(dossier), now);
            return new(
                now,
                dossier.SupportOfficeId is { } support ? PlaceOf(support, now) : null,
                PlaceOf(dossier.ReceivingOfficeId, now),
                PlaceOf(dossier.CompetentOfficeId, now),
                reading.UsedMinutes,
                reading.LateMinutes,
                [.. reading.Shares.Select(share => new Share(
                    PlaceOf(share.OfficeId, now), share.Kinds, share.UsedMinutes, share.PausedMinutes, share.OverMinutes, share.LateMinutes, share.BlamedMinutes, share.HasItNow))],
                [.. reading.Stays.Select(stay => new Stay(PlaceOf(stay.OfficeId, stay.From), stay.Kind, stay.Title, stay.From, stay.To, stay.DueAt))],
                reading.HandOver is { } one ? new(PlaceOf(one.FromOfficeId, now), PlaceOf(one.ToOfficeId, now), one.DueAt, one.DoneAt, one.IsLate) : null);
        }

        private Place PlaceOf(string id, DateTimeOffset at) => new(id, id == Act.CitizenOffice ? "Công dân" : offices.NameOn(id, VietnamTime.DateOf(at)));
    }
}
