using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PublicService.Activities.Fees;

namespace PublicService.Engine.Storage;

/// <summary>What a dossier was asked to pay, and what became of it.</summary>
public sealed class PaymentRow
{
    /// <summary>The order: what the gateway is told; also the id of the waiting bookmark.</summary>
    public required string Id { get; init; }

    public required Guid DossierId { get; init; }

    public required string InstanceId { get; init; }

    public required string Title { get; init; }

    /// <summary>VND.</summary>
    public long Amount { get; init; }

    public PaymentState State { get; set; }

    public DateTimeOffset AskedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; set; }

    public string? Receipt { get; set; }
}

internal sealed class PaymentRowConfiguration : IEntityTypeConfiguration<PaymentRow>
{
    public void Configure(EntityTypeBuilder<PaymentRow> builder)
    {
        builder.ToTable("payments");
        builder.HasKey(row => row.Id);
        builder.HasIndex(row => row.DossierId);
    }
}
