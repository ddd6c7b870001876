using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PublicService.Engine.Directories;

/// <summary>What was done to a wording of a procedure.</summary>
public enum ProcedureChangeKind
{
    Added,
    Corrected,
    Ended,
}

/// <summary>A line in the history of the catalogue: who did what to which wording, when and why. Only ever added to.</summary>
public sealed class ProcedureChangeRow
{
    public Guid Id { get; init; }

    public required string Code { get; init; }

    /// <summary>First day of the wording it is about.</summary>
    public DateOnly ValidFrom { get; init; }

    public ProcedureChangeKind Kind { get; init; }

    public DateTimeOffset At { get; init; }

    public required string PersonId { get; init; }

    public required string PersonName { get; init; }

    public required string Reason { get; init; }

    /// <summary>JSON list of field, before and after.</summary>
    public required string Differences { get; init; }
}

internal sealed class ProcedureChangeRowConfiguration : IEntityTypeConfiguration<ProcedureChangeRow>
{
    public void Configure(EntityTypeBuilder<ProcedureChangeRow> builder)
    {
        builder.ToTable("procedure_changes");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => new { row.Code, row.Id });
    }
}
