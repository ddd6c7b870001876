using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PublicService.Engine.Directories;

/// <summary>Who gets a new task of a role at an office.</summary>
public enum AssignmentMode
{
    /// <summary>Nobody by itself: officers take tasks from the common list, or a leader gives them out.</summary>
    Manual = 0,

    /// <summary>The present officer with the least work.</summary>
    LeastLoaded = 1,

    /// <summary>The present officers in turn.</summary>
    RoundRobin = 2,
}

/// <summary>The rule of one role at one office; without a row it is <see cref="AssignmentMode.Manual"/>.</summary>
public sealed class AssignmentRuleRow
{
    public required string OfficeId { get; init; }

    public required string Role { get; init; }

    public AssignmentMode Mode { get; set; }

    /// <summary>Who had the last turn.</summary>
    public string? LastPersonId { get; set; }

    public required string ChangedBy { get; set; }

    public DateTimeOffset ChangedAt { get; set; }
}

internal sealed class AssignmentRuleRowConfiguration : IEntityTypeConfiguration<AssignmentRuleRow>
{
    public void Configure(EntityTypeBuilder<AssignmentRuleRow> builder)
    {
        builder.ToTable("assignment_rules");
        builder.HasKey(row => new { row.OfficeId, row.Role });
    }
}
