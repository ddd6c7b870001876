using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PublicService.Dossiers;

namespace PublicService.Engine.Access;

/// <summary>Uỷ quyền: for some dates one person has the rights of another as well; every act then names both. It does not pass on further.</summary>
public sealed class Substitution
{
    public required string Id { get; init; }

    /// <summary>Whose rights are lent.</summary>
    public required string FromPersonId { get; init; }

    /// <summary>Who may use them.</summary>
    public required string ToPersonId { get; init; }

    /// <summary>Only these formal acts are lent; null for everything.</summary>
    public FormalActs? Acts { get; init; }

    public DateOnly ValidFrom { get; init; }

    /// <summary>Last day.</summary>
    public DateOnly ValidTo { get; set; }

    public string? Reason { get; init; }

    public required string CreatedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Taken back at this instant; the row stays as evidence.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    public string? EndedBy { get; set; }
}

internal sealed class SubstitutionConfiguration : IEntityTypeConfiguration<Substitution>
{
    public void Configure(EntityTypeBuilder<Substitution> builder)
    {
        builder.ToTable("substitutions");
        builder.HasKey(row => row.Id);
        builder.HasIndex(row => row.ToPersonId);
        builder.HasIndex(row => row.FromPersonId);
        builder.HasOne<Person>().WithMany().HasForeignKey(row => row.FromPersonId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Person>().WithMany().HasForeignKey(row => row.ToPersonId).OnDelete(DeleteBehavior.Restrict);
    }
}
