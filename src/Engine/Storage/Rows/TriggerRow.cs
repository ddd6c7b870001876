using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PublicService.Engine.Storage;

/// <summary>A stimulus that starts a new instance of a published definition.</summary>
public sealed class TriggerRow
{
    public required string DefinitionVersionId { get; init; }

    public required string ActivityId { get; init; }

    public required string Name { get; init; }

    /// <summary>What the stimulus is matched by within its kind; empty when the kind alone decides.</summary>
    public required string Key { get; init; }

    /// <summary>When a schedule starts the next instance; null for events, and for schedules that have no further instant.</summary>
    public DateTimeOffset? DueAt { get; set; }
}

internal sealed class TriggerRowConfiguration : IEntityTypeConfiguration<TriggerRow>
{
    public void Configure(EntityTypeBuilder<TriggerRow> builder)
    {
        builder.ToTable("triggers");
        builder.HasKey(row => new { row.DefinitionVersionId, row.ActivityId, row.Name, row.Key });
        builder.HasIndex(row => new { row.Name, row.Key });
        builder.HasIndex(row => row.DueAt).HasFilter("due_at is not null");
    }
}
