using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PublicService.Engine.Storage;

/// <summary>What became of the money of a report.</summary>
public enum PaymentReportState
{
    /// <summary>It settled its order.</summary>
    Accepted,

    /// <summary>Its order was settled or closed already: the money has to go back.</summary>
    ToRefund,
}

/// <summary>Money a gateway says it has taken: kept also when nobody waited for it, so that it does not vanish.</summary>
public sealed class PaymentReportRow
{
    public required string Gateway { get; init; }

    /// <summary>The gateway's own number of the transaction.</summary>
    public required string Reference { get; init; }

    public required string OrderId { get; init; }

    public required Guid DossierId { get; init; }

    /// <summary>VND.</summary>
    public long Amount { get; init; }

    public required string Receipt { get; init; }

    public DateTimeOffset PaidAt { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }

    public PaymentReportState State { get; set; }
}

internal sealed class PaymentReportRowConfiguration : IEntityTypeConfiguration<PaymentReportRow>
{
    public void Configure(EntityTypeBuilder<PaymentReportRow> builder)
    {
        builder.ToTable("payment_reports");
        builder.HasKey(row => new { row.Gateway, row.Reference });
        builder.HasIndex(row => row.DossierId);
        builder.HasIndex(row => new { row.ReceivedAt, row.Reference }, "ix_payment_reports_refund").HasFilter("state = 'ToRefund'");
    }
}
