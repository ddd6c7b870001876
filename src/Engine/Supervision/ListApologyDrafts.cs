using System.Globalization;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Supervision;

/// <summary>Letters of apology (form 04) that wait for a leader, the most urgent first; with another status those decided.</summary>
public static class ListApologyDrafts
{
    private const string List = "apology-drafts";

    public sealed record Query(ApologyDraftStatus? Status, string? Office, string? Cursor, int? Size) : IRequest<Page<Reply>>;

    /// <param name="SendBy">Latest instant to send it (D11).</param>
    /// <param name="NeededMinutes">Working minutes the remaining steps take at least, against <paramref name="LeftMinutes"/> until the promise.</param>
    public sealed record Reply(
        Guid Id, Guid DossierId, string DossierCode, string ProcedureCode, string Title, string ApplicantName, string OfficeId, DateTimeOffset DueAt, DateTimeOffset ProposedDueAt,
        DateTimeOffset SendBy, int NeededMinutes, int LeftMinutes, ApologyDraftStatus Status, string? CauseCode, string? Reason, DateTimeOffset? NewDueAt, DateTimeOffset? DecidedAt,
        DateTimeOffset CreatedAt, long Version);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/supervision/apology-drafts", async ([AsParameters] Query query, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(query, cancellationToken))
        .RequireRole(SupervisionSight.Roles);

    internal sealed class Handler(EngineDb db, SupervisionSight sight, Cursors cursors) : IRequestHandler<Query, Page<Reply>>
    {
        public async Task<Page<Reply>> Handle(Query request, CancellationToken cancellationToken)
        {
            var (size, status) = (Cursors.Size(request.Size), request.Status ?? ApologyDraftStatus.Draft);
            var scope = sight.Of(new(request.Office, null, null, null, null));
            var drafts = db.Set<ApologyDraftRow>().AsNoTracking().Where(draft => draft.Status == status);
            if (scope.Offices is { } offices)
            {
                drafts = drafts.Where(draft => offices.Contains(draft.OfficeId));
            }

            if (cursors.Read(List, request.Cursor, 2) is [var at, var id])
            {
                var (last, lastId) = (DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(at, CultureInfo.InvariantCulture)), Guid.Parse(id));
                drafts = drafts.Where(draft => draft.SendBy >= last && (draft.SendBy > last || draft.Id.CompareTo(lastId) > 0));
            }

            var rows = await (
                from draft in drafts
                join dossier in db.Dossiers.AsNoTracking().In(scope with { Offices = null }) on draft.DossierId equals dossier.Id
                orderby draft.SendBy, draft.Id
                select new Reply(
                    draft.Id, draft.DossierId, dossier.Code, dossier.ProcedureCode, dossier.Title, dossier.ApplicantName, draft.OfficeId, draft.DueAt, draft.ProposedDueAt,
                    draft.SendBy, draft.NeededMinutes, draft.LeftMinutes, draft.Status, draft.CauseCode, draft.Reason, draft.NewDueAt, draft.DecidedAt,
                    draft.CreatedAt, draft.Version)).Take(size + 1).ToListAsync(cancellationToken);
            return cursors.Page(rows, size, List, row => [row.SendBy.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), row.Id.ToString()]);
        }
    }
}
