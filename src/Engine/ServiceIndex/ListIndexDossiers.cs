using System.Globalization;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.ServiceIndex;

/// <summary>The dossiers behind an item of the index, newest first: those in its numerator, or those that miss it and would raise it.</summary>
public static class ListIndexDossiers
{
    private const string List = "service-index";

    /// <param name="Counted">True: in the numerator; false or left out: only in the denominator.</param>
    public sealed record Query(string Item, string? Office, IndexSpan? Period, DateOnly? Day, bool? Counted, string? Cursor, int? Size) : IRequest<Page<Reply>>;

    public sealed record Reply(
        Guid DossierId, string Code, string ProcedureCode, string OfficeId, Channel Channel, DateTimeOffset ReceivedAt, DateTimeOffset? DueAt, DateTimeOffset? FinishedAt);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/service-index/{item}/dossiers", async ([AsParameters] Query query, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(query, cancellationToken))
        .RequireRole(ReportSight.Roles);

    internal sealed class Handler(EngineDb db, IndexFigures figures, Cursors cursors, TimeProvider time) : IRequestHandler<Query, Page<Reply>>
    {
        public async Task<Page<Reply>> Handle(Query request, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow();
            var period = IndexPeriod.Of(request.Period ?? IndexSpan.Month, request.Day ?? VietnamTime.DateOf(now), now);
            var size = Cursors.Size(request.Size);
            var total = request.Cursor is null ? await Fitting(request, period).LongCountAsync(cancellationToken) : (long?)null;
            var rows = await After(Fitting(request, period), request.Cursor)
                .OrderByDescending(facts => facts.ReceivedAt).ThenByDescending(facts => facts.DossierId).Take(size + 1)
                .Join(db.Dossiers, facts => facts.DossierId, dossier => dossier.Id, (facts, dossier) => new { facts, dossier.Code })
                .OrderByDescending(row => row.facts.ReceivedAt).ThenByDescending(row => row.facts.DossierId)
                .Select(row => new Reply(
                    row.facts.DossierId, row.Code, row.facts.ProcedureCode, row.facts.OfficeId, row.facts.Channel,
                    row.facts.ReceivedAt!.Value, row.facts.DueAt, row.facts.FinishedAt))
                .ToListAsync(cancellationToken);
            return cursors.Page(
                rows, size, List, row => [row.ReceivedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), row.DossierId.ToString()], total);
        }

        /// <exception cref="ProblemException">404: no such item, or it does not count dossiers.</exception>
        private IQueryable<DossierFactsRow> Fitting(Query request, IndexPeriod period)
        {
            var offices = figures.Visible(request.Office);
            var condition = IndexCondition.Of(request.Item, period.At, figures.Returning(period)).FindOrRefuse("Hồ sơ của chỉ tiêu");
            var (start, end) = (period.Start, period.End);
            var rows = db.Set<DossierFactsRow>().AsNoTracking().Where(facts => facts.ReceivedAt < end);
            rows = condition.WholeHand
                ? rows.Where(facts => facts.FinishedAt == null || facts.FinishedAt >= start || facts.ReceivedAt >= start)
                : rows.Where(facts => facts.ReceivedAt >= start);
            if (offices is not null)
            {
                rows = rows.Where(facts => offices.Contains(facts.OfficeId));
            }

            return rows.Where(request.Counted == true ? condition.In : condition.Out);
        }

        private IQueryable<DossierFactsRow> After(IQueryable<DossierFactsRow> rows, string? cursor)
        {
            if (cursors.Read(List, cursor, 2) is not [var at, var id])
            {
                return rows;
            }

            var last = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(at, CultureInfo.InvariantCulture));
            var lastId = Guid.Parse(id);
            return rows.Where(facts => facts.ReceivedAt <= last && (facts.ReceivedAt < last || facts.DossierId.CompareTo(lastId) < 0));
        }
    }
}
