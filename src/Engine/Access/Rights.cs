using PublicService.Dossiers;

namespace PublicService.Engine.Access;

/// <summary>A right as it is today.</summary>
/// <param name="Field">Only for procedures of this field; null for all.</param>
/// <param name="OnBehalfOf">The person it is borrowed from; null for an own right.</param>
/// <param name="Only">Only for these formal acts; null for everything the role does.</param>
public sealed record Right(string Role, string OfficeId, string? Field, SubstitutedPerson? OnBehalfOf = null, FormalActs? Only = null);

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
        .. Roles.Where(role => IsValid(role, date)).Select(role => new Right(role.Role, role.OfficeId, role.Field, null, role.Acts)),
        .. Lent.Where(lent => lent.IsOn(date)).SelectMany(lent => lent.RightsOn(date)),
    ];

    internal static bool IsValid(PersonRole role, DateOnly date) => date >= role.ValidFrom && (role.ValidTo is null || date <= role.ValidTo);
}

/// <summary>Rights of another person, lent for some dates.</summary>
/// <param name="Only">Only for these formal acts; null for everything.</param>
/// <param name="IsEnded">Taken back before its last day.</param>
internal sealed record LentRights(
    SubstitutedPerson From, DateOnly ValidFrom, DateOnly ValidTo, IReadOnlyList<PersonRole> Roles, FormalActs? Only = null, bool IsEnded = false)
{
    public bool IsOn(DateOnly date) => !IsEnded && date >= ValidFrom && date <= ValidTo;

    /// <summary>Was lent, and is not any more.</summary>
    public bool IsOver(DateOnly date) => IsEnded || date > ValidTo;

    public IEnumerable<Right> RightsOn(DateOnly date) =>
        from role in Roles
        where KnownPerson.IsValid(role, date)
        let acts = Both(role.Acts, Only)
        where acts is not FormalActs.None
        select new Right(role.Role, role.OfficeId, role.Field, From, acts);

    private static FormalActs? Both(FormalActs? own, FormalActs? lent) => own is null ? lent : lent is null ? own : own & lent;
}
