using System.Globalization;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Payments;

/// <summary>Money that gateways have taken and nobody waited for: it has to go back. Oldest first.</summary>
public static class ListRefunds
{
    private const string List = "refunds";

    public sealed record Query(string? Cursor, int? Size) : IRequest<Page<Reply>>;

    public sealed record Reply(Guid DossierId, string Dossier, string Order, string Gateway, string Reference, long Amount, string Receipt, DateTimeOffset PaidAt, DateTimeOffset ReceivedAt);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/payments/refunds", async ([AsParameters] Query query, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(query, cancellationToken))
        .RequireRole(Role.FeeCollector, Role.OfficeLeader, Role.Supervisor);

    internal sealed class Handler(EngineDb db, DossierSight sight, Cursors cursors) : IRequestHandler<Query, Page<Reply>>
    {
        public async Task<Page<Reply>> Handle(Query request, CancellationToken cancellationToken)
        {
            var refunds =
                from report in db.PaymentReports.AsNoTracking().Where(row => row.State == PaymentReportState.ToRefund)
                join dossier in db.Dossiers.AsNoTracking() on report.DossierId equals dossier.Id
                select new { report, dossier };
            if (sight.Offices() is { } own)
            {
                refunds = refunds.Where(row => own.Contains(row.dossier.ReceivingOfficeId) || own.Contains(row.dossier.CompetentOfficeId));
            }

            if (cursors.Read(List, request.Cursor, 2) is [var at, var reference])
            {
                var after = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(at, CultureInfo.InvariantCulture));
#pragma warning disable CA1309, CA1310 // The comparison is translated to SQL; overloads with a StringComparison are not.
                refunds = refunds.Where(row => row.report.ReceivedAt > after || (row.report.ReceivedAt == after && string.Compare(row.report.Reference, reference) > 0));
#pragma warning restore CA1309, CA1310
            }

            var size = Cursors.Size(request.Size);
            var rows = await refunds.OrderBy(row => row.report.ReceivedAt).ThenBy(row => row.report.Reference).Take(size + 1)
                .Select(row => new Reply(
                    row.dossier.Id, row.dossier.Code, row.report.OrderId, row.report.Gateway, row.report.Reference, row.report.Amount, row.report.Receipt, row.report.PaidAt, row.report.ReceivedAt))
                .ToListAsync(cancellationToken);
            return cursors.Page(rows, size, List, row => [row.ReceivedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), row.Reference]);
        }
    }
}
