using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PublicService.Engine.Observability;

/// <summary>The row that the readiness check writes, to know that the database can be written.</summary>
public sealed class HeartbeatRow
{
    public required string Name { get; init; }

    public DateTimeOffset At { get; set; }
}

internal sealed class HeartbeatRowConfiguration : IEntityTypeConfiguration<HeartbeatRow>
{
    public void Configure(EntityTypeBuilder<HeartbeatRow> builder)
    {
        builder.ToTable("heartbeats");
        builder.HasKey(row => row.Name);
    }
}
