using System.Text.Json.Nodes;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Activities.Messages;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Printing;
using PublicService.Engine.Storage;
using PublicService.Wallet.Issuing;

namespace PublicService.Engine.Wallet;

/// <summary>
/// Shows a QR code with which a wallet fetches the result, and sends the transaction code another way. Any QR code shown before for the
/// same delivery is dead. Refuses with WALLET_DELIVERY_CLOSED and, for a citizen without a telephone number, WALLET_PHONE_MISSING.
/// </summary>
public static class OpenOffer
{
    /// <param name="ByOfficer">At the counter; then a code that cannot be sent is answered, to be handed over on paper.</param>
    public sealed record Command(Dossier Dossier, string DeliveryId, bool ByOfficer) : IRequest<Reply>;

    /// <param name="Link">For a wallet on the same device.</param>
    /// <param name="Picture">The link as QR code, SVG.</param>
    /// <param name="SentTo">Telephone number the code was sent to, all but its last digits hidden.</param>
    /// <param name="Code">Only when it could not be sent; print it, never show it beside the QR code.</param>
    public sealed record Reply(string Link, string Picture, DateTimeOffset ExpiresAt, string? SentTo, string? Code);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/dossiers/{id:guid}/wallet-deliveries/{deliveryId}/offers", async (
            Guid id, string deliveryId, DossierSight sight, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        {
            var dossier = await sight.FindAsync(id, cancellationToken);
            _ = sight.ActOn(dossier, null, Role.ResultOfficer, Role.Receptionist);
            response.Headers.CacheControl = "no-store";
            return await mediator.Send(new Command(dossier, deliveryId, true), cancellationToken);
        })
        .RequireRole(Role.ResultOfficer, Role.Receptionist);

    internal sealed class Handler(EngineDb db, WalletIssuer issuer, CommitLane lane, SecretSeal seal, TimeProvider time) : IRequestHandler<Command, Reply>
    {
        public async Task<Reply> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow();
            var delivery = await db.Set<DeliveryRow>().AsNoTracking().Where(row => row.Id == request.DeliveryId && row.DossierId == request.Dossier.Id)
                .FindOrRefuseAsync("Lần gửi vào ví", cancellationToken);
            var phone = request.Dossier.ApplicantPhone;
            if (phone is null && !request.ByOfficer)
            {
                throw new RefusedException("WALLET_PHONE_MISSING", "Hồ sơ chưa có số điện thoại để gửi mã; hãy đến Bộ phận Một cửa để nhận kết quả vào ví.");
            }

            var code = ServerSecrets.NewTransactionCode();
            var (offer, id) = Offer.New(issuer.Secrets, issuer.Types[delivery.Type].ConfigurationId, code, now);
            var changes = WalletDeliveries.WithoutOffers(new Changes(), delivery.Id)
                .Insert(WalletOfferRow.Of(offer, delivery.Id))
                .Execute($"update wallet_deliveries set state = {DeliveryState.Ready} where id = {delivery.Id} and state = {DeliveryState.Ready} and until > {now}", rows: 1);
            if (phone is not null)
            {
                changes.Insert(MessageWith(request.Dossier, code, offer.Key, now));
            }

            try
            {
                await lane.CommitAsync(changes, cancellationToken);
            }
            catch (StaleException)
            {
                throw new RefusedException("WALLET_DELIVERY_CLOSED", "Kết quả này đã được nhận vào ví, đã bị thu hồi hoặc hết thời gian nhận.");
            }

            var link = Offer.LinkAt(issuer.Profile, id);
            return new(link, TrackingCode.Draw(link), offer.ExpiresAt, phone is { Length: > 3 } ? new string('•', phone.Length - 3) + phone[^3..] : phone, phone is null ? code : null);
        }

        private OutboxRow MessageWith(Dossier dossier, string code, string key, DateTimeOffset now) => new()
        {
            DossierId = dossier.Id,
            Kind = WalletCodes.Kind,
            Payload = Notification.About(dossier, "MaNhanVaoVi", new JsonObject { ["code"] = seal.Seal(code) }).ToJsonString(),
            IdempotencyKey = $"wallet-code-{key}",
            CreatedAt = now,
            NextAttemptAt = now,
        };
    }
}
