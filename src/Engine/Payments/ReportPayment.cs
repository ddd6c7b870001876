using System.Text.Json.Nodes;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Activities.Fees;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Payments;

/// <summary>
/// A payment gateway reports money it has taken, signed as Standard Webhooks 1.0. Money nobody waits for any more is kept for refund.
/// The same report again gets the same reply. Refuses with SYSTEM_UNKNOWN (401), GATEWAY_REQUIRED (403), NOT_FOUND (404),
/// PAYMENT_WRONG_AMOUNT, PAYMENT_ALREADY_PAID, PAYMENT_ORDER_CLOSED, PAYMENT_REFERENCE_REUSED (409).
/// </summary>
public static class ReportPayment
{
    /// <param name="Order">As the payment request named it.</param>
    /// <param name="Amount">VND.</param>
    /// <param name="Reference">The gateway's own number of the transaction.</param>
    public sealed record Body(string Order, long Amount, string Receipt, DateTimeOffset PaidAt, string Reference);

    public sealed record Command(ForeignSystem Gateway, Body Body) : IRequest<Reply>;

    public sealed record Reply(string Order, string Dossier, long Amount, string Receipt, string Reference, DateTimeOffset ReceivedAt);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/payments/reports", async (HttpRequest request, ForeignSystems systems, IMediator mediator, CancellationToken cancellationToken) =>
        {
            var (system, body) = await systems.ReadAsync<Body>(request, cancellationToken);
            return await mediator.Send(new Command(system, body), cancellationToken);
        })
        .Accepts<Body>("application/json")
        .AllowAnonymous();

    public sealed class Validator : IInputRules<Command>
    {
        public void Check(Command input, InputErrors errors) => errors
            .Text(input.Body.Order, "order", 100)
            .Text(input.Body.Receipt, "receipt", 100)
            .Text(input.Body.Reference, "reference", 200)
            .When(input.Body.Amount <= 0, "amount", "Phải lớn hơn 0.");
    }

    internal sealed class Handler(EngineDb db, InstanceRuns runs, CommitLane lane, TimeProvider time) : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            if (!request.Gateway.IsGateway)
            {
                throw Problems.GatewayRequired(request.Gateway.Name);
            }

            var known = await FindAsync(request, cancellationToken);
            if (known is null)
            {
                await TakeAsync(request, cancellationToken);
                known = await FindAsync(request, cancellationToken);
            }

            return await AnswerAsync(known!, request.Body, cancellationToken);
        }

        private Task<PaymentReportRow?> FindAsync(Command request, CancellationToken cancellationToken) => db.PaymentReports.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Gateway == request.Gateway.Id && row.Reference == request.Body.Reference, cancellationToken);

        /// <summary>Settles the order, or keeps the money for refund when somebody was faster.</summary>
        private async Task TakeAsync(Command request, CancellationToken cancellationToken)
        {
            var body = request.Body;
            var order = await db.Payments.AsNoTracking().Where(row => row.Id == body.Order).FindOrRefuseAsync("Khoản thu", cancellationToken);
            var isAwaited = order.State is PaymentState.Open && await db.Dossiers.AnyAsync(
                dossier => dossier.Id == order.DossierId && (dossier.BusinessStatus == BusinessStatus.Finished || db.Dossiers.Open().Contains(dossier)), cancellationToken);
            if (isAwaited && body.Amount != order.Amount)
            {
                throw new RefusedException("PAYMENT_WRONG_AMOUNT", $"Số tiền cổng thanh toán báo không đúng số phải nộp ({order.Amount} đồng).");
            }

            var input = new JsonObject { ["amount"] = body.Amount, ["receipt"] = body.Receipt, ["reference"] = body.Reference };
            if (isAwaited && await runs.AnswerAsync(
                order.DossierId,
                order.InstanceId,
                order.Id,
                input,
                request.Gateway.ToAct(),
                click => click.Changes.Insert(RowOf(request, order, PaymentReportState.Accepted, click.Act.At)),
                cancellationToken))
            {
                return;
            }

            if (await FindAsync(request, cancellationToken) is null)
            {
                await lane.CommitAsync(new Changes().Insert(RowOf(request, order, PaymentReportState.ToRefund, time.GetUtcNow())), cancellationToken);
            }
        }

        private static PaymentReportRow RowOf(Command request, PaymentRow order, PaymentReportState state, DateTimeOffset at) => new()
        {
            Gateway = request.Gateway.Id,
            Reference = request.Body.Reference,
            OrderId = order.Id,
            DossierId = order.DossierId,
            Amount = request.Body.Amount,
            Receipt = request.Body.Receipt,
            PaidAt = request.Body.PaidAt,
            ReceivedAt = at,
            State = state,
        };

        private async Task<Reply> AnswerAsync(PaymentReportRow known, Body body, CancellationToken cancellationToken)
        {
            if (known.OrderId != body.Order || known.Amount != body.Amount)
            {
                throw new RefusedException("PAYMENT_REFERENCE_REUSED", "Mã giao dịch này đã được báo cho một khoản thu khác.");
            }

            if (known.State is PaymentReportState.ToRefund)
            {
                throw await db.Payments.AnyAsync(row => row.Id == known.OrderId && row.State == PaymentState.Paid, cancellationToken)
                    ? new RefusedException("PAYMENT_ALREADY_PAID", "Khoản thu đã được nộp trước đó; số tiền này được ghi nhận để hoàn trả.")
                    : new RefusedException("PAYMENT_ORDER_CLOSED", "Khoản thu không còn chờ nộp; số tiền này được ghi nhận để hoàn trả.");
            }

            var code = await db.Dossiers.Where(dossier => dossier.Id == known.DossierId).Select(dossier => dossier.Code).FirstAsync(cancellationToken);
            return new(known.OrderId, code, known.Amount, known.Receipt, known.Reference, known.ReceivedAt);
        }
    }
}
