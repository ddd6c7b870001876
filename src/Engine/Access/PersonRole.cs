using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using PublicService.Dossiers;

namespace PublicService.Engine.Access;

/// <summary>A right: role x office (x field of procedures) for a span of dates. Rows are ended, not erased.</summary>
public sealed class PersonRole
{
    public required string Id { get; init; }

    public required string PersonId { get; init; }

    /// <summary>A code of <c>PublicService.Dossiers.Role</c>.</summary>
    public required string Role { get; init; }

    public required string OfficeId { get; init; }

    /// <summary>Only for procedures of this field (lĩnh vực); null for all.</summary>
    public string? Field { get; init; }

    /// <summary>Only for these formal acts; null for everything the role does.</summary>
    public FormalActs? Acts { get; init; }

    public DateOnly ValidFrom { get; init; }

    /// <summary>Last day.</summary>
    public DateOnly? ValidTo { get; set; }

    public required string GrantedBy { get; init; }

    public DateTimeOffset GrantedAt { get; init; }
}

internal sealed class PersonRoleConfiguration : IEntityTypeConfiguration<PersonRole>
{
    public void Configure(EntityTypeBuilder<PersonRole> builder)
    {
        builder.ToTable("person_roles");
        builder.HasKey(row => row.Id);
        builder.HasIndex(row => row.PersonId);
        builder.HasIndex(row => new { row.OfficeId, row.Role });
        builder.HasOne<Person>().WithMany().HasForeignKey(row => row.PersonId).OnDelete(DeleteBehavior.Restrict);
    }
}
