using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PublicService.Engine.Storage;

/// <summary>
/// The next instant at which somebody must be told of a promise or of the limit of a step: a warning, a breach, a later escalation. One
/// row for each running promise, written with the click that makes, moves, pauses or ends it. Whoever changes the row owns the telling.
/// </summary>
public sealed class WatchRow
{
    /// <summary>The first stop of a dossier: is a letter of apology needed while it may still be sent?</summary>
    public const int Forecast = -1;

    public const int Warning = 0;

    /// <summary>The promise is broken; higher levels are escalations.</summary>
    public const int Breach = 1;

    /// <summary>Id of the task, or of the dossier for its own promise.</summary>
    public required string Id { get; init; }

    public Guid DossierId { get; init; }

    /// <summary>Null for the dossier's own promise.</summary>
    public string? TaskId { get; init; }

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
        builder.HasKey(row => row.Id);
        builder.HasIndex(row => row.NextAt);
    }
}
