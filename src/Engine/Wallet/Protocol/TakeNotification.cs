using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Activities.Wallet;
using PublicService.Engine.Storage;
using PublicService.Wallet.Issuing;

namespace PublicService.Engine.Wallet.Protocol;

/// <summary>A wallet says what became of a credential. Said twice or late it changes nothing.</summary>
internal static class TakeNotification
{
    public sealed record Command(string DeliveryId, NotificationRequest Notification) : IRequest;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/vci/notification", async (
        HttpRequest request, WalletCaller caller, CommitLane lane, IMediator mediator, CancellationToken cancellationToken) =>
    {
        var changes = new Changes();
        var (row, _) = await caller.OpenAsync(request, changes, cancellationToken);
        var read = NotificationRequest.Read(await WalletCaller.ReadAsync(request, cancellationToken));
        try
        {
            await lane.CommitAsync(changes, cancellationToken);
        }
        catch (DuplicateException)
        {
            throw DpopProof.Invalid(true);
        }

        await mediator.Send(new Command(row.DeliveryId, read), cancellationToken);
        return TypedResults.NoContent();
    });

    internal sealed class Handler(EngineDb db, CommitLane lane, TimeProvider time) : IRequestHandler<Command>
    {
        public async Task<Unit> Handle(Command request, CancellationToken cancellationToken)
        {
            var hash = ServerSecrets.HashOf(request.Notification.Id);
            if (!await db.Set<WalletCredentialRow>().AnyAsync(row => row.NotificationHash == hash && row.DeliveryId == request.DeliveryId, cancellationToken))
            {
                throw NotificationRequest.Unknown();
            }

            var delivery = await db.Set<DeliveryRow>().AsNoTracking().FirstAsync(row => row.Id == request.DeliveryId, cancellationToken);
            var (state, happened) = request.Notification.Event is NotificationEvent.Accepted
                ? (DeliveryState.Accepted, WalletEvent.Accepted)
                : (DeliveryState.Refused, WalletEvent.Refused);
            if (delivery.State is DeliveryState.Issued)
            {
                try
                {
                    await lane.CommitAsync(
                        new Changes()
                            .Execute($"update wallet_deliveries set state = {state} where id = {delivery.Id} and state = {DeliveryState.Issued}", rows: 1)
                            .Insert(WalletEvents.Of(delivery, happened, time.GetUtcNow())),
                        cancellationToken);
                }
                catch (Exception late) when (late is StaleException or DuplicateException)
                {
                    // Another notification was faster.
                }
            }

            return Unit.Value;
        }
    }
}
