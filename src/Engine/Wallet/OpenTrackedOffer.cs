using MediatR;
using Microsoft.AspNetCore.Mvc;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Wallet;

/// <summary>The same as at the counter, for the citizen with the receipt; the code goes to the telephone of the dossier and nowhere else. Refuses as OpenOffer does.</summary>
public static class OpenTrackedOffer
{
    public sealed record Body(string? Secret = null);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/tracking/{code}/wallet-deliveries/{deliveryId}/offers", async (
            string code,
            string deliveryId,
            [FromHeader(Name = ListTrackedDeliveries.SecretHeader)] string? secret,
            Body body,
            EngineDb db,
            HttpResponse response,
            IMediator mediator,
            CancellationToken cancellationToken) =>
        {
            var dossier = await ListTrackedDeliveries.FindAsync(db, code, secret ?? body.Secret, cancellationToken);
            response.Headers.CacheControl = "no-store";
            return await mediator.Send(new OpenOffer.Command(dossier, deliveryId, false), cancellationToken);
        })
        .RequireRateLimiting(WalletRegistration.RateLimit)
        .AllowAnonymous();
}
