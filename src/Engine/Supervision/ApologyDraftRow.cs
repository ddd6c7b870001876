using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PublicService.Engine.Supervision;

public enum ApologyDraftStatus
{
    /// <summary>Waits for the leader.</summary>
    Draft,

    /// <summary>Signed: the promise was moved.</summary>
    Accepted,
    Discarded,
}

/// <summary>
/// Data of a letter of apology (form 04) prepared while it may still be sent: a dossier whose remaining steps take longer than what is
/// left. One for each promise; the law lets it be accepted once (D11).
/// </summary>
public sealed class ApologyDraftRow
{
    public Guid Id { get; init; }

    public Guid DossierId { get; init; }

    /// <summary>The office that would sign.</summary>
    public required string OfficeId { get; init; }

    /// <summary>The promise at stake.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>Closing of the day by which the remaining steps can be done.</summary>
    public DateTimeOffset ProposedDueAt { get; init; }

    /// <summary>Latest instant at which the letter may be sent.</summary>
    public DateTimeOffset SendBy { get; init; }

    /// <summary>Working minutes the remaining steps take at least.</summary>
    public int NeededMinutes { get; init; }

    /// <summary>Working minutes that were left when it was made.</summary>
    public int LeftMinutes { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public ApologyDraftStatus Status { get; set; }

    /// <summary>Category of the reason, see <see cref="DelayCauseRow"/>; chosen by the leader.</summary>
    public string? CauseCode { get; set; }

    public string? Reason { get; set; }

    /// <summary>The date really promised.</summary>
    public DateTimeOffset? NewDueAt { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    public string? DecidedBy { get; set; }

    public long Version { get; set; }
}

internal sealed class ApologyDraftRowConfiguration : IEntityTypeConfiguration<ApologyDraftRow>
{
    public void Configure(EntityTypeBuilder<ApologyDraftRow> builder)
    {
        builder.ToTable("apology_drafts");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.HasIndex(row => new { row.DossierId, row.DueAt }).IsUnique();
        builder.HasIndex(row => new { row.Status, row.SendBy, row.Id });
    }
}
