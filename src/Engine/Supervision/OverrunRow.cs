using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PublicService.Engine.Supervision;

/// <summary>How much of the overrun of a dossier that finished late an office caused, from the ledger. Worked out once, right after the finish.</summary>
public sealed class OverrunRow
{
    public Guid DossierId { get; init; }

    public required string OfficeId { get; init; }

    public required string ProcedureCode { get; init; }

    public DateTimeOffset FinishedAt { get; init; }

    /// <summary>Working minutes the office held the dossier while the clock ran.</summary>
    public int HeldMinutes { get; init; }

    /// <summary>Of those, minutes after the promise.</summary>
    public int OverrunMinutes { get; init; }
}

internal sealed class OverrunRowConfiguration : IEntityTypeConfiguration<OverrunRow>
{
    public void Configure(EntityTypeBuilder<OverrunRow> builder)
    {
        builder.ToTable("overruns");
        builder.HasKey(row => new { row.DossierId, row.OfficeId });
        builder.HasIndex(row => row.FinishedAt);
    }
}
