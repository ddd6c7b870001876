using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.NationalPortal;

/// <summary>The dossiers behind a number of the reconciliation, oldest first, with why the portal refused them or what they lack.</summary>
public static class ListPortalDossiers
{
    private const string List = "national-portal";

    public sealed record Query(PortalState? State, DateOnly? From, DateOnly? To, string? Office, string? Cursor, int? Size) : IRequest<Page<Reply>>;

    /// <param name="PortalStatusCode">The status the portal knows.</param>
    /// <param name="Reason">Of a dossier that was rejected or held.</param>
    public sealed record Reply(
        Guid DossierId, string Code, string ProcedureCode, string OfficeId, DateTimeOffset SubmittedAt, PortalState State, string StateWord,
        int StatusCode, int? PortalStatusCode, DateTimeOffset? PortalKnownAt, DateTimeOffset? RefusedAt, string? Reason);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/national-portal/dossiers", async ([AsParameters] Query query, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(query, cancellationToken))
        .RequireRole(ReportSight.Roles);

    internal sealed class Handler(EngineDb db, ReportSight sight, Cursors cursors, TimeProvider time) : IRequestHandler<Query, Page<Reply>>
    {
        public async Task<Page<Reply>> Handle(Query request, CancellationToken cancellationToken)
        {
            var size = Cursors.Size(request.Size);
            var rows = await Fitting(request).OrderBy(facts => facts.SubmittedAt).ThenBy(facts => facts.DossierId).Take(size + 1)
                .Join(db.Dossiers, facts => facts.DossierId, dossier => dossier.Id, (facts, dossier) => new
                {
                    Facts = facts,
                    dossier.Code,
                    dossier.BusinessStatus,
                    IsDead = db.Outbox.Any(row => row.DossierId == facts.DossierId && row.Kind == Running.DossierFacts.PortalKind && row.DeadAt != null && row.SentAt == null),
                })
                .OrderBy(row => row.Facts.SubmittedAt).ThenBy(row => row.Facts.DossierId).ToListAsync(cancellationToken);
            return cursors.Page(
                [.. rows.Select(row => ToReply(row.Facts, row.Code, row.BusinessStatus, row.IsDead))],
                size,
                List,
                reply => PortalOrder.KeyOf(reply.SubmittedAt, reply.DossierId));
        }

        private IQueryable<DossierFactsRow> Fitting(Query request)
        {
            var (from, to) = PortalSpan.Of(request.From, request.To, time);
            var (first, end) = (PortalSpan.Start(from), PortalSpan.Start(to.AddDays(1)));
            var fitting = db.Set<DossierFactsRow>().AsNoTracking().Where(facts => facts.SubmittedAt >= first && facts.SubmittedAt < end);
            if (request.State is { } state)
            {
                fitting = fitting.Where(PortalStates.Is(state, db));
            }

            if (sight.Offices(request.Office) is { } offices)
            {
                fitting = fitting.Where(facts => offices.Contains(facts.OfficeId));
            }

            return PortalOrder.After(fitting, cursors.Read(List, request.Cursor, 2));
        }

        private static Reply ToReply(DossierFactsRow facts, string code, BusinessStatus status, bool isDead)
        {
            var state = facts.PortalTold == 0 ? PortalState.NeverSent
                : facts.PortalKnown >= facts.PortalTold ? PortalState.Accepted
                : facts.PortalRefused > facts.PortalKnown ? (facts.PortalHeld ? PortalState.Held : PortalState.Rejected)
                : isDead ? PortalState.Dead
                : PortalState.Pending;
            var isRefused = state is PortalState.Held or PortalState.Rejected;
            return new(
                facts.DossierId, code, facts.ProcedureCode, facts.OfficeId, facts.SubmittedAt, state, state.Word(), (int)status, facts.PortalStatus,
                facts.PortalKnownAt, isRefused ? facts.PortalRefusedAt : null, isRefused ? facts.PortalReason : null);
        }
    }
}
