using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PublicService.Engine.Procedures;

/// <summary>A file of procedures somebody uploaded. Nothing of it is in the catalogue before a reviewer has accepted it.</summary>
public sealed class ProcedureImportRow
{
    public Guid Id { get; init; }

    public required string FileName { get; init; }

    public ImportFormat Format { get; init; }

    public required string Sha256 { get; init; }

    public int RowCount { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    public required string CreatedByName { get; init; }
}

/// <summary>How a row looks: the worst of its findings.</summary>
public enum ImportRowState
{
    Clean,
    Warning,
    Refused,
}

/// <summary>A row against the catalogue.</summary>
public enum ImportComparison
{
    New,
    Changed,
    Unchanged,
}

/// <summary>What the reviewer said of a row.</summary>
public enum ImportDecision
{
    Pending,
    Accepted,
    Rejected,
    Applied,
}

/// <summary>One procedure of an import, as delivered, as edited, and what was decided of it by whom.</summary>
public sealed class ProcedureImportLine
{
    public Guid ImportId { get; init; }

    /// <summary>From 1, in the order of the file.</summary>
    public int Number { get; init; }

    public string? Code { get; set; }

    public string? Name { get; set; }

    public ImportRowState State { get; set; }

    public ImportComparison Comparison { get; set; }

    /// <summary>JSON list of <see cref="EntryFinding"/>.</summary>
    public required string Findings { get; set; }

    /// <summary>Their codes between bars, for filtering: <c>|LIMIT_UNIT_MISSING|CHANGED|</c>.</summary>
    public required string FindingCodes { get; set; }

    public ImportDecision Decision { get; set; }

    /// <summary>The reviewer has seen the values in a source.</summary>
    public bool Verified { get; set; }

    public DateOnly? ValidFrom { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    public string? DecidedBy { get; set; }

    public string? DecidedByName { get; set; }

    public string? Reason { get; set; }

    public DateTimeOffset? EditedAt { get; set; }

    public string? EditedByName { get; set; }

    public string? EditReason { get; set; }

    public DateTimeOffset? AppliedAt { get; set; }

    /// <summary>Code and sentence of the rule that kept an accepted row out of the catalogue at the last attempt.</summary>
    public string? Refusal { get; set; }

    /// <summary>In the catalogue's JSON, dirty as delivered until somebody edits it.</summary>
    public required string Entry { get; set; }

    /// <summary>As it stood in the file.</summary>
    public required string Raw { get; init; }

    public long Version { get; set; }
}

internal sealed class ProcedureImportRowConfiguration : IEntityTypeConfiguration<ProcedureImportRow>
{
    public void Configure(EntityTypeBuilder<ProcedureImportRow> builder)
    {
        builder.ToTable("procedure_imports");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => row.Sha256).IsUnique();
    }
}

internal sealed class ProcedureImportLineConfiguration : IEntityTypeConfiguration<ProcedureImportLine>
{
    public void Configure(EntityTypeBuilder<ProcedureImportLine> builder)
    {
        builder.ToTable("procedure_import_rows");
        builder.HasKey(row => new { row.ImportId, row.Number });
        builder.Property(row => row.Number).ValueGeneratedNever();
        builder.Property(row => row.Version).IsConcurrencyToken();
    }
}
