using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PublicService.Engine.Supervision;

/// <summary>Whom a deadline is told to, by how late it is. Data, changed by the business administrator.</summary>
public sealed class EscalationLevelRow
{
    /// <summary>0 is the warning, 1 the breach, from 2 on the escalations.</summary>
    public int Level { get; init; }

    /// <summary>Working minutes after the promise; 0 for the warning, whose instant follows from the calendar, and for the breach.</summary>
    public int AfterMinutes { get; init; }

    /// <summary>Role at the office; null is whoever has the step.</summary>
    public string? Role { get; init; }
}

internal sealed class EscalationLevelRowConfiguration : IEntityTypeConfiguration<EscalationLevelRow>
{
    public void Configure(EntityTypeBuilder<EscalationLevelRow> builder)
    {
        builder.ToTable("escalation_levels");
        builder.HasKey(row => row.Level);
        builder.Property(row => row.Level).ValueGeneratedNever();
    }
}
