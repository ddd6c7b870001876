using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PublicService.Activities.Messages;
using PublicService.Activities.Wallet;
using PublicService.Engine.Access;
using PublicService.Engine.Outbox;
using PublicService.Engine.Running;
using PublicService.Engine.Storage;
using PublicService.Wallet.Issuing;

namespace PublicService.Engine.Wallet;

/// <summary>Takes what workflows ask for: a delivery, or that one is taken back. Sent twice it does the same.</summary>
public sealed class WalletDeliveries(WalletIssuer issuer, IDbContextFactory<EngineDb> contexts, CommitLane lane, TimeProvider time) : IMessageChannel
{
    /// <exception cref="InvalidOperationException">No such type, or no result of this dossier: somebody has to look at it.</exception>
    public async Task SendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var asked = (JsonObject)JsonNode.Parse(message.Payload)!;
        var id = asked["callback"]!.ToString();
        if (asked["withdraw"]?.GetValue<bool>() == true)
        {
            await lane.CommitAsync(WithdrawalOf(id), cancellationToken);
            return;
        }

        var type = issuer.Types.GetValueOrDefault(asked["credentialType"]?.ToString() ?? "")
            ?? throw new InvalidOperationException($"There is no credential type {asked["credentialType"]}.");
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var result = await db.Results.AsNoTracking().Where(row => row.DossierId == message.DossierId && row.RevokedAt == null).OrderBy(row => row.IssuedAt)
            .FirstOrDefaultAsync(cancellationToken) ?? throw new InvalidOperationException("The dossier has no electronic result to deliver.");
        _ = issuer.ClaimsOf(type, result);
        try
        {
            await lane.CommitAsync(
                new Changes().Insert(new DeliveryRow
                {
                    Id = id,
                    DossierId = message.DossierId!.Value,
                    Type = type.Id,
                    ResultId = result.Id,
                    Until = DateTimeOffset.Parse(asked["until"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture),
                    CreatedAt = time.GetUtcNow(),
                }),
                cancellationToken);
        }
        catch (DuplicateException)
        {
            // Sent before.
        }
    }

    /// <summary>Nobody may fetch it any more, whatever QR code or token he holds. What was issued stays.</summary>
    internal static Changes WithdrawalOf(string deliveryId) => WithoutOffers(new Changes(), deliveryId)
        .Execute($"update wallet_deliveries set state = {DeliveryState.Withdrawn} where id = {deliveryId} and state = {DeliveryState.Ready}");

    /// <summary>Ends all QR codes of a delivery and what was given for them.</summary>
    internal static Changes WithoutOffers(Changes changes, string deliveryId) => changes
        .Execute($"update wallet_offers set state = {OfferState.Withdrawn} where delivery_id = {deliveryId} and state = {OfferState.Open}")
        .Execute($"delete from wallet_grants where delivery_id = {deliveryId}");
}

/// <summary>Tells the waiting workflow what became of a delivery.</summary>
public sealed class WalletEvents(InstanceRuns runs) : IMessageChannel
{
    public const string Kind = "wallet-event";

    public Task SendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var told = (JsonObject)JsonNode.Parse(message.Payload)!;
        return runs.ResumeByKeyAsync(
            message.DossierId, DeliverToWallet.BookmarkName, told["callback"]!.ToString(), new JsonObject { ["event"] = told["event"]!.ToString() }, cancellationToken);
    }

    /// <summary>One event of a delivery; each happens once.</summary>
    internal static OutboxRow Of(DeliveryRow delivery, WalletEvent happened, DateTimeOffset at) => new()
    {
        DossierId = delivery.DossierId,
        Kind = Kind,
        Payload = new JsonObject { ["callback"] = delivery.Id, ["event"] = happened.ToString() }.ToJsonString(),
        IdempotencyKey = $"{delivery.Id}-{happened}",
        CreatedAt = at,
        NextAttemptAt = at,
    };
}

/// <summary>Sends a transaction code to the citizen. In the outbox it lies sealed: who reads the database cannot take the offer.</summary>
public sealed class WalletCodes(IServiceProvider services, SecretSeal seal, TimeProvider time) : IMessageChannel
{
    public const string Kind = "wallet-code";

    public Task SendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var content = (JsonObject)JsonNode.Parse(message.Payload)!;
        if (seal.TryOpen(content["code"]!.ToString()) is not { } code || message.CreatedAt + Offer.Life < time.GetUtcNow())
        {
            // Too late to be of use; the citizen asks for a new QR code.
            return Task.CompletedTask;
        }

        content["code"] = code;
        var channel = services.GetKeyedService<IMessageChannel>(Notification.Kind) ?? services.GetRequiredService<IMessageChannel>();
        return channel.SendAsync(message with { Kind = Notification.Kind, Payload = content.ToJsonString() }, cancellationToken);
    }
}
