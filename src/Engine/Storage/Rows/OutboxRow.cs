using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PublicService.Engine.Storage;

/// <summary>A message for the outside world, stored with the click that caused it and sent after the commit.</summary>
public sealed class OutboxRow
{
    /// <summary>Given by the database; messages of one kind about one dossier are sent in this order.</summary>
    public long Id { get; init; }

    public Guid? DossierId { get; init; }

    /// <summary>Channel, e.g. <c>notification</c>, <c>national-portal</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>JSON.</summary>
    public required string Payload { get; init; }

    /// <summary>The same on every attempt: the receiver can drop what it has seen already.</summary>
    public required string IdempotencyKey { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public int Attempts { get; set; }

    /// <summary>Not sent before; a node that is sending it moves this forward as a lease.</summary>
    public DateTimeOffset NextAttemptAt { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    /// <summary>Set when all attempts failed: a person has to look at it and may replay it.</summary>
    public DateTimeOffset? DeadAt { get; set; }

    /// <summary>Why the last attempt failed.</summary>
    public string? Error { get; set; }
}

internal sealed class OutboxRowConfiguration : IEntityTypeConfiguration<OutboxRow>
{
    public void Configure(EntityTypeBuilder<OutboxRow> builder)
    {
        builder.ToTable("outbox");
        builder.HasKey(row => row.Id);
        builder.HasIndex(row => row.IdempotencyKey).IsUnique();
        builder.HasIndex(row => new { row.DossierId, row.Id });
        builder.HasIndex(row => new { row.Id, row.NextAttemptAt }, "ix_outbox_pending").HasFilter("sent_at is null and dead_at is null");
        builder.HasIndex(row => row.DeadAt, "ix_outbox_dead").HasFilter("dead_at is not null");
    }
}
