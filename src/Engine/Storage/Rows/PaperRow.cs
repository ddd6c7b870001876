using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PublicService.Engine.Storage;

/// <summary>A paper or result of a dossier. The content lies in the file store under its <see cref="Sha256"/>.</summary>
public sealed class PaperRow
{
    public required Guid Id { get; init; }

    public required Guid DossierId { get; init; }

    /// <summary>What the paper is, in the words of the procedure.</summary>
    public required string Name { get; init; }

    public required string Kind { get; init; }

    public required string FileName { get; init; }

    public required string MediaType { get; init; }

    /// <summary>Bytes.</summary>
    public long Size { get; init; }

    /// <summary>Hexadecimal, lower case.</summary>
    public required string Sha256 { get; init; }

    public string? Note { get; set; }

    public DateTimeOffset UploadedAt { get; init; }

    public required string UploadedBy { get; init; }

    /// <summary>Set when it was taken out of the dossier; the row and the content stay.</summary>
    public DateTimeOffset? RemovedAt { get; set; }
}

internal sealed class PaperRowConfiguration : IEntityTypeConfiguration<PaperRow>
{
    public void Configure(EntityTypeBuilder<PaperRow> builder)
    {
        builder.ToTable("papers");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => new { row.DossierId, row.UploadedAt });
        builder.HasIndex(row => row.Sha256);
    }
}
