using System.Text.Json.Nodes;
using PublicService.Dossiers;
using PublicService.Engine.Outbox;
using PublicService.Engine.Running;

namespace PublicService.Engine.Supervision;

/// <summary>
/// Writes the dossier's own breach into its ledger, right after it was told. A click of its own: the event must be out within a
/// second even when hundreds of promises break at once, and must not make an officer's open form stale before it has to.
/// </summary>
public sealed class BreachLedger(ClickRoom room) : IMessageChannel
{
    /// <summary>Outbox kind.</summary>
    public const string Kind = "deadline-breach";

    public async Task SendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var due = DateTimeOffset.FromUnixTimeMilliseconds(JsonNode.Parse(message.Payload)!["dueAt"]!.GetValue<long>());
        await room.ClickAsync(message.DossierId, message.DossierId.ToString()!, Act.System(DateTimeOffset.MinValue), click =>
        {
            click.Dossier!.NoteBreach(due, click.Act);
            return Task.CompletedTask;
        }, (_, _) => { }, cancellationToken);
    }
}
