namespace PublicService.Engine.Outbox;

/// <summary>What a channel gets to send.</summary>
/// <param name="Payload">JSON.</param>
/// <param name="IdempotencyKey">The same on every attempt.</param>
/// <param name="Attempt">From 1.</param>
public sealed record OutboxMessage(
    long Id, Guid? DossierId, string Kind, string Payload, string IdempotencyKey, DateTimeOffset CreatedAt, int Attempt);
