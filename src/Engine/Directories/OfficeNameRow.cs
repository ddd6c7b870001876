using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PublicService.Engine.Directories;

/// <summary>A name an office has had from a day on; an office that was never renamed has none. History is shown under the name of its time.</summary>
public sealed class OfficeNameRow
{
    public required string OfficeId { get; init; }

    public DateOnly ValidFrom { get; init; }

    public required string Name { get; init; }

    public string? OneStop { get; init; }

    /// <summary>The decision behind it.</summary>
    public string? Reason { get; init; }

    public required string ChangedBy { get; init; }

    public DateTimeOffset ChangedAt { get; init; }
}

/// <summary>Who took the work of an ended office over, and by which plan.</summary>
public sealed class OfficeSuccessorRow
{
    public required string OfficeId { get; init; }

    public required string SuccessorId { get; init; }

    public required string ReorganisationId { get; init; }

    public DateOnly EffectiveOn { get; init; }
}

internal sealed class OfficeHistoryConfiguration : IEntityTypeConfiguration<OfficeNameRow>, IEntityTypeConfiguration<OfficeSuccessorRow>
{
    public void Configure(EntityTypeBuilder<OfficeNameRow> builder)
    {
        builder.ToTable("office_names");
        builder.HasKey(row => new { row.OfficeId, row.ValidFrom });
    }

    public void Configure(EntityTypeBuilder<OfficeSuccessorRow> builder)
    {
        builder.ToTable("office_successors");
        builder.HasKey(row => new { row.OfficeId, row.SuccessorId });
    }
}
