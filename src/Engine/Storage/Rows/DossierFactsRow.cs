using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PublicService.Dossiers;

namespace PublicService.Engine.Storage;

/// <summary>
/// What counts of a dossier outside it: the readings of the index of QĐ 766, made from the ledger in the transaction of each click, and
/// what the national portal has been told. Narrow on purpose: a month of a province is read in one go.
/// </summary>
public sealed class DossierFactsRow
{
    public required Guid DossierId { get; init; }

    public required string ProcedureCode { get; init; }

    /// <summary>The office that decides now.</summary>
    public required string OfficeId { get; set; }

    public Channel Channel { get; init; }

    public DateTimeOffset SubmittedAt { get; init; }

    public DateTimeOffset? ReceivedAt { get; set; }

    /// <summary>Finish of D9: status 9, else 10, else stopped or withdrawn; only of received dossiers.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>The promise as the index clock counts it, null without appointment.</summary>
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>What the index takes for the finish: also an open supplement request (D8).</summary>
    public DateTimeOffset? IndexEndAt { get; set; }

    /// <summary>From then on the index counts the dossier as overdue, whatever the dates say (D8).</summary>
    public DateTimeOffset? SecondSupplementAt { get; set; }

    /// <summary>Working minutes of the index clock until the finish.</summary>
    public int? UsedMinutes { get; set; }

    /// <summary>Papers with a file.</summary>
    public int Papers { get; set; }

    /// <summary>Electronic results with a national code.</summary>
    public int Results { get; set; }

    /// <summary>What was charged and not cancelled, waived or refunded, VND.</summary>
    public long Fee { get; set; }

    /// <summary>A payment was reported by the payment gateway.</summary>
    public bool PaidOnline { get; set; }

    /// <summary>The population database confirmed who the person is.</summary>
    public bool IdentityVerified { get; set; }

    /// <summary>The citizen was not satisfied.</summary>
    public bool Disliked { get; set; }

    /// <summary>Ledger line up to which the portal must be told; 0 when no message was ever made.</summary>
    public int PortalTold { get; set; }

    /// <summary>Ledger line up to which the portal has accepted everything.</summary>
    public int PortalKnown { get; set; }

    public DateTimeOffset? PortalKnownAt { get; set; }

    /// <summary>Status code the portal accepted last; null when it never heard of the dossier.</summary>
    public int? PortalStatus { get; set; }

    /// <summary>The portal accepted a state with a date of reception.</summary>
    public bool PortalReceived { get; set; }

    /// <summary>Fee in the state the portal accepted last, VND.</summary>
    public long PortalFee { get; set; }

    /// <summary>Results with a link in the state the portal accepted last.</summary>
    public int PortalResults { get; set; }

    /// <summary>Ledger line whose message was refused or held back; it counts while it is after <see cref="PortalKnown"/>.</summary>
    public int PortalRefused { get; set; }

    public DateTimeOffset? PortalRefusedAt { get; set; }

    /// <summary>Held back by us, not sent.</summary>
    public bool PortalHeld { get; set; }

    /// <summary>Why, in Vietnamese.</summary>
    public string? PortalReason { get; set; }
}

internal sealed class DossierFactsConfiguration : IEntityTypeConfiguration<DossierFactsRow>
{
    public void Configure(EntityTypeBuilder<DossierFactsRow> builder)
    {
        builder.ToTable("dossier_facts");
        builder.HasKey(row => row.DossierId);
        builder.Property(row => row.DossierId).ValueGeneratedNever();
        builder.HasIndex(row => new { row.ReceivedAt, row.DossierId });
        builder.HasIndex(row => new { row.SubmittedAt, row.DossierId });
        // Dossiers in hand at the beginning of a period: finished later, or not at all.
        builder.HasIndex(row => row.FinishedAt).HasFilter("finished_at is not null");
        builder.HasIndex(row => row.ReceivedAt, "ix_dossier_facts_unfinished").HasFilter("finished_at is null and received_at is not null");
    }
}
