using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PublicService.Dossiers;

namespace PublicService.Engine.Directories;

/// <summary>An office as stored. Units merge and split: a row gets an end date; names it had before are <see cref="OfficeNameRow"/>.</summary>
public sealed class OfficeRow
{
    public required string Id { get; init; }

    public required string AgencyCode { get; set; }

    public required string Name { get; set; }

    /// <summary>Code of the administrative unit (QĐ 19/2025/QĐ-TTg) by which tables of reorganisation name it; null for offices that are none.</summary>
    public string? AreaCode { get; set; }

    public OfficeKind Kind { get; set; }

    public OfficeLevel Level { get; set; }

    public string? ParentId { get; set; }

    public DateOnly ValidFrom { get; set; }

    public DateOnly? ValidTo { get; set; }

    public required string CalendarId { get; set; }

    /// <summary>Name of its one-stop desk (Bộ phận một cửa), printed on form 01.</summary>
    public string? OneStop { get; set; }

    /// <summary>Folded name and code, see <see cref="SearchText"/>.</summary>
    public required string SearchText { get; set; }

    /// <summary>JSON: which of these facts were found in a source, as the seed data say.</summary>
    public string? Verified { get; set; }

    public Office ToOffice(IReadOnlyList<OfficeSuccessor>? successors = null) =>
        new(Id, AgencyCode, Name, Kind, Level, ParentId, ValidFrom, ValidTo, CalendarId, successors);
}

internal sealed class OfficeRowConfiguration : IEntityTypeConfiguration<OfficeRow>
{
    public void Configure(EntityTypeBuilder<OfficeRow> builder)
    {
        builder.ToTable("offices");
        builder.HasKey(row => row.Id);
        builder.HasIndex(row => row.ParentId);
    }
}
