using PublicService.Dossiers;
using PublicService.Engine.Directories;

namespace PublicService.Engine.Access;

/// <summary>Answer to signing in.</summary>
public sealed record SignInReply(
    string TokenType,
    string AccessToken,
    string RefreshToken,
    DateTimeOffset ExpiresAt,
    DateTimeOffset RefreshExpiresAt,
    PersonReply Person);

/// <summary>A person as the person itself sees it.</summary>
public sealed record PersonReply(string Id, string UserName, string FullName, string? OfficeId, string? OfficeName, IReadOnlyList<RightReply> Rights)
{
    internal static PersonReply From(KnownPerson person, DateOnly today, OfficeDirectory offices) => new(
        person.Id,
        person.UserName,
        person.FullName,
        person.OfficeId,
        person.OfficeId is null ? null : offices.TryFind(person.OfficeId)?.Name,
        [.. person.RightsOn(today).Select(right => RightReply.From(right, offices))]);
}

/// <summary>A right in force today.</summary>
/// <param name="OnBehalfOf">Name of the person it is borrowed from.</param>
/// <param name="Acts">Only these formal acts; null for everything the role does.</param>
public sealed record RightReply(
    string Role, string RoleName, string OfficeId, string OfficeName, string? Field, string? OnBehalfOf, IReadOnlyList<FormalActs>? Acts)
{
    internal static RightReply From(Right right, OfficeDirectory offices) => new(
        right.Role,
        PublicService.Dossiers.Role.Word(right.Role),
        right.OfficeId,
        offices.TryFind(right.OfficeId)?.Name ?? right.OfficeId,
        right.Field,
        right.OnBehalfOf?.FullName,
        right.Only.Split());
}
