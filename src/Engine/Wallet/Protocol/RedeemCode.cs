using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Engine.Storage;
using PublicService.Wallet.Issuing;
using PublicService.Wallet.Jose;

namespace PublicService.Engine.Wallet.Protocol;

/// <summary>The token endpoint: a pre-authorized code and the transaction code become an access token, once.</summary>
internal static class RedeemCode
{
    public sealed record Command(TokenRequest Request, DpopProof? Proof) : IRequest<ProtocolAnswer>;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/vci/token", async (
        HttpRequest request, WalletCaller caller, IMediator mediator, CancellationToken cancellationToken) =>
    {
        var read = TokenRequest.Read(await WalletCaller.ReadFormAsync(request, cancellationToken));
        return await mediator.Send(new Command(read, caller.Proof(request, null)), cancellationToken);
    });

    internal sealed class Handler(EngineDb db, WalletIssuer issuer, WalletCaller caller, CommitLane lane, TimeProvider time) : IRequestHandler<Command, ProtocolAnswer>
    {
        public async Task<ProtocolAnswer> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow();
            var codeHash = ServerSecrets.HashOf(request.Request.Code);
            var row = await db.Set<WalletOfferRow>().AsNoTracking().FirstOrDefaultAsync(one => one.CodeHash == codeHash, cancellationToken);
            var decided = Redemption.Decide(row?.ToOffer(), request.Request, request.Proof?.KeyThumbprint, issuer.Secrets, now);
            var changes = new Changes();
            caller.Use(changes, request.Proof);
            if (decided.After is { } after)
            {
                changes.Execute(
                    $"update wallet_offers set state = {after.State}, wrong_codes = {after.WrongCodes} where key = {after.Key} and state = {row!.State} and wrong_codes = {row.WrongCodes}",
                    rows: 1);
            }

            if (decided.RevokesGrants)
            {
                changes.Execute($"delete from wallet_grants where offer_key = {row!.Key}");
            }

            if (decided.Grant is { } grant)
            {
                changes
                    .Execute($"update wallet_deliveries set state = state where id = {row!.DeliveryId} and state = {DeliveryState.Ready} and until > {now}", rows: 1)
                    .Insert(new WalletGrantRow
                    {
                        Hash = grant.Hash,
                        OfferKey = grant.OfferKey,
                        DeliveryId = row.DeliveryId,
                        ConfigurationId = grant.ConfigurationId,
                        KeyThumbprint = grant.KeyThumbprint,
                        ExpiresAt = grant.ExpiresAt,
                    });
            }

            await StoreAsync(changes, cancellationToken);
            return decided.Refusal is { } refusal ? throw refusal : new ProtocolAnswer(decided.Answer!);
        }

        private async Task StoreAsync(Changes changes, CancellationToken cancellationToken)
        {
            try
            {
                await lane.CommitAsync(changes, cancellationToken);
            }
            catch (StaleException)
            {
                // Somebody showed the same code at the same time, or the delivery was closed meanwhile.
                throw new ProtocolException("invalid_grant", "the code is not known, used or too old");
            }
            catch (DuplicateException)
            {
                throw DpopProof.Invalid(false);
            }
        }
    }
}
