using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PublicService.Dossiers;

namespace PublicService.Engine.Storage;

/// <summary>A piece of work somebody has to do before an instance goes on: an officer's task, or a task of another system (RunTask).</summary>
public sealed class TaskRow
{
    /// <summary>Stands in <see cref="SortAt"/> for "no due time", so that both databases sort such tasks last.</summary>
    public static readonly DateTimeOffset Never = new(9999, 12, 31, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The id of the bookmark it completes.</summary>
    public required string Id { get; init; }

    public required string InstanceId { get; init; }

    public Guid? DossierId { get; init; }

    public required string Kind { get; init; }

    public required string Title { get; set; }

    public string? Role { get; set; }

    public string? OfficeId { get; set; }

    public string? AssigneeId { get; set; }

    public TaskState State { get; set; }

    /// <summary>JSON array of the outcomes it can be completed with.</summary>
    public required string Outcomes { get; init; }

    public string? Form { get; init; }

    public string? Payload { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DueAt { get; set; }

    /// <summary>From when on the limit is near (<see cref="PublicService.Dossiers.StepClock"/>).</summary>
    public DateTimeOffset? SoonAt { get; set; }

    /// <summary>When somebody must next be told of the limit; null when nobody need be (any more). Steps come and go too often for a <see cref="WatchRow"/> each.</summary>
    public DateTimeOffset? WatchAt { get; set; }

    /// <summary>What is told then, as in <see cref="WatchRow.Level"/>.</summary>
    public int WatchLevel { get; set; }

    /// <summary>What lists are sorted by: the due time, or <see cref="Never"/>.</summary>
    public DateTimeOffset SortAt
    {
        get => DueAt ?? Never;
        private set => _ = value;
    }

    /// <summary>The formal act it is, a right of its own; null for ordinary work.</summary>
    public FormalActs? FormalAct { get; init; }

    /// <summary>Working minutes the step is given: what the task weighs in an officer's load. Null when it has no limit.</summary>
    public int? WorkMinutes { get; init; }

    /// <summary>JSON: why it was given to whom, when the engine did it by itself.</summary>
    public string? Assignment { get; set; }

    public DateTimeOffset? ClaimedAt { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }

    public string? CompletedBy { get; set; }

    public string? Outcome { get; set; }

    public long Version { get; set; }
}

internal sealed class TaskRowConfiguration : IEntityTypeConfiguration<TaskRow>
{
    public void Configure(EntityTypeBuilder<TaskRow> builder)
    {
        builder.ToTable("tasks");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Version).IsConcurrencyToken();
        // Added to a table that has rows already.
        builder.Property(row => row.WatchLevel).HasDefaultValue(0);
        // Lists show open tasks only; partial indexes keep their cost independent of everything ever completed.
        builder.HasIndex(row => new { row.AssigneeId, row.SortAt, row.Id }, "ix_tasks_assignee")
            .HasFilter("state = 'Open' and assignee_id is not null");
        // The last two let the supervisors' board count without a look at the rows.
        builder.HasIndex(row => new { row.OfficeId, row.Role, row.SortAt, row.Id, row.AssigneeId, row.SoonAt, row.State }, "ix_tasks_office")
            .HasFilter("state = 'Open'");
        builder.HasIndex(row => new { row.OfficeId, row.Role, row.SortAt, row.Id }, "ix_tasks_unassigned")
            .HasFilter("state = 'Open' and assignee_id is null");
        builder.HasIndex(row => new { row.CompletedAt, row.Id, row.OfficeId, row.CompletedBy }, "ix_tasks_done").HasFilter("state = 'Completed'");
        builder.HasIndex(row => row.WatchAt, "ix_tasks_watch").HasFilter("watch_at is not null");
        builder.HasIndex(row => row.InstanceId);
        builder.HasIndex(row => row.DossierId).HasFilter("dossier_id is not null");
    }
}
