using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PublicService.Dossiers;

namespace PublicService.Engine.Storage;

internal sealed class DossierConfiguration : IEntityTypeConfiguration<Dossier>
{
    public void Configure(EntityTypeBuilder<Dossier> builder)
    {
        builder.ToTable("dossiers");
        builder.HasKey(dossier => dossier.Id);
        builder.Property(dossier => dossier.Id).ValueGeneratedNever();
        builder.Property(dossier => dossier.Version).IsConcurrencyToken();
        // Lines of the ledger are rows of their own, written once and loaded only where a clock or a history is asked for.
        builder.Ignore(dossier => dossier.Ledger);
        builder.HasIndex(dossier => dossier.Code).IsUnique();
        builder.HasIndex(dossier => new { dossier.SubmittedAt, dossier.Id });
        builder.HasIndex(dossier => new { dossier.ReceivingOfficeId, dossier.SubmittedAt, dossier.Id });
        builder.HasIndex(dossier => new { dossier.CompetentOfficeId, dossier.SubmittedAt, dossier.Id });
        builder.HasIndex(dossier => dossier.ApplicantIdNumber).HasFilter("applicant_id_number is not null");
        // Whether a wording may still be corrected is asked of the dossiers that were handed in under it.
        builder.HasIndex(dossier => new { dossier.ProcedureCode, dossier.ProcedureValidFrom });
        builder.HasIndex(dossier => dossier.ParentId).HasFilter("parent_id is not null");
        builder.HasIndex(dossier => new { dossier.SupportOfficeId, dossier.SubmittedAt, dossier.Id }).HasFilter("support_office_id is not null");
        // Supervisors watch open dossiers; the index forgets those that are done (see DossierQueries.Open).
        // The columns behind the id let their board count without a look at the rows.
        builder.HasIndex(
                dossier => new
                {
                    dossier.CompetentOfficeId,
                    dossier.DueAt,
                    dossier.Id,
                    dossier.ProcedureCode,
                    dossier.ReceivingOfficeId,
                    dossier.SoonAt,
                    dossier.PausedFrom,
                    dossier.ReceivedAt,
                    dossier.BusinessStatus,
                },
                "ix_dossiers_open_due")
            .HasFilter("business_status in ('Registered', 'Received', 'InProgress', 'AwaitingSupplement', 'AwaitingPayment')");
        // What lies behind a number of the board: by day, with what the board filters by.
        builder.HasIndex(dossier => new { dossier.ReceivedAt, dossier.Id, dossier.CompetentOfficeId, dossier.ProcedureCode }, "ix_dossiers_received").HasFilter("received_at is not null");
        builder.HasIndex(dossier => new { dossier.FinishedAt, dossier.Id, dossier.CompetentOfficeId, dossier.ProcedureCode, dossier.FinishedBand }, "ix_dossiers_finished").HasFilter("finished_at is not null");
        builder.HasIndex(dossier => new { dossier.ReturnedAt, dossier.Id, dossier.CompetentOfficeId, dossier.ProcedureCode }, "ix_dossiers_returned").HasFilter("returned_at is not null");
    }
}

internal sealed class LedgerEntryConfiguration : IEntityTypeConfiguration<LedgerEntry>
{
    public void Configure(EntityTypeBuilder<LedgerEntry> builder)
    {
        builder.ToTable("ledger");
        builder.HasKey(entry => new { entry.DossierId, entry.Sequence });
        builder.Property(entry => entry.Sequence).ValueGeneratedNever();
    }
}
