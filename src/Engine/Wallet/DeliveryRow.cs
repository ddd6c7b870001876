using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PublicService.Engine.Wallet;

/// <summary>Where a delivery stands.</summary>
public enum DeliveryState
{
    /// <summary>May be fetched: a new QR code any time until the end.</summary>
    Ready,
    Issued,
    Accepted,
    Refused,
    Withdrawn,
}

/// <summary>One result on its way into a wallet: what a workflow asked for.</summary>
public sealed class DeliveryRow
{
    /// <summary>The key the workflow waits with.</summary>
    public required string Id { get; init; }

    public required Guid DossierId { get; init; }

    /// <summary>Id of the credential type.</summary>
    public required string Type { get; init; }

    /// <summary>The issued result whose content the claims are.</summary>
    public required Guid ResultId { get; init; }

    public DeliveryState State { get; set; }

    /// <summary>After this nobody may fetch it.</summary>
    public DateTimeOffset Until { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? IssuedAt { get; set; }
}

internal sealed class DeliveryRowConfiguration : IEntityTypeConfiguration<DeliveryRow>
{
    public void Configure(EntityTypeBuilder<DeliveryRow> builder)
    {
        builder.ToTable("wallet_deliveries");
        builder.HasKey(row => row.Id);
        builder.HasIndex(row => row.DossierId);
    }
}
