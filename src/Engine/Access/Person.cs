using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace PublicService.Engine.Access;

/// <summary>Somebody who signs in: an officer, a leader, an administrator. Never deleted, because acts carry the id.</summary>
public sealed class Person : IdentityUser
{
    /// <summary>Login provider under which a person has a second, shorter user name.</summary>
    public const string AliasProvider = "alias";

    public required string FullName { get; set; }

    /// <summary>Where the person belongs; rights are given by <see cref="PersonRole"/>, not by this.</summary>
    public string? OfficeId { get; set; }

    public bool IsActive { get; set; } = true;

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Folded name and user name for searching.</summary>
    public required string SearchText { get; set; }
}

internal sealed class PersonConfiguration :
    IEntityTypeConfiguration<Person>,
    IEntityTypeConfiguration<IdentityUserClaim<string>>,
    IEntityTypeConfiguration<IdentityUserLogin<string>>,
    IEntityTypeConfiguration<IdentityUserToken<string>>
{
    public void Configure(EntityTypeBuilder<Person> builder)
    {
        builder.ToTable("people");
        builder.HasIndex(person => person.OfficeId);
    }

    public void Configure(EntityTypeBuilder<IdentityUserClaim<string>> builder) => builder.ToTable("person_claims");

    public void Configure(EntityTypeBuilder<IdentityUserLogin<string>> builder) => builder.ToTable("person_logins");

    public void Configure(EntityTypeBuilder<IdentityUserToken<string>> builder) => builder.ToTable("person_tokens");
}
