using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PublicService.Engine.Storage;

/// <summary>The answer given to a POST with an <c>Idempotency-Key</c>, stored with the click itself.</summary>
public sealed class IdempotencyRow
{
    public required string Key { get; init; }

    /// <summary>Keys of different people never meet.</summary>
    public required string ActorId { get; init; }

    /// <summary>SHA-256 over method, path, query and body, hexadecimal.</summary>
    public required string RequestHash { get; init; }

    public int StatusCode { get; init; }

    public byte[]? Body { get; init; }

    public string? ContentType { get; init; }

    public string? Location { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}

internal sealed class IdempotencyRowConfiguration : IEntityTypeConfiguration<IdempotencyRow>
{
    public void Configure(EntityTypeBuilder<IdempotencyRow> builder)
    {
        builder.ToTable("idempotency_keys");
        builder.HasKey(row => new { row.ActorId, row.Key });
        builder.HasIndex(row => row.CreatedAt);
    }
}
