using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PublicService.Engine.Supervision;

/// <summary>Why things get late: a closed list, so that delays can be added up. Pauses of the law (D7) are no causes: their time does not count.</summary>
public sealed class DelayCauseRow
{
    public required string Code { get; init; }

    public required string Name { get; init; }

    /// <summary>A note must say more.</summary>
    public bool NoteRequired { get; init; }

    public int SortOrder { get; init; }

    /// <summary>Where the cause was read of; null when it is ours.</summary>
    public string? Source { get; init; }
}

/// <summary>Why a step or a dossier is late, as an officer or a leader recorded it. Only ever added to.</summary>
public sealed class DelayReasonRow
{
    public Guid Id { get; init; }

    public Guid DossierId { get; init; }

    /// <summary>The step that was late; null for the dossier as a whole.</summary>
    public string? TaskId { get; init; }

    public required string CauseCode { get; init; }

    /// <summary>The office at fault; another one than the recorder's for a delay in coordination.</summary>
    public required string OfficeId { get; init; }

    public required string ProcedureCode { get; init; }

    /// <summary>Working minutes late when it was recorded.</summary>
    public int LateMinutes { get; init; }

    public string? Note { get; init; }

    public DateTimeOffset At { get; init; }

    public required string RecordedBy { get; init; }
}

internal sealed class DelayCauseRowConfiguration : IEntityTypeConfiguration<DelayCauseRow>
{
    public void Configure(EntityTypeBuilder<DelayCauseRow> builder)
    {
        builder.ToTable("delay_causes");
        builder.HasKey(row => row.Code);
    }
}

internal sealed class DelayReasonRowConfiguration : IEntityTypeConfiguration<DelayReasonRow>
{
    public void Configure(EntityTypeBuilder<DelayReasonRow> builder)
    {
        builder.ToTable("delay_reasons");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => row.DossierId);
        builder.HasIndex(row => new { row.At, row.Id });
    }
}
