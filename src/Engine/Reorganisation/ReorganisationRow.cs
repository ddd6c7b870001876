using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PublicService.Engine.Reorganisation;

/// <summary>How far a plan has come.</summary>
public enum ReorganisationState
{
    /// <summary>On file; changes nothing.</summary>
    Draft = 0,

    /// <summary>Ordered: the old offices have their last day, the work moves when it has passed.</summary>
    Ordered = 1,

    /// <summary>New rights are given, old names end.</summary>
    MovingPeople = 2,

    MovingDossiers = 3,

    /// <summary>The rights at the old offices end.</summary>
    Closing = 4,
    Done = 5,
}

/// <summary>A dated plan of reorganisation with its progress. Each chunk raises the version, so that no chunk is ever done twice.</summary>
public sealed class ReorganisationRow
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>First day of the new offices.</summary>
    public DateOnly EffectiveOn { get; init; }

    /// <summary><see cref="ReorganisationPlan"/> as JSON.</summary>
    public required string Plan { get; init; }

    public ReorganisationState State { get; set; }

    /// <summary><see cref="ReorganisationCounts"/> as JSON: what was moved so far.</summary>
    public required string Counts { get; set; }

    /// <summary>Id of the last person that was moved.</summary>
    public string? Cursor { get; set; }

    public required string CreatedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who ordered the run; stands in the ledger of every dossier that moves.</summary>
    public string? OrderedBy { get; set; }

    public string? OrderedByName { get; set; }

    public DateTimeOffset? OrderedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>Why the last attempt failed; the next one goes on from where it stood.</summary>
    public string? Error { get; set; }

    public long Version { get; set; }
}

/// <summary>What waits for a decision of a person.</summary>
public enum ReviewKind
{
    Dossier = 1,
    Person = 2,
}

/// <summary>A dossier or a person the rules of a plan could not place: it stays where it is until somebody places it.</summary>
public sealed class ReviewRow
{
    public required string ReorganisationId { get; init; }

    public ReviewKind Kind { get; init; }

    /// <summary>Id of the dossier or the person.</summary>
    public required string SubjectId { get; init; }

    /// <summary>JSON array of the old offices that are undecided.</summary>
    public required string OfficeIds { get; init; }

    /// <summary>Why the rules do not tell.</summary>
    public required string Reason { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>JSON object: old office to new one.</summary>
    public string? Placement { get; set; }

    public string? PlacedBy { get; set; }

    public DateTimeOffset? PlacedAt { get; set; }
}

internal sealed class ReorganisationConfiguration : IEntityTypeConfiguration<ReorganisationRow>, IEntityTypeConfiguration<ReviewRow>
{
    public void Configure(EntityTypeBuilder<ReorganisationRow> builder)
    {
        builder.ToTable("reorganisations");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<ReviewRow> builder)
    {
        builder.ToTable("reorganisation_reviews");
        builder.HasKey(row => new { row.ReorganisationId, row.Kind, row.SubjectId });
    }
}
