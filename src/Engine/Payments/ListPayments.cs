using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Activities.Fees;
using PublicService.Engine.Access;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Payments;

/// <summary>What a dossier was asked to pay, what became of it, and the reports of gateways; in the order they were asked for.</summary>
public static class ListPayments
{
    public sealed record Query(Guid DossierId) : IRequest<IReadOnlyList<Reply>>;

    public sealed record Reply(
        string Order, string Title, long Amount, PaymentState State, DateTimeOffset AskedAt, DateTimeOffset? ClosedAt, string? Receipt, IReadOnlyList<Report> Reports);

    public sealed record Report(string Gateway, string Reference, long Amount, string Receipt, DateTimeOffset PaidAt, DateTimeOffset ReceivedAt, PaymentReportState State);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/dossiers/{id:guid}/payments", async (Guid id, IMediator mediator, CancellationToken cancellationToken) =>
            await mediator.Send(new Query(id), cancellationToken))
        .RequireSignIn();

    internal sealed class Handler(EngineDb db, DossierSight sight) : IRequestHandler<Query, IReadOnlyList<Reply>>
    {
        public async Task<IReadOnlyList<Reply>> Handle(Query request, CancellationToken cancellationToken)
        {
            var dossier = await sight.FindAsync(request.DossierId, cancellationToken);
            var orders = await db.Payments.AsNoTracking().Where(row => row.DossierId == dossier.Id)
                .OrderBy(row => row.AskedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken);
            var reports = (await db.PaymentReports.AsNoTracking().Where(row => row.DossierId == dossier.Id)
                .OrderBy(row => row.ReceivedAt).ThenBy(row => row.Reference).ToListAsync(cancellationToken)).ToLookup(row => row.OrderId);
            return [.. orders.Select(order => new Reply(
                order.Id, order.Title, order.Amount, order.State, order.AskedAt, order.ClosedAt, order.Receipt, [.. reports[order.Id].Select(ReportOf)]))];
        }

        private static Report ReportOf(PaymentReportRow row) => new(row.Gateway, row.Reference, row.Amount, row.Receipt, row.PaidAt, row.ReceivedAt, row.State);
    }
}
