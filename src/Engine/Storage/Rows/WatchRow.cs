using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PublicService.Engine.Storage;

/// <summary>
/// The next instant at which somebody must be told of a dossier's promise: a warning, a breach, a later escalation. One row for each running
/// promise, written with the click that makes, moves, pauses or ends it. Whoever changes the row owns the telling. Steps carry the same in
/// their own rows (<see cref="TaskRow.WatchAt"/>).
/// </summary>
public sealed class WatchRow
{
    /// <summary>The first stop of a dossier: is a letter of apology needed while it may still be sent?</summary>
    public const int Forecast = -1;

    public const int Warning = 0;

    /// <summary>The promise is broken; higher levels are escalations.</summary>
    public const int Breach = 1;

    public Guid DossierId { get; init; }

    /// <summary>What is told at <see cref="NextAt"/>.</summary>
    public int Level { get; init; }

    public DateTimeOffset NextAt { get; init; }

    public DateTimeOffset WarnAt { get; init; }

    public DateTimeOffset DueAt { get; init; }
}

internal sealed class WatchRowConfiguration : IEntityTypeConfiguration<WatchRow>
{
    public void Configure(EntityTypeBuilder<WatchRow> builder)
    {
        builder.ToTable("watches");
        builder.HasKey(row => row.DossierId);
        builder.Property(row => row.DossierId).ValueGeneratedNever();
        builder.HasIndex(row => row.NextAt);
    }
}
