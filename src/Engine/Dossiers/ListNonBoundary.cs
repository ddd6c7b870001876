using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Dossiers;

/// <summary>Which way a dossier crossed the boundary of an office (phi địa giới).</summary>
public enum NonBoundaryFlow
{
    /// <summary>Received here for another office that decides.</summary>
    ReceivedForOthers = 1,

    /// <summary>Received elsewhere, decided here.</summary>
    ReceivedElsewhere = 2,

    /// <summary>The citizen was helped here, another office received it.</summary>
    SupportedHere = 3,
}

/// <summary>Dossiers that one office received and another decides, newest first, by the way they flow; with how the hand-over stands (D5).</summary>
public static class ListNonBoundary
{
    /// <param name="Office">One of the caller's offices; all of them without it.</param>
    /// <param name="Other">Only dossiers shared with this office.</param>
    /// <param name="HandedOver">Whether the papers' hand-over is recorded.</param>
    /// <param name="From">First day of submission, in Viet Nam.</param>
    public sealed record Query(
        NonBoundaryFlow Flow, string? Office, string? Other, BusinessStatus? Status, string? Procedure, bool? HandedOver, bool? Late, DateOnly? From, DateOnly? To,
        string? Cursor, int? Size) : IRequest<Page<Reply>>;

    public sealed record Place(string Id, string Name);

    /// <param name="HandOverDueAt">Null before reception.</param>
    public sealed record Reply(
        Guid Id, string Code, string ProcedureCode, string Title, string ApplicantName, BusinessStatus Status, string StatusWord, DeliveryStatus Delivery, string DeliveryWord,
        Place? Support, Place Receiving, Place Competent, DateTimeOffset SubmittedAt, DateTimeOffset? ReceivedAt, DateTimeOffset? DueAt,
        DateTimeOffset? HandOverDueAt, DateTimeOffset? HandedOverAt);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/dossiers/non-boundary", async ([AsParameters] Query query, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(query, cancellationToken))
        .RequireSignIn();

    public sealed class Validator : IInputRules<Query>
    {
        public void Check(Query input, InputErrors errors) =>
            errors.When(!Enum.IsDefined(input.Flow), "flow", "Chọn một trong: ReceivedForOthers, ReceivedElsewhere, SupportedHere.");
    }

    internal sealed class Handler(EngineDb db, DossierSight sight, OfficeDirectory offices, DossierSubjects subjects, Cursors cursors, TimeProvider time)
        : IRequestHandler<Query, Page<Reply>>
    {
        public async Task<Page<Reply>> Handle(Query request, CancellationToken cancellationToken)
        {
            var list = $"non-boundary {request.Flow}";
            var filters = new ListDossiers.Query(request.Status, request.Procedure, null, null, null, request.From, request.To, request.Late, null, null);
            var dossiers = Crossing(db.Dossiers.AsNoTracking(), request.Flow, sight.OfficesAmong(request.Office), request.Other)
                .Fitting(filters, time.GetUtcNow()).Before(cursors.Read(list, request.Cursor, 2));
            if (request.HandedOver is { } handedOver)
            {
                dossiers = dossiers.Where(dossier => db.Ledger.Any(line => line.DossierId == dossier.Id && line.Act == LedgerAct.HandedOver) == handedOver);
            }

            var size = Cursors.Size(request.Size);
            var rows = await dossiers.OrderByDescending(dossier => dossier.SubmittedAt).ThenByDescending(dossier => dossier.Id).Take(size + 1).ToListAsync(cancellationToken);
            var page = cursors.Page(rows, size, list, dossier => DossierFilters.KeysOf(dossier.SubmittedAt, dossier.Id));
            var ids = page.Items.Select(dossier => dossier.Id).ToList();
            var done = (await db.Ledger.AsNoTracking().Where(line => ids.Contains(line.DossierId) && line.Act == LedgerAct.HandedOver)
                .Select(line => new { line.DossierId, line.At }).ToListAsync(cancellationToken)).ToLookup(line => line.DossierId, line => line.At);
            return new([.. page.Items.Select(dossier => ReplyOf(dossier, done[dossier.Id].Cast<DateTimeOffset?>().FirstOrDefault()))], page.Next);
        }

        private static IQueryable<Dossier> Crossing(IQueryable<Dossier> dossiers, NonBoundaryFlow flow, IReadOnlyList<string>? own, string? other)
        {
            var crossing = flow is NonBoundaryFlow.SupportedHere
                ? dossiers.Where(dossier => dossier.SupportOfficeId != null && dossier.SupportOfficeId != dossier.ReceivingOfficeId)
                : dossiers.Where(dossier => dossier.CompetentOfficeId != dossier.ReceivingOfficeId);
            if (own is not null)
            {
                crossing = flow switch
                {
                    NonBoundaryFlow.ReceivedForOthers => crossing.Where(dossier => own.Contains(dossier.ReceivingOfficeId)),
                    NonBoundaryFlow.ReceivedElsewhere => crossing.Where(dossier => own.Contains(dossier.CompetentOfficeId)),
                    NonBoundaryFlow.SupportedHere => crossing.Where(dossier => own.Contains(dossier.SupportOfficeId!)),
                };
            }

            return other is null ? crossing
                : flow is NonBoundaryFlow.ReceivedForOthers ? crossing.Where(dossier => dossier.CompetentOfficeId == other)
                : crossing.Where(dossier => dossier.ReceivingOfficeId == other);
        }

        private Reply ReplyOf(Dossier dossier, DateTimeOffset? handedOver) => new(
            dossier.Id, dossier.Code, dossier.ProcedureCode, dossier.Title, dossier.ApplicantName,
            dossier.BusinessStatus, dossier.BusinessStatus.Word(), dossier.DeliveryStatus, dossier.DeliveryStatus.Word(),
            dossier.SupportOfficeId is { } support ? PlaceOf(support) : null, PlaceOf(dossier.ReceivingOfficeId), PlaceOf(dossier.CompetentOfficeId),
            dossier.SubmittedAt, dossier.ReceivedAt, dossier.DueAt,
            dossier.ReceivedAt is { } received && dossier.ReceivingOfficeId != dossier.CompetentOfficeId ? subjects.CalendarOf(dossier).HandOverDue(received) : null,
            handedOver);

        private Place PlaceOf(string id) => new(id, offices.TryFind(id)?.Name ?? id);
    }
}
