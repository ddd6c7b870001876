using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;

namespace PublicService.Engine.Wallet;

/// <summary>What of a dossier goes or went into a wallet, for the citizen with the receipt.</summary>
public static class ListTrackedDeliveries
{
    /// <summary>Header with the secret of the receipt, as where a dossier is tracked.</summary>
    internal const string SecretHeader = "X-Tracking-Secret";

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/tracking/{code}/wallet-deliveries", async (
            string code, [FromHeader(Name = SecretHeader)] string? secret, EngineDb db, HttpResponse response, IMediator mediator, CancellationToken cancellationToken) =>
        {
            response.Headers.CacheControl = "private, no-store";
            return await mediator.Send(new ListDeliveries.Query((await FindAsync(db, code, secret, cancellationToken)).Id, false), cancellationToken);
        })
        .RequireRateLimiting(WalletRegistration.RateLimit)
        .AllowAnonymous();

    /// <summary>The dossier of a receipt.</summary>
    /// <exception cref="ProblemException">404 TRACKING_NOT_FOUND: the same for a wrong code and a wrong secret.</exception>
    internal static async Task<Dossier> FindAsync(EngineDb db, string code, string? secret, CancellationToken cancellationToken)
    {
        var dossier = code.Length <= 64 ? await db.Dossiers.AsNoTracking().FirstOrDefaultAsync(one => one.Code == code, cancellationToken) : null;
        return TrackingSecret.Fits(dossier?.TrackingSecretHash, secret)
            ? dossier!
            : throw new ProblemException(StatusCodes.Status404NotFound, "TRACKING_NOT_FOUND", "Mã hồ sơ hoặc mã tra cứu không đúng.");
    }
}
