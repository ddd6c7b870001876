using PublicService.Dossiers;
using PublicService.Engine.Access;
using PublicService.Engine.Directories;

namespace PublicService.Engine.Seeding;

/// <summary>Rows of accounts that nobody typed in.</summary>
internal static class Accounts
{
    public static Person New(string userName, string fullName, string officeId, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now).ToString("N"),
        UserName = userName,
        NormalizedUserName = userName.ToUpperInvariant(),
        FullName = fullName,
        OfficeId = officeId,
        CreatedAt = now,
        LockoutEnabled = true,
        SecurityStamp = Guid.NewGuid().ToString("N"),
        SearchText = SearchText.Of(fullName, userName),
    };

    public static PersonRole Grant(Person person, string role, string officeId, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now).ToString("N"),
        PersonId = person.Id,
        Role = role,
        OfficeId = officeId,
        ValidFrom = VietnamTime.DateOf(now),
        GrantedBy = Act.SystemId,
        GrantedAt = now,
    };
}
