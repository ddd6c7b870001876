using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PublicService.Engine.Directories;

/// <summary>One version of a calendar; never changed after it was written. Who, when and why is part of the row.</summary>
public sealed class CalendarRow
{
    /// <summary>The office that keeps these hours; the root office's calendar is everybody's default.</summary>
    public required string CalendarId { get; init; }

    public int Version { get; init; }

    public DateOnly ValidFrom { get; init; }

    /// <summary><c>CalendarData</c> as JSON.</summary>
    public required string Json { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    public string? Note { get; init; }
}

internal sealed class CalendarRowConfiguration : IEntityTypeConfiguration<CalendarRow>
{
    public void Configure(EntityTypeBuilder<CalendarRow> builder)
    {
        builder.ToTable("calendars");
        builder.HasKey(row => new { row.CalendarId, row.Version });
        builder.Property(row => row.Version).ValueGeneratedNever();
    }
}
