using System.Security.Cryptography;
using MediatR;
using Microsoft.EntityFrameworkCore;
using PublicService.Activities.Wallet;
using PublicService.Engine.Storage;
using PublicService.Wallet.Credentials;
using PublicService.Wallet.Issuing;
using PublicService.Wallet.Jose;
using PublicService.Wallet.Keys;

namespace PublicService.Engine.Wallet.Protocol;

/// <summary>
/// The credential endpoint: signs the result for each key the wallet has proved. A result is signed before it is offered, so there is
/// nothing to wait for and the deferred endpoint knows no transaction.
/// </summary>
internal static class IssueCredential
{
    public sealed record Command(WalletGrantRow Grant, CredentialRequest Request, Changes Changes) : IRequest<ProtocolAnswer>;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/vci/credential", async (
            HttpRequest request, WalletIssuer issuer, WalletCaller caller, TimeProvider time, IMediator mediator, CancellationToken cancellationToken) =>
        {
            var changes = new Changes();
            var (row, grant) = await caller.OpenAsync(request, changes, cancellationToken);
            var read = CredentialRequest.Read(await WalletCaller.ReadAsync(request, cancellationToken), grant, issuer.Profile, time.GetUtcNow());
            return await mediator.Send(new Command(row, read, changes), cancellationToken);
        });
        routes.MapPost("/vci/deferred", async (HttpRequest request, WalletCaller caller, CancellationToken cancellationToken) =>
        {
            await caller.OpenAsync(request, new Changes(), cancellationToken);
            DeferredRequest.Read(await WalletCaller.ReadAsync(request, cancellationToken));
            throw DeferredRequest.Unknown();
        });
    }

    internal sealed class Handler(EngineDb db, WalletIssuer issuer, StatusLists lists, CommitLane lane, TimeProvider time) : IRequestHandler<Command, ProtocolAnswer>
    {
        private const int Attempts = 5;

        public async Task<ProtocolAnswer> Handle(Command request, CancellationToken cancellationToken)
        {
            var now = time.GetUtcNow();
            var used = request.Request.Nonces.Select(nonce => new WalletUsedRow { Hash = ServerSecrets.HashOf(nonce), Until = issuer.Secrets.CheckNonce(nonce, now) }).ToList();
            var delivery = await db.Set<DeliveryRow>().AsNoTracking().FirstAsync(row => row.Id == request.Grant.DeliveryId, cancellationToken);
            var result = await db.Results.AsNoTracking().FirstAsync(row => row.Id == delivery.ResultId, cancellationToken);
            var keys = request.Request.Keys;
            if (result.RevokedAt is not null || now >= delivery.Until || request.Grant.Issued + keys.Count > 2 * issuer.Profile.BatchSize)
            {
                throw Denied();
            }

            var type = issuer.Types[delivery.Type];
            var claims = issuer.ClaimsOf(type, result);
            var notification = ServerSecrets.Random();
            for (var attempt = 1; ; attempt++)
            {
                var rows = new List<WalletCredentialRow>();
                foreach (var key in keys)
                {
                    rows.Add(new()
                    {
                        Id = Guid.CreateVersion7(now),
                        DeliveryId = delivery.Id,
                        DossierId = delivery.DossierId,
                        Type = type.Id,
                        ListNumber = await lists.OpenListAsync(cancellationToken),
                        ListIndex = RandomNumberGenerator.GetInt32(StatusList.OwnSize),
                        KeyThumbprint = key.Thumbprint,
                        NotificationHash = ServerSecrets.HashOf(notification),
                        IssuedAt = now,
                        ExpiresAt = now.AddDays(type.Days),
                    });
                }

                try
                {
                    await lane.CommitAsync(ChangesOf(request, delivery, used, rows, now), cancellationToken);
                }
                catch (DuplicateException taken) when (taken.Constraint.Contains("list_index", StringComparison.Ordinal) && attempt < Attempts)
                {
                    // Another credential has this place in the list: draw again.
                    continue;
                }
                catch (DuplicateException)
                {
                    throw ServerSecrets.InvalidNonce();
                }
                catch (StaleException)
                {
                    throw Denied();
                }

                var signer = issuer.Keys.Current(KeyPurpose.Credential, now);
                return new ProtocolAnswer(CredentialAnswer.Issued(
                    rows.Zip(keys, (row, key) => new CredentialIssue(
                        issuer.Profile.Identifier,
                        type.AddressAt(issuer.Profile.Identifier),
                        claims,
                        key,
                        new StatusReference(issuer.Profile.StatusList(row.ListNumber), row.ListIndex),
                        now,
                        row.ExpiresAt).Sign(signer)),
                    notification));
            }
        }

        /// <summary>Nonces and tokens are used up, the delivery is done and the workflow told, all in the transaction that gives the credentials their place.</summary>
        private static Changes ChangesOf(Command request, DeliveryRow delivery, List<WalletUsedRow> used, List<WalletCredentialRow> rows, DateTimeOffset now)
        {
            var changes = new Changes().Append(request.Changes).InsertAll(used).InsertAll(rows)
                .Execute($"update wallet_grants set issued = issued + {rows.Count} where hash = {request.Grant.Hash} and issued = {request.Grant.Issued}", rows: 1);
            return delivery.State is DeliveryState.Ready
                ? changes
                    .Execute($"update wallet_deliveries set state = {DeliveryState.Issued}, issued_at = {now} where id = {delivery.Id} and state = {DeliveryState.Ready}", rows: 1)
                    .Insert(WalletEvents.Of(delivery, WalletEvent.Issued, now))
                : changes.Execute($"update wallet_deliveries set state = state where id = {delivery.Id} and state = {DeliveryState.Issued}", rows: 1);
        }

        private static ProtocolException Denied() => new("credential_request_denied", "the credential cannot be issued any more");
    }
}
