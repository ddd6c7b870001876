using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PublicService.Workflows.Running;

namespace PublicService.Engine.Storage;

/// <summary>One workflow instance. The columns beside <see cref="State"/> exist to be listed and filtered; the state is the truth of a running instance.</summary>
public sealed class InstanceRow
{
    public required string Id { get; init; }

    public Guid? DossierId { get; init; }

    public required string DefinitionId { get; init; }

    /// <summary>The version it runs on; a move to another version changes it.</summary>
    public required string DefinitionVersionId { get; set; }

    public string? ParentInstanceId { get; init; }

    public string? CorrelationId { get; set; }

    public string? Name { get; set; }

    public InstanceStatus Status { get; set; }

    public InstanceSubStatus SubStatus { get; set; }

    /// <summary>Incidents nobody has resolved yet.</summary>
    public int IncidentCount { get; set; }

    /// <summary>UTF-8 JSON of <see cref="InstanceState"/> written with <see cref="InstanceJson"/>; null once the instance is finished.</summary>
    public byte[]? State { get; set; }

    /// <summary>JSON object of the outputs of a finished instance.</summary>
    public string? Output { get; set; }

    /// <summary>Raised by one with each write; a write that saw an older number is refused as stale.</summary>
    public long Version { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }
}

internal sealed class InstanceRowConfiguration : IEntityTypeConfiguration<InstanceRow>
{
    public void Configure(EntityTypeBuilder<InstanceRow> builder)
    {
        // No index on a column that each click changes: it would be paid for with every write.
        builder.ToTable("instances");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.HasIndex(row => row.DossierId).HasFilter("dossier_id is not null");
        builder.HasIndex(row => row.ParentInstanceId).HasFilter("parent_instance_id is not null");
        builder.HasIndex(row => row.CorrelationId).HasFilter("correlation_id is not null");
        builder.HasIndex(row => new { row.DefinitionId, row.CreatedAt, row.Id });
        builder.HasIndex(row => new { row.CreatedAt, row.Id });
        builder.HasIndex(row => new { row.CreatedAt, row.Id }, "ix_instances_running").HasFilter("status = 'Running'");
    }
}
