using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PublicService.Engine.Supervision;

/// <summary>What a supervisor is told.</summary>
public enum DeadlineEventKind
{
    Warned,
    Breached,
    Escalated,
}

/// <summary>A warning, a breach or an escalation, once for each promise and level. Only ever added to; ids grow in the order of the commits.</summary>
public sealed class DeadlineEventRow
{
    /// <summary>Given by the database.</summary>
    public long Id { get; init; }

    public DeadlineEventKind Kind { get; init; }

    /// <summary>0 warning, 1 breach, from 2 on the levels of the escalation.</summary>
    public int Level { get; init; }

    /// <summary>Id of the task, or of the dossier for its own promise.</summary>
    public required string SubjectId { get; init; }

    public Guid DossierId { get; init; }

    public string? TaskId { get; init; }

    /// <summary>Whose time it is: the office of the step, or the one that decides.</summary>
    public required string OfficeId { get; init; }

    /// <summary>Who had the step; null when nobody had claimed it.</summary>
    public string? OfficerId { get; init; }

    public required string ProcedureCode { get; init; }

    /// <summary>Name of the step; null for the dossier's own promise.</summary>
    public string? Step { get; init; }

    /// <summary>When it was told.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The promise it is about; one that moved may be told of again.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>The role that was told, at <see cref="ToldOfficeId"/>.</summary>
    public required string ToldRole { get; init; }

    public required string ToldOfficeId { get; init; }
}

internal sealed class DeadlineEventRowConfiguration : IEntityTypeConfiguration<DeadlineEventRow>
{
    public void Configure(EntityTypeBuilder<DeadlineEventRow> builder)
    {
        builder.ToTable("deadline_events");
        builder.HasKey(row => row.Id);
        builder.HasIndex(row => new { row.SubjectId, row.DueAt, row.Level }).IsUnique();
        builder.HasIndex(row => row.DossierId);
    }
}
