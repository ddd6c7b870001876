using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PublicService.Dossiers;

namespace PublicService.Engine.Directories;

/// <summary>An office as stored. Units merge and split: a row gets an end date, it is never renamed in place.</summary>
public sealed class OfficeRow
{
    public required string Id { get; init; }

    public required string AgencyCode { get; set; }

    public required string Name { get; set; }

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

    public Office ToOffice() => new(Id, AgencyCode, Name, Kind, Level, ParentId, ValidFrom, ValidTo, CalendarId);
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
