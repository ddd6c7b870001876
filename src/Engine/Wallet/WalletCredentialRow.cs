using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PublicService.Wallet.Credentials;

namespace PublicService.Engine.Wallet;

/// <summary>A credential that was issued. Its content is not kept: it is the result's. The status lists are made from these rows.</summary>
public sealed class WalletCredentialRow
{
    public required Guid Id { get; init; }

    public required string DeliveryId { get; init; }

    public required Guid DossierId { get; init; }

    /// <summary>Id of the credential type.</summary>
    public required string Type { get; init; }

    public int ListNumber { get; init; }

    /// <summary>Random in the list, never used twice.</summary>
    public int ListIndex { get; init; }

    public CredentialStatus Status { get; set; }

    public DateTimeOffset? StatusChangedAt { get; set; }

    public string? StatusChangedBy { get; set; }

    public string? StatusReason { get; set; }

    /// <summary>Thumbprint of the key it is bound to.</summary>
    public required string KeyThumbprint { get; init; }

    /// <summary>Hash of the notification id the wallet got with it.</summary>
    public required string NotificationHash { get; init; }

    public DateTimeOffset IssuedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }
}

internal sealed class WalletCredentialRowConfiguration : IEntityTypeConfiguration<WalletCredentialRow>
{
    public void Configure(EntityTypeBuilder<WalletCredentialRow> builder)
    {
        builder.ToTable("wallet_credentials");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => new { row.ListNumber, row.ListIndex }).IsUnique();
        builder.HasIndex(row => row.DeliveryId);
        builder.HasIndex(row => row.DossierId);
        builder.HasIndex(row => new { row.ListNumber, row.StatusChangedAt }, "ix_wallet_credentials_changed").HasFilter("status_changed_at is not null");
        builder.HasIndex(row => row.NotificationHash);
    }
}
