using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PublicService.Engine.Storage;

/// <summary>
/// How many dossiers came and went on a day (date in Viet Nam): kept in the transaction of each click, so that a board over years reads
/// days instead of dossiers. Dossiers count at the office that decides now; what moves to another office moves its counts.
/// </summary>
public sealed class SupervisionDayRow
{
    public DateOnly Day { get; init; }

    /// <summary>Competent office.</summary>
    public required string OfficeId { get; init; }

    /// <summary>Where it was handed in; another office than the competent one is phi địa giới.</summary>
    public required string ReceivingOfficeId { get; init; }

    public required string ProcedureCode { get; init; }

    public int Received { get; init; }

    public int FinishedEarly { get; init; }

    public int FinishedOnTime { get; init; }

    public int FinishedLate { get; init; }

    /// <summary>Finished, of procedures without an appointment date.</summary>
    public int FinishedNoPromise { get; init; }

    public int Returned { get; init; }
}

/// <summary>How many steps an officer has done on a day.</summary>
public sealed class OfficerDayRow
{
    public DateOnly Day { get; init; }

    public required string OfficeId { get; init; }

    public required string OfficerId { get; init; }

    public required string ProcedureCode { get; init; }

    /// <summary>Within the limit of the step, or without one.</summary>
    public int DoneInTime { get; init; }

    public int DoneLate { get; init; }
}

internal sealed class SupervisionDayRowConfiguration : IEntityTypeConfiguration<SupervisionDayRow>
{
    public void Configure(EntityTypeBuilder<SupervisionDayRow> builder)
    {
        builder.ToTable("supervision_days");
        builder.HasKey(row => new { row.Day, row.OfficeId, row.ReceivingOfficeId, row.ProcedureCode });
    }
}

internal sealed class OfficerDayRowConfiguration : IEntityTypeConfiguration<OfficerDayRow>
{
    public void Configure(EntityTypeBuilder<OfficerDayRow> builder)
    {
        builder.ToTable("officer_days");
        builder.HasKey(row => new { row.Day, row.OfficeId, row.OfficerId, row.ProcedureCode });
    }
}
