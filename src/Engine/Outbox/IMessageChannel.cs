namespace PublicService.Engine.Outbox;

/// <summary>
/// A way out of the engine. It may be given the same message again (a crash between sending and noting it), always with the
/// same idempotency key. Register one per kind as a keyed service; the one without a key takes every other kind.
/// </summary>
public interface IMessageChannel
{
    /// <summary>Returns when the receiver has the message; any exception means "try again later".</summary>
    Task SendAsync(OutboxMessage message, CancellationToken cancellationToken);
}
