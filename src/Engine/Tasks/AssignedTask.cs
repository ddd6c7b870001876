namespace PublicService.Engine.Tasks;

/// <summary>Whose a task is now.</summary>
/// <param name="Version">What its entity tag will be.</param>
public sealed record AssignedTask(string Id, string? AssigneeId, DateTimeOffset? ClaimedAt, long Version);
