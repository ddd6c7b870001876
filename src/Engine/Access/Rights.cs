namespace PublicService.Engine.Access;

/// <summary>A right as it is today.</summary>
/// <param name="Field">Only for procedures of this field; null for all.</param>
/// <param name="OnBehalfOf">The person it is borrowed from; null for an own right.</param>
public sealed record Right(string Role, string OfficeId, string? Field, SubstitutedPerson? OnBehalfOf = null);

/// <summary>Who is substituted for.</summary>
public sealed record SubstitutedPerson(string Id, string FullName);

/// <summary>What is known of a person between two looks into the database; rights still have dates.</summary>
internal sealed record KnownPerson(
    string Id,
    string UserName,
    string FullName,
    string? OfficeId,
    bool IsActive,
    string? SecurityStamp,
    IReadOnlyList<PersonRole> Roles,
    IReadOnlyList<LentRights> Lent)
{
    public IReadOnlyList<Right> RightsOn(DateOnly date) =>
    [
        .. Roles.Where(role => IsValid(role, date)).Select(role => new Right(role.Role, role.OfficeId, role.Field)),
        .. Lent.Where(lent => date >= lent.ValidFrom && date <= lent.ValidTo)
            .SelectMany(lent => lent.Roles.Where(role => IsValid(role, date)).Select(role => new Right(role.Role, role.OfficeId, role.Field, lent.From))),
    ];

    private static bool IsValid(PersonRole role, DateOnly date) => date >= role.ValidFrom && (role.ValidTo is null || date <= role.ValidTo);
}

/// <summary>Rights of another person, lent for some dates.</summary>
internal sealed record LentRights(SubstitutedPerson From, DateOnly ValidFrom, DateOnly ValidTo, IReadOnlyList<PersonRole> Roles);
