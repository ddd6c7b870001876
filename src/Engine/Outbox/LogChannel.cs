namespace PublicService.Engine.Outbox;

/// <summary>Writes a line into the log instead of sending. Payloads hold personal data and are left out.</summary>
public sealed class LogChannel(ILogger<LogChannel> log) : IMessageChannel
{
    public Task SendAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        log.LogInformation(
            "Message {Key} of kind {Kind} for dossier {Dossier}, {Length} characters.",
            message.IdempotencyKey, message.Kind, message.DossierId, message.Payload.Length);
        return Task.CompletedTask;
    }
}
