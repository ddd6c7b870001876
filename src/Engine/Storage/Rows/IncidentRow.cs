using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PublicService.Engine.Storage;

/// <summary>A click or timer that was rolled back because a step failed; somebody has to retry, skip or move back.</summary>
public sealed class IncidentRow
{
    public required Guid Id { get; init; }

    public required string InstanceId { get; init; }

    public Guid? DossierId { get; init; }

    public string? StepId { get; init; }

    public string? ActivityId { get; init; }

    public required string Message { get; init; }

    /// <summary>Finds the log lines of the request that failed.</summary>
    public string? CorrelationId { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>Set when somebody with the right let the step be skipped: it is left by this outcome when its turn comes.</summary>
    public string? SkipOutcome { get; set; }

    public DateTimeOffset? ResolvedAt { get; set; }
}

internal sealed class IncidentRowConfiguration : IEntityTypeConfiguration<IncidentRow>
{
    public void Configure(EntityTypeBuilder<IncidentRow> builder)
    {
        builder.ToTable("incidents");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => row.InstanceId);
        builder.HasIndex(row => row.DossierId).HasFilter("dossier_id is not null");
        builder.HasIndex(row => new { row.At, row.Id }, "ix_incidents_open").HasFilter("resolved_at is null");
    }
}
