using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PublicService.Engine.Storage;

/// <summary>The electronic result of a dossier (NĐ 118/2025 Điều 22 khoản 1).</summary>
public sealed class ResultRow
{
    public required Guid Id { get; init; }

    public required Guid DossierId { get; init; }

    /// <summary>National code of the kind of result, e.g. KQ.G15.000031.</summary>
    public required string Code { get; init; }

    public required string Name { get; init; }

    /// <summary>Số, ký hiệu.</summary>
    public string? Number { get; init; }

    /// <summary>JSON object with what the result says.</summary>
    public required string Data { get; init; }

    public DateTimeOffset IssuedAt { get; init; }

    public required string IssuedBy { get; init; }

    public required string OfficeId { get; init; }

    /// <summary>Set when the decision was taken back.</summary>
    public DateTimeOffset? RevokedAt { get; set; }
}

internal sealed class ResultRowConfiguration : IEntityTypeConfiguration<ResultRow>
{
    public void Configure(EntityTypeBuilder<ResultRow> builder)
    {
        builder.ToTable("results");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => row.DossierId);
    }
}
