using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PublicService.Engine.Storage;

/// <summary>A question to another system. It outlives the wait, so that a late or repeated answer can be told what became of it.</summary>
public sealed class CallbackRow
{
    /// <summary>The key the system was told; also the id of the waiting bookmark.</summary>
    public required string Id { get; init; }

    public required string InstanceId { get; init; }

    public Guid? DossierId { get; init; }

    /// <summary>Name of the system that was asked; nobody else may answer.</summary>
    public required string System { get; init; }

    /// <summary>JSON array of the outcomes it may answer with.</summary>
    public required string Outcomes { get; init; }

    public DateTimeOffset AskedAt { get; init; }

    /// <summary>The answer's own mark at the system that gave it; the same mark is the same answer.</summary>
    public string? Reference { get; set; }

    public string? Outcome { get; set; }

    /// <summary>Null while nobody has answered, also when the step went on without an answer.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }
}

internal sealed class CallbackRowConfiguration : IEntityTypeConfiguration<CallbackRow>
{
    public void Configure(EntityTypeBuilder<CallbackRow> builder)
    {
        builder.ToTable("callbacks");
        builder.HasKey(row => row.Id);
    }
}
