using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PublicService.Engine.Storage;

/// <summary>A place where an instance waits for an event, a task or an instant. Whoever deletes the row owns the resumption.</summary>
public sealed class BookmarkRow
{
    public required string Id { get; init; }

    public required string InstanceId { get; init; }

    public Guid? DossierId { get; init; }

    /// <summary>Kind of stimulus, e.g. <c>Elsa.Event</c>.</summary>
    public required string Name { get; init; }

    public string? Key { get; init; }

    /// <summary>Instant at which the timer sweep resumes it; null for anything that is not a timer.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public required string ActivityId { get; init; }

    /// <summary>How often a due timer could not be resumed.</summary>
    public int Attempts { get; set; }

    /// <summary>A due timer is left alone until then: another node has it, or the last attempt failed.</summary>
    public DateTimeOffset? TryAfter { get; set; }
}

internal sealed class BookmarkRowConfiguration : IEntityTypeConfiguration<BookmarkRow>
{
    public void Configure(EntityTypeBuilder<BookmarkRow> builder)
    {
        builder.ToTable("bookmarks");
        builder.HasKey(row => row.Id);
        builder.HasIndex(row => new { row.Name, row.Key });
        builder.HasIndex(row => row.InstanceId);
        builder.HasIndex(row => row.DueAt).HasFilter("due_at is not null");
    }
}
