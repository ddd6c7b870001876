namespace PublicService.Engine.Jobs;

/// <summary>A bookmark whose instant has come. It may be gone by the time it is handled; whoever deletes the row owns the resumption.</summary>
public sealed record DueTimer(string BookmarkId, string InstanceId, Guid? DossierId, string ActivityId, DateTimeOffset DueAt);
