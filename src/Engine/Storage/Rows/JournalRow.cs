using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PublicService.Engine.Storage;

/// <summary>The journal of one run of an instance: all its lines in one row, so that a click costs one insert.</summary>
public sealed class JournalRow
{
    public required string InstanceId { get; init; }

    /// <summary>Number of the first line in <see cref="Entries"/>.</summary>
    public long FirstSequence { get; init; }

    public DateTimeOffset At { get; init; }

    public Guid? DossierId { get; init; }

    /// <summary>UTF-8 JSON array of <see cref="Workflows.Running.JournalEntry"/>.</summary>
    public required byte[] Entries { get; init; }

    /// <summary>UTF-8 JSON array of the <see cref="Workflows.Running.StepState"/> this run created or changed.</summary>
    public required byte[] Steps { get; init; }
}

internal sealed class JournalRowConfiguration : IEntityTypeConfiguration<JournalRow>
{
    public void Configure(EntityTypeBuilder<JournalRow> builder)
    {
        builder.ToTable("journal");
        builder.HasKey(row => new { row.InstanceId, row.FirstSequence });
    }
}
