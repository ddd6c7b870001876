using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Dossiers;

/// <summary>
/// The place of reception hands the papers to the competent office (D5: the same working day, or early the next). Until then the time is
/// that of the place of reception. Refuses with HAND_OVER_NOT_NEEDED, HANDED_OVER_ALREADY, CLOCK_NOT_STARTED, DOSSIER_CLOSED.
/// </summary>
public static class HandOverDossier
{
    public sealed record Body(string? Note = null);

    public sealed record Command(Guid DossierId, Body Body) : IRequest<Reply>;

    /// <param name="DueAt">Until when it had to be done.</param>
    public sealed record Reply(Guid DossierId, DateTimeOffset HandedOverAt, DateTimeOffset DueAt, bool IsLate, long Version);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/dossiers/{id:guid}/hand-overs", async (Guid id, Body body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        {
            var reply = await mediator.Send(new Command(id, body), cancellationToken);
            ETags.Write(response, reply.Version);
            return reply;
        })
        .RequireRole(Role.Receptionist);

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors.OptionalText(input.Body.Note, "note", 1000);
    }

    internal sealed class Handler(DossierRuns runs, DossierSight sight, CurrentPerson person, DossierSubjects subjects, EngineDb db)
        : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            var dossier = await sight.FindAsync(request.DossierId, cancellationToken);
            var act = person.ActFor(dossier.ReceivingOfficeId, request.Body.Note, Role.Receptionist);
            if (await db.Ledger.AnyAsync(line => line.DossierId == dossier.Id && line.Act == LedgerAct.HandedOver, cancellationToken))
            {
                throw new RefusedException("HANDED_OVER_ALREADY", "Hồ sơ đã được bàn giao cho cơ quan giải quyết.");
            }

            var due = dossier.HandOverDue(subjects.CalendarOf(dossier));
            var data = JsonSerializer.Serialize(new { from = dossier.ReceivingOfficeId, to = dossier.CompetentOfficeId, due }, JsonText.Readable);
            return await runs.ChangeAsync(
                dossier.Id,
                act,
                click => click.Dossier!.Note(LedgerAct.HandedOver, data, click.Act),
                click => new Reply(dossier.Id, click.Act.At, due, click.Act.At > due, click.VersionAfter),
                cancellationToken);
        }
    }
}
