using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PublicService.Engine.Tasks;

/// <summary>How far a bulk reassignment has come.</summary>
public enum ReassignmentState
{
    Running = 1,
    Done = 2,
    Undoing = 3,
    Undone = 4,
}

/// <summary>The work of one officer given to others, task by task. The version lets no chunk be stored twice.</summary>
public sealed class ReassignmentRow
{
    public required string Id { get; init; }

    public required string FromPersonId { get; init; }

    public required string Reason { get; init; }

    public ReassignmentState State { get; set; }

    public int Total { get; init; }

    public int Moved { get; set; }

    /// <summary>Were completed, taken or changed by somebody in between.</summary>
    public int Skipped { get; set; }

    public int Restored { get; set; }

    /// <summary>Not restored, because somebody has touched them since.</summary>
    public int Kept { get; set; }

    /// <summary>The last item that was worked off, forwards or backwards.</summary>
    public int Cursor { get; set; }

    public required string CreatedBy { get; init; }

    public required string CreatedByName { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; set; }

    public DateTimeOffset? UndoneAt { get; set; }

    public string? UndoneBy { get; set; }

    public string? UndoneByName { get; set; }

    public long Version { get; set; }
}

/// <summary>What became of one task.</summary>
public enum ReassignedState
{
    Pending = 1,
    Moved = 2,
    Skipped = 3,
    Restored = 4,
    Kept = 5,
}

/// <summary>One task of a bulk reassignment.</summary>
public sealed class ReassignmentItemRow
{
    public required string ReassignmentId { get; init; }

    /// <summary>From 1.</summary>
    public int Sequence { get; init; }

    public required string TaskId { get; init; }

    public required string OfficeId { get; init; }

    /// <summary>Null gives it back to everybody with the role.</summary>
    public string? ToPersonId { get; init; }

    public ReassignedState State { get; set; }

    /// <summary>Version of the task after it was moved: untouched since, when it is still the same.</summary>
    public long TaskVersion { get; set; }
}

internal sealed class ReassignmentConfiguration : IEntityTypeConfiguration<ReassignmentRow>, IEntityTypeConfiguration<ReassignmentItemRow>
{
    public void Configure(EntityTypeBuilder<ReassignmentRow> builder)
    {
        builder.ToTable("reassignments");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.HasIndex(row => row.CreatedAt, "ix_reassignments_running").HasFilter("state in ('Running', 'Undoing')");
    }

    public void Configure(EntityTypeBuilder<ReassignmentItemRow> builder)
    {
        builder.ToTable("reassignment_items");
        builder.HasKey(row => new { row.ReassignmentId, row.Sequence });
        builder.Property(row => row.Sequence).ValueGeneratedNever();
    }
}
