using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PublicService.Wallet.Issuing;

namespace PublicService.Engine.Wallet;

/// <summary>A QR code somebody is looking at; only hashes and check values of its secrets.</summary>
public sealed class WalletOfferRow
{
    /// <summary>Hash of the id in its address.</summary>
    public required string Key { get; init; }

    public required string DeliveryId { get; init; }

    public required string ConfigurationId { get; init; }

    public required string CodeHash { get; init; }

    public string? TransactionCodeMac { get; init; }

    public int WrongCodes { get; set; }

    public OfferState State { get; set; }

    public DateTimeOffset ExpiresAt { get; init; }

    public Offer ToOffer() => new(Key, ConfigurationId, CodeHash, TransactionCodeMac, WrongCodes, State, ExpiresAt);

    public static WalletOfferRow Of(Offer offer, string deliveryId) => new()
    {
        Key = offer.Key,
        DeliveryId = deliveryId,
        ConfigurationId = offer.ConfigurationId,
        CodeHash = offer.CodeHash,
        TransactionCodeMac = offer.TransactionCodeMac,
        WrongCodes = offer.WrongCodes,
        State = offer.State,
        ExpiresAt = offer.ExpiresAt,
    };
}

/// <summary>An access token, by its hash.</summary>
public sealed class WalletGrantRow
{
    public required string Hash { get; init; }

    public required string OfferKey { get; init; }

    public required string DeliveryId { get; init; }

    public required string ConfigurationId { get; init; }

    /// <summary>Key it is bound to; null for a bearer token.</summary>
    public string? KeyThumbprint { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Credentials issued with it: a lost answer may be asked for again, but not for ever.</summary>
    public int Issued { get; set; }

    public AccessGrant ToGrant() => new(Hash, OfferKey, ConfigurationId, KeyThumbprint, ExpiresAt);
}

/// <summary>A nonce or a proof that was used and must not be used again.</summary>
public sealed class WalletUsedRow
{
    public required string Hash { get; init; }

    /// <summary>After this its time alone refuses it.</summary>
    public DateTimeOffset Until { get; init; }
}

internal sealed class WalletOfferRowConfiguration : IEntityTypeConfiguration<WalletOfferRow>
{
    public void Configure(EntityTypeBuilder<WalletOfferRow> builder)
    {
        builder.ToTable("wallet_offers");
        builder.HasKey(row => row.Key);
        builder.HasIndex(row => row.CodeHash).IsUnique();
        builder.HasIndex(row => row.DeliveryId);
    }
}

internal sealed class WalletGrantRowConfiguration : IEntityTypeConfiguration<WalletGrantRow>
{
    public void Configure(EntityTypeBuilder<WalletGrantRow> builder)
    {
        builder.ToTable("wallet_grants");
        builder.HasKey(row => row.Hash);
        builder.HasIndex(row => row.DeliveryId);
    }
}

internal sealed class WalletUsedRowConfiguration : IEntityTypeConfiguration<WalletUsedRow>
{
    public void Configure(EntityTypeBuilder<WalletUsedRow> builder)
    {
        builder.ToTable("wallet_used");
        builder.HasKey(row => row.Hash);
        builder.HasIndex(row => row.Until);
    }
}
