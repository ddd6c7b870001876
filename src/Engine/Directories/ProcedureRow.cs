using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PublicService.Engine.Directories;

/// <summary>A procedure as published for a span of dates; what lists show and filter as columns, the rest as JSON.</summary>
public sealed class ProcedureRow
{
    public required string Code { get; init; }

    /// <summary>First day of this wording; a dossier keeps the one of its reception.</summary>
    public DateOnly ValidFrom { get; init; }

    public DateOnly? ValidTo { get; set; }

    public required string Name { get; set; }

    public required string Field { get; set; }

    public required string Level { get; set; }

    public required string OnlineLevel { get; set; }

    /// <summary>Folded name, code and field, see <see cref="SearchText"/>.</summary>
    public required string SearchText { get; set; }

    /// <summary>The workflow definition that carries it.</summary>
    public required string DefinitionId { get; set; }

    /// <summary>The procedure in the catalogue's own JSON.</summary>
    public required string Json { get; set; }

    /// <summary>JSON Schema of its electronic form.</summary>
    public string? FormSchema { get; set; }
}

internal sealed class ProcedureRowConfiguration : IEntityTypeConfiguration<ProcedureRow>
{
    public void Configure(EntityTypeBuilder<ProcedureRow> builder)
    {
        builder.ToTable("procedures");
        builder.HasKey(row => new { row.Code, row.ValidFrom });
        builder.HasIndex(row => new { row.Field, row.Code });
    }
}
