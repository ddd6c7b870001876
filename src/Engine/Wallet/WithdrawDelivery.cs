using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Activities.Wallet;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Wallet;

/// <summary>Takes an invitation to the wallet back before it was followed; the workflow goes on. Refuses with WALLET_DELIVERY_CLOSED.</summary>
public static class WithdrawDelivery
{
    public sealed record Command(Guid DossierId, string DeliveryId) : IRequest;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/dossiers/{id:guid}/wallet-deliveries/{deliveryId}/withdrawals", async (
            Guid id, string deliveryId, DossierSight sight, IMediator mediator, CancellationToken cancellationToken) =>
        {
            var dossier = await sight.FindAsync(id, cancellationToken);
            _ = sight.ActOn(dossier, null, Role.ResultOfficer, Role.Receptionist, Role.Supervisor);
            await mediator.Send(new Command(dossier.Id, deliveryId), cancellationToken);
            return TypedResults.NoContent();
        })
        .RequireRole(Role.ResultOfficer, Role.Receptionist, Role.Supervisor);

    internal sealed class Handler(EngineDb db, CommitLane lane, TimeProvider time) : IRequestHandler<Command>
    {
        public async Task<Unit> Handle(Command request, CancellationToken cancellationToken)
        {
            var delivery = await db.Set<DeliveryRow>().AsNoTracking().Where(row => row.Id == request.DeliveryId && row.DossierId == request.DossierId)
                .FindOrRefuseAsync("Lần gửi vào ví", cancellationToken);
            var changes = WalletDeliveries.WithoutOffers(new Changes(), delivery.Id)
                .Execute($"update wallet_deliveries set state = {DeliveryState.Withdrawn} where id = {delivery.Id} and state = {DeliveryState.Ready}", rows: 1)
                .Insert(WalletEvents.Of(delivery, WalletEvent.Withdrawn, time.GetUtcNow()));
            try
            {
                await lane.CommitAsync(changes, cancellationToken);
            }
            catch (Exception late) when (late is StaleException or DuplicateException)
            {
                throw new RefusedException("WALLET_DELIVERY_CLOSED", "Kết quả này đã được nhận vào ví hoặc đã bị thu hồi.");
            }

            return Unit.Value;
        }
    }
}
