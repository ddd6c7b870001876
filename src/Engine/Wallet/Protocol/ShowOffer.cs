using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Http;
using PublicService.Engine.Storage;
using PublicService.Wallet.Issuing;

namespace PublicService.Engine.Wallet.Protocol;

/// <summary>The offer behind a QR code; gone once it was redeemed, withdrawn, replaced or too old.</summary>
internal static class ShowOffer
{
    private const string Hint = "Mã gồm 6 chữ số đã gửi qua tin nhắn hoặc in trên phiếu";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/vci/offers/{id}", async (
        string id, EngineDb db, WalletIssuer issuer, TimeProvider time, CancellationToken cancellationToken) =>
    {
        var key = ServerSecrets.HashOf(id);
        var row = await db.Set<WalletOfferRow>().AsNoTracking().FirstOrDefaultAsync(one => one.Key == key, cancellationToken);
        return row?.ToOffer() is { } offer && offer.IsOpen(time.GetUtcNow())
            ? new ProtocolAnswer(offer.ToJson(issuer.Profile, issuer.Secrets, id, Hint))
            : throw Problems.NotFound("Lời mời nhận vào ví");
    });
}
