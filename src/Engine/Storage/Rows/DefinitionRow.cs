using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PublicService.Engine.Storage;

/// <summary>One version of a workflow definition in Elsa's JSON. A published version never changes.</summary>
public sealed class DefinitionRow
{
    /// <summary>Id of this version.</summary>
    public required string Id { get; init; }

    /// <summary>The same for all versions of one definition.</summary>
    public required string DefinitionId { get; init; }

    public int Version { get; init; }

    public string? Name { get; set; }

    public bool IsLatest { get; set; }

    public bool IsPublished { get; set; }

    public required string Json { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    /// <summary>Why this version was made.</summary>
    public string? Note { get; set; }

    /// <summary>Who changed a draft last.</summary>
    public string? UpdatedBy { get; set; }

    public DateTimeOffset? UpdatedAt { get; set; }

    /// <summary>Publishing is an act of its own: who, when and why.</summary>
    public string? PublishedBy { get; set; }

    public DateTimeOffset? PublishedAt { get; set; }

    public string? PublishNote { get; set; }

    /// <summary>Folded id, name and description, see <see cref="Directories.SearchText"/>.</summary>
    public string? SearchText { get; set; }

    /// <summary>SHA-256 in hexadecimal of what was stored: another content, another hash. A save names the one it has seen.</summary>
    public required string Hash { get; set; }
}

internal sealed class DefinitionRowConfiguration : IEntityTypeConfiguration<DefinitionRow>
{
    public void Configure(EntityTypeBuilder<DefinitionRow> builder)
    {
        builder.ToTable("definitions");
        builder.HasKey(row => row.Id);
        builder.HasIndex(row => new { row.DefinitionId, row.Version }).IsUnique();
        builder.HasIndex(row => new { row.DefinitionId }, "ix_definitions_latest").HasFilter("is_latest");
        builder.HasIndex(row => new { row.DefinitionId }, "ix_definitions_published").HasFilter("is_published");
    }
}
